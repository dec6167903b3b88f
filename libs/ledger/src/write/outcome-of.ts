import type { EventStore, Position } from '../event-store/event-store.js';
import type { LineEvent } from '../events/ledger-event.js';
import { foldReservation, isOwnRefusal } from '../line/fold-entries.js';
import { lineOfStream } from '../line/streams.js';
import type { FirstAnswer } from './command-gate.js';
import type { Decided } from './ledger-outcome.js';
import type { BatchedEvent } from './line-batch.js';
import { reservationAt } from './stored-line-event.js';

/** What a caller is told of an event that was written. */
export function outcomeOf({ sealed, reservation }: BatchedEvent, line: string, position: Position): Decided {
  const { event, revision } = sealed;
  const decided = { decided: true, replayed: false, event, line, revision, position } as const;
  if (event.type !== 'QuotaReserved') return { ...decided, reservation: isRefusedChange(event) ? undefined : reservation };
  return {
    ...decided,
    // Folded only for who asks: most answer from the event alone.
    get reservation() {
      return foldReservation(undefined, event, { line, revision });
    },
  };
}

/** Tells a caller again what it was told when the event was written. */
export function firstAnswerOnLine(store: EventStore): FirstAnswer<Decided> {
  return async (event, { stream, revision, position }) => {
    const line = lineOfStream(stream);
    if (line === undefined) throw new Error(`The ${event.type} at position ${position} stands in ${stream}, which is no line's.`);
    const reservation = await reservationAt(store, line, revision);
    return { decided: true, replayed: true, event: event as LineEvent, line, revision, position, reservation };
  };
}

/** A refused change leaves the reservation as it was, and its answer does not show it. */
function isRefusedChange(event: LineEvent): boolean {
  return event.type === 'ReservationRefused' && !isOwnRefusal(event);
}
