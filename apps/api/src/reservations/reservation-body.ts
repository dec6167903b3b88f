import {
  shownBalance,
  type LineBalance,
  type Position,
  type QuotaReserved,
  type Reservation,
  type Revision,
  type RulebookReference,
} from '#ledger';
import type { ClassifiedItem, CompiledRulebook } from '#rulebook';
import type { Body } from '#wire';
import { dutiesOfReservation } from './duties.js';
import { balanceBody } from './line-balance.js';

/** The answer to a new reservation, from its event alone, so that a retry gets the same bytes for ever. */
export function reservedBody(
  event: QuotaReserved,
  line: string,
  revision: Revision,
  position: Position,
  rulebook: CompiledRulebook,
): Body<'Reservation'> {
  const { milliTpp, debitedMilliTpp, recordedAt } = event;
  return {
    id: event.reservationId,
    status: 'held',
    route: event.route,
    line,
    destination: event.destination,
    exporter: event.exporter,
    ...(event.consignee && { ultimateConsignee: event.consignee }),
    ...(event.facts && { facts: event.facts }),
    items: event.items.map(itemBody),
    tpp: milliTpp / 1000,
    debitedTpp: debitedMilliTpp / 1000,
    heldTpp: debitedMilliTpp / 1000,
    exportedTpp: 0,
    reference: event.reference,
    createdAt: recordedAt,
    expiresAt: event.expiresAt,
    revision,
    position: String(position),
    rulebook: rulebookBody(event.rulebook),
    balance: balanceBody(shownBalance(event.balanceMilliTpp, event.shares)),
    obligations: dutiesOfReservation({ route: event.route, status: 'held' }, event.items, rulebook),
  };
}

/** A reservation as it stands; `position` and `balance` are those of its newest event. */
export function reservationBody(
  reservation: Reservation,
  position: Position,
  balance: LineBalance,
  rulebook: CompiledRulebook,
): Body<'Reservation'> {
  return {
    id: reservation.id,
    status: reservation.status,
    route: reservation.route,
    line: reservation.line,
    destination: reservation.destination,
    exporter: reservation.exporter,
    ...(reservation.consignee && { ultimateConsignee: reservation.consignee }),
    ...(reservation.facts && { facts: reservation.facts }),
    items: reservation.items.map((item) =>
      item.exportedMilliTpp === 0 ? itemBody(item) : { ...itemBody(item), exportedTpp: item.exportedMilliTpp / 1000 },
    ),
    tpp: reservation.milliTpp / 1000,
    debitedTpp: reservation.debitedMilliTpp / 1000,
    heldTpp: reservation.heldMilliTpp / 1000,
    exportedTpp: reservation.exportedMilliTpp / 1000,
    reference: reservation.reference,
    createdAt: reservation.createdAt,
    expiresAt: reservation.expiresAt,
    revision: reservation.revision,
    position: String(position),
    rulebook: rulebookBody(reservation.rulebook),
    balance: balanceBody(balance),
    obligations: dutiesOfReservation(reservation, reservation.items, rulebook),
  };
}

export function etagOf(revision: Revision): string {
  return `"${revision}"`;
}

/** `chip` or `description`, whichever the item was named by. */
export function itemBody({ chip, description, eccn, quantity, milliTppPerUnit, route }: ClassifiedItem): Body<'Item'> {
  const tpp = (milliTppPerUnit * quantity) / 1000;
  const figures = { eccn, quantity, tppPerUnit: milliTppPerUnit / 1000, tpp, ...(route && { route }) };
  return chip === null ? { description: description ?? '', ...figures } : { chip, ...figures };
}

export function rulebookBody({ id, version, hash }: RulebookReference): Body<'Rulebook'> {
  return { id, version, hash };
}
