import { foldReservation, type LineEvent, type Reservation } from '#ledger';
import type { ClassifiedItem, Consignee, RouteFacts, RouteName } from '#rulebook';
import type { StatedShipment } from './draft-judge.js';

/** An event of a line by its revision; undefined if the line has no such event. */
export type PastEvents = (line: string, revision: number) => LineEvent | undefined;

/** What an event or a reservation says of the shipment that was asked for. */
interface Stating {
  readonly destination: string;
  readonly consignee?: Consignee | null;
  readonly facts?: RouteFacts;
  readonly asked?: RouteName;
}

/** The shipment as its exporter stated it, but for the items. */
export function statedShipment({ destination, consignee = null, facts, asked }: Stating): StatedShipment {
  return { destination, consignee, facts, asked };
}

/**
 * A reservation as it was recorded right after the event at this revision: folded along the chain of revisions that
 * its events name.
 * @throws Error if the chain breaks: the log is not whole
 */
export function recordedReservation(past: PastEvents, line: string, revision: number): Reservation {
  const chain: { readonly event: LineEvent; readonly revision: number }[] = [];
  for (let next: number | null = revision; next !== null; ) {
    const event = past(line, next);
    if (event === undefined) throw new Error(`The log has no revision ${next} of ${line}.`);
    chain.push({ event, revision: next });
    next = 'reservationRevision' in event ? event.reservationRevision : null;
  }
  let reservation: Reservation | undefined;
  for (const { event, revision: at } of chain.reverse()) reservation = foldReservation(reservation, event, { line, revision: at });
  if (reservation === undefined) throw new Error(`Revision ${revision} of ${line} is about no reservation.`);
  return reservation;
}

/** Whether two lists name the same units in the same numbers: then a change did not touch the items. */
export function sameItems(some: readonly ClassifiedItem[], others: readonly ClassifiedItem[]): boolean {
  if (some.length !== others.length) return false;
  return some.every((item, index) => {
    const other = others[index];
    return (
      other !== undefined &&
      item.chip === other.chip &&
      item.description === other.description &&
      item.eccn === other.eccn &&
      item.level === other.level &&
      item.route === other.route &&
      item.quantity === other.quantity &&
      item.milliTppPerUnit === other.milliTppPerUnit
    );
  });
}
