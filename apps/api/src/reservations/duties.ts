import type { ExportDebited, Reservation } from '#ledger';
import {
  addTpp,
  dueAt,
  isDebiting,
  noTpp,
  timesTpp,
  type ClassifiedItem,
  type CompiledRulebook,
  type MilliTpp,
  type Obligation,
  type Route,
} from '#rulebook';
import type { Body } from '#wire';

const none: readonly Obligation[] = [];

/** What comes with a reservation, before anything left. */
export function dutiesOfReservation(
  { route, status }: Pick<Reservation, 'route' | 'status'>,
  items: readonly ClassifiedItem[],
  rulebook: CompiledRulebook,
): readonly Body<'Duty'>[] {
  if (status === 'refused' || status === 'released' || status === 'lapsed') return [];
  return dutiesBody(dutiesOf(rulebook, route, levelASize(items)));
}

/** What an export brings with it. Duties that hang on what the consignee received in all are raised in /v1/obligations. */
export function dutiesOfExport(
  { route, items, exportedAt }: Pick<ExportDebited, 'route' | 'items' | 'exportedAt'>,
  rulebook: CompiledRulebook,
): readonly Body<'Duty'>[] {
  const size = items.reduce((sum, item) => (isDebiting(item) ? addTpp(sum, item.milliTpp) : sum), noTpp);
  return dutiesBody(dutiesOf(rulebook, route, size), Date.parse(exportedAt));
}

/** @param exportedAtMs when the shipment leaves; left out: not known yet */
export function dutiesBody(obligations: readonly Obligation[], exportedAtMs?: number): readonly Body<'Duty'>[] {
  return obligations.map(({ kind, text, citation, due }) => {
    return { kind, text, citation, due, dueAt: exportedAtMs === undefined ? null : dueAt(due, { exportedAtMs }) };
  });
}

export function dutiesOf(rulebook: CompiledRulebook, route: Route, size: MilliTpp): readonly Obligation[] {
  return (route === 'none' ? undefined : rulebook.route(route)?.obligationsOf(size)) ?? none;
}

/** TPP of the items at the level of 3A090.a that leave by the route of the shipment, by which a duty may depend on the size of the shipment. */
export function levelASize(items: readonly ClassifiedItem[]): MilliTpp {
  return items.reduce(
    (sum, item) => (isDebiting(item) ? addTpp(sum, timesTpp(item.milliTppPerUnit, item.quantity)) : sum),
    noTpp,
  );
}
