import type { Position } from '../event-store/event-store.js';
import type { LineEvent } from '../events/ledger-event.js';
import { foldReservation, isOwnRefusal } from '../line/fold-entries.js';
import type { Decided } from './ledger-outcome.js';
import type { BatchedEvent } from './line-batch.js';

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

/** A refused change leaves the reservation as it was, and its answer does not show it. */
function isRefusedChange(event: LineEvent): boolean {
  return event.type === 'ReservationRefused' && !isOwnRefusal(event);
}
