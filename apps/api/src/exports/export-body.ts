import {
  shownBalance,
  type ExportDebited,
  type ExportedItem,
  type ExportReversed,
  type Position,
  type Revision,
} from '#ledger';
import type { CompiledRulebook, Consignee, Route, RouteFacts } from '#rulebook';
import { dutiesOfExport, type DutyBody } from '../reservations/duties.js';
import { balanceBody, type BalanceBody } from '../reservations/line-balance.js';
import { rulebookBody, type ItemBody, type ReservationBody } from '../reservations/reservation-body.js';

export interface ExportBody {
  readonly id: string;
  readonly status: 'posted' | 'reversed';
  readonly reservationId: string | null;
  readonly route: Route;
  readonly line: string;
  readonly destination: string;
  readonly exporter: string;
  readonly ultimateConsignee?: Consignee;
  readonly facts?: RouteFacts;
  readonly items: readonly ItemBody[];
  readonly tpp: number;
  readonly debitedTpp: number;
  readonly releasedTpp: number;
  readonly final: boolean;
  readonly exportedAt: string;
  readonly recordedAt: string;
  readonly itn: string | null;
  readonly reference: string | null;
  readonly revision: Revision;
  readonly position: string;
  readonly rulebook: ReservationBody['rulebook'];
  readonly balance: BalanceBody;
  /** Due at these dates; a reversed export has none. */
  readonly obligations: readonly DutyBody[];
  /** Only once it is reversed. */
  readonly reversal?: ReversalBody;
}

export interface ReversalBody {
  readonly exportId: string;
  readonly status: 'reversed';
  readonly line: string;
  readonly code: ExportReversed['code'];
  readonly reason: string;
  readonly creditedTpp: number;
  readonly recordedAt: string;
  readonly revision: Revision;
  readonly position: string;
  readonly balance: BalanceBody;
}

/** What may change of an export after its debit. */
export interface ExportStanding {
  readonly status: ExportBody['status'];
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
): ExportBody {
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
): ReversalBody {
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

function exportedItemBody({ chip, description, eccn, quantity, milliTppPerUnit, milliTpp, route }: ExportedItem): ItemBody {
  const figures = { eccn, quantity, tppPerUnit: milliTppPerUnit / 1000, tpp: milliTpp / 1000, ...(route && { route }) };
  return chip === null ? { description: description ?? '', ...figures } : { chip, ...figures };
}
