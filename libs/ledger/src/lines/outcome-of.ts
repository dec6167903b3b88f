import { StoreUnavailable, type EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { ExportDebited, LineEvent } from '../events/line-event.js';
import { foldReservation, isOwnRefusal } from '../line/fold-entries.js';
import { lineOfStream, quotaStreamOf } from '../line/streams.js';
import type { FirstAnswer } from '../once/command-gate.js';
import type { Decided, Outcome } from '../requests/ledger-outcome.js';
import { unavailable } from '../outcome/rejected.js';
import type { BatchedEvent } from './line-batch.js';
import { lineEventOf, readRevision, reservationAt } from '../once/stored-line-event.js';

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

/** A filing is answered with its export, which stands in another event. */
export async function withFiledExport(store: EventStore, outcome: Outcome): Promise<Outcome> {
  if (!outcome.decided || outcome.event.type !== 'ExportFiled') return outcome;
  try {
    const stored = await readRevision(store, quotaStreamOf(outcome.line), outcome.event.exportRevision);
    return { ...outcome, filed: lineEventOf(stored) as ExportDebited };
  } catch (error) {
    if (error instanceof StoreUnavailable) return unavailable(error);
    throw error;
  }
}

/** A refused change leaves the reservation as it was, and its answer does not show it. */
function isRefusedChange(event: LineEvent): boolean {
  return event.type === 'ReservationRefused' && !isOwnRefusal(event);
}
