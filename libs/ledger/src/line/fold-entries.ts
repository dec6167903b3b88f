import { addTpp, noTpp, subtractTpp, timesTpp, type ClassifiedItem, type MilliTpp } from '#rulebook';
import type { ExportDebited, ExportedItem, LineEvent, QuotaReserved, ReservationAmended, ReservationLapsed, ReservationRefused, ReservationReleased } from '../events/line-event.js';
import type { Counted } from '../events/line-parts.js';
import { countedSoFar, exportedElsewhere } from './also-counts.js';
import type { PostedExport, Reservation, ReservedItem } from './entries.js';
import { stated } from './recording.js';

/** Where an event stands. */
export interface EventPlace {
  readonly line: string;
  readonly revision: number;
}

/** What tells two items of a shipment apart: the chip, or the description. */
export function itemKey(item: { readonly chip?: string | null; readonly description?: string | null }): string {
  return item.chip ?? item.description ?? '';
}

/** Size of an item. */
export function itemMilliTpp(item: ClassifiedItem): MilliTpp {
  return timesTpp(item.milliTppPerUnit, item.quantity);
}

/**
 * A reservation after one of its events; undefined if the event is about no reservation (a direct export, a refused
 * change). `previous` is the reservation before it, undefined for its first event.
 */
export function foldReservation(previous: Reservation | undefined, event: LineEvent, at: EventPlace): Reservation | undefined {
  switch (event.type) {
    case 'QuotaReserved':
      return reserved(event, at);
    case 'ReservationRefused':
      return previous === undefined && isOwnRefusal(event) ? refused(event, at) : previous;
    case 'ReservationAmended':
      return previous && amended(previous, event, at.revision);
    case 'ReservationReleased':
      return previous && closed(previous, event, at.revision);
    case 'ReservationLapsed':
      return previous && closed(previous, event, at.revision);
    case 'ExportDebited':
      return previous && event.reservationId === previous.id ? exported(previous, event, at.revision) : previous;
    case 'ExportReversed':
    case 'ExportFiled':
    case 'AllocationSet':
    case 'LineSuspended':
    case 'LineResumed':
    case 'LineClosed':
    case 'AmountsTakenOver':
    case 'ShipmentCounted':
    case 'HoldingsDeclared':
    case 'AttritionRecorded':
      return previous;
  }
}

/** An export after one of its events; undefined if the event is about no export. */
export function foldExport(previous: PostedExport | undefined, event: LineEvent, at: EventPlace): PostedExport | undefined {
  if (event.type === 'ExportDebited') {
    return {
      id: event.exportId,
      line: at.line,
      status: 'posted',
      exporter: event.exporter,
      debitedMilliTpp: event.debitedMilliTpp,
      itn: event.itn,
      recordedAt: event.recordedAt,
      createdRevision: at.revision,
      revision: at.revision,
      ...countedOf(event),
      ...exportedElsewhere(event),
    };
  }
  if (event.type === 'ExportReversed' && previous?.id === event.exportId) {
    return { ...previous, status: 'reversed', revision: at.revision };
  }
  if (event.type === 'ExportFiled' && previous?.id === event.exportId) {
    return { ...previous, itn: event.itn, revision: at.revision };
  }
  return previous;
}

/** How an entry or an event about it is counted: only the members that it has. */
export function countedOf({ countedAt, scopes }: Counted): Counted {
  if (countedAt === undefined && scopes === undefined) return countedAsUsual;
  return { ...(countedAt && { countedAt }), ...(scopes && { scopes }) };
}

const countedAsUsual: Counted = {};

/** A refused request leaves a reservation of status `refused`; a refused change leaves the reservation as it was. */
export function isOwnRefusal(event: ReservationRefused): boolean {
  return event.operation === 'reserve' || event.operation === 'export-direct';
}

function untouched(item: ClassifiedItem): ReservedItem {
  return { ...item, exportedMilliTpp: noTpp, exportedQuantity: 0 };
}

function reserved(event: QuotaReserved, at: EventPlace): Reservation {
  return {
    id: event.reservationId,
    line: at.line,
    status: 'held',
    destination: event.destination,
    exporter: event.exporter,
    consignee: event.consignee,
    route: event.route,
    items: event.items.map(untouched),
    milliTpp: event.milliTpp,
    debitedMilliTpp: event.debitedMilliTpp,
    heldMilliTpp: event.debitedMilliTpp,
    exportedMilliTpp: noTpp,
    createdAt: event.recordedAt,
    expiresAt: event.expiresAt,
    reference: event.reference,
    ...stated(event),
    rulebook: event.rulebook,
    createdRevision: at.revision,
    revision: at.revision,
    ...countedOf(event),
    ...countedSoFar({}, event),
  };
}

function refused(event: ReservationRefused, at: EventPlace): Reservation {
  return {
    id: event.reservationId,
    line: at.line,
    status: 'refused',
    destination: event.destination,
    exporter: event.exporter,
    consignee: event.consignee ?? null,
    route: event.route,
    items: event.items.map(untouched),
    milliTpp: event.milliTpp,
    debitedMilliTpp: noTpp,
    heldMilliTpp: noTpp,
    exportedMilliTpp: noTpp,
    createdAt: event.recordedAt,
    expiresAt: null,
    reference: event.reference,
    ...stated(event),
    rulebook: event.rulebook,
    createdRevision: at.revision,
    revision: at.revision,
  };
}

function amended(previous: Reservation, event: ReservationAmended, revision: number): Reservation {
  const before = new Map(previous.items.map((item) => [itemKey(item), item]));
  return {
    ...previous,
    route: event.route,
    items: event.items.map((item) => {
      const { exportedMilliTpp = noTpp, exportedQuantity = 0 } = before.get(itemKey(item)) ?? {};
      return { ...item, exportedMilliTpp, exportedQuantity };
    }),
    milliTpp: event.milliTpp,
    debitedMilliTpp: event.debitedMilliTpp,
    heldMilliTpp: event.heldMilliTpp,
    expiresAt: event.expiresAt,
    reference: event.reference,
    rulebook: event.rulebook,
    revision,
    ...countedSoFar(previous, event),
  };
}

function closed(previous: Reservation, event: ReservationReleased | ReservationLapsed, revision: number): Reservation {
  const status = event.type === 'ReservationReleased' ? 'released' : 'lapsed';
  return { ...previous, status, heldMilliTpp: noTpp, revision, ...countedSoFar(previous, event) };
}

function exported(previous: Reservation, event: ExportDebited, revision: number): Reservation {
  const taken = new Map(event.items.map((item) => [itemKey(item), item]));
  const held = subtractTpp(subtractTpp(previous.heldMilliTpp, event.debitedMilliTpp), event.releasedMilliTpp);
  return {
    ...previous,
    status: event.final ? 'exported' : 'partly-exported',
    items: previous.items.map((item) => {
      const left = taken.get(itemKey(item));
      return left === undefined ? item : afterExport(item, left);
    }),
    heldMilliTpp: held,
    exportedMilliTpp: addTpp(previous.exportedMilliTpp, event.debitedMilliTpp),
    revision,
    ...countedSoFar(previous, event),
  };
}

function afterExport(item: ReservedItem, left: ExportedItem): ReservedItem {
  const exportedMilliTpp = addTpp(item.exportedMilliTpp, left.milliTpp);
  const { milliTppPerUnit } = item;
  const exportedQuantity = milliTppPerUnit > 0 ? exportedMilliTpp / milliTppPerUnit : item.exportedQuantity + (left.quantity ?? 0);
  return { ...item, exportedMilliTpp, exportedQuantity };
}
