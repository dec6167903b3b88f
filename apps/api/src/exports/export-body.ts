import {
  shownBalance,
  type ExportDebited,
  type ExportedItem,
  type ExportReversed,
  type Position,
  type Revision,
} from '#ledger';
import type { CompiledRulebook } from '#rulebook';
import type { Body } from '#wire';
import { dutiesOfExport } from '../reservations/duties.js';
import { balanceBody } from '../reservations/line-balance.js';
import { rulebookBody } from '../reservations/reservation-body.js';

/** What may change of an export after its debit. */
export interface ExportStanding {
  readonly status: Body<'Export'>['status'];
  readonly itn: string | null;
}

/**
 * An export from the event that debited it. `revision` and `position` are those of its newest event, `balance` is that
 * of the debit.
 */
export function exportBody(
  event: ExportDebited,
  line: string,
  revision: Revision,
  position: Position,
  rulebook: CompiledRulebook,
  { status, itn }: ExportStanding = { status: 'posted', itn: event.itn },
): Body<'Export'> {
  return {
    id: event.exportId,
    status,
    reservationId: event.reservationId,
    route: event.route,
    line,
    destination: event.destination,
    exporter: event.exporter,
    ...(event.consignee && { ultimateConsignee: event.consignee }),
    ...(event.facts && { facts: event.facts }),
    items: event.items.map(exportedItemBody),
    tpp: event.milliTpp / 1000,
    debitedTpp: event.debitedMilliTpp / 1000,
    releasedTpp: event.releasedMilliTpp / 1000,
    final: event.final,
    exportedAt: event.exportedAt,
    recordedAt: event.recordedAt,
    itn,
    reference: event.reference,
    revision,
    position: String(position),
    rulebook: rulebookBody(event.rulebook),
    balance: balanceBody(shownBalance(event.balanceMilliTpp, event.shares)),
    obligations: status === 'reversed' ? [] : dutiesOfExport(event, rulebook),
  };
}

export function reversalBody(
  event: ExportReversed,
  line: string,
  revision: Revision,
  position: Position,
): Body<'Reversal'> {
  return {
    exportId: event.exportId,
    status: 'reversed',
    line,
    code: event.code,
    reason: event.reason,
    creditedTpp: event.creditedMilliTpp / 1000,
    recordedAt: event.recordedAt,
    revision,
    position: String(position),
    balance: balanceBody(shownBalance(event.balanceMilliTpp, event.shares)),
  };
}

function exportedItemBody({ chip, description, eccn, quantity, milliTppPerUnit, milliTpp, route }: ExportedItem): Body<'Item'> {
  const figures = { eccn, quantity, tppPerUnit: milliTppPerUnit / 1000, tpp: milliTpp / 1000, ...(route && { route }) };
  return chip === null ? { description: description ?? '', ...figures } : { chip, ...figures };
}
