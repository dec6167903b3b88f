import type { ExportDebited, Reservation } from '#ledger';
import {
  addTpp,
  dueAt,
  isDebiting,
  noTpp,
  timesTpp,
  type ClassifiedItem,
  type CompiledRulebook,
  type DueRule,
  type MilliTpp,
  type Obligation,
  type Route,
} from '#rulebook';

/** A duty that comes with the route of a shipment. */
export interface DutyBody {
  readonly kind: string;
  readonly text: string;
  readonly citation: string;
  readonly due: DueRule;
  /** Null as long as it hangs on something that is yet to come, such as the date of the export. */
  readonly dueAt: string | null;
}

const none: readonly Obligation[] = [];

/** What comes with a reservation, before anything left. */
export function dutiesOfReservation(
  { route, status }: Pick<Reservation, 'route' | 'status'>,
  items: readonly ClassifiedItem[],
  rulebook: CompiledRulebook,
): readonly DutyBody[] {
  if (status === 'refused' || status === 'released' || status === 'lapsed') return [];
  return dutiesBody(dutiesOf(rulebook, route, levelASize(items)));
}

/** What an export brings with it. Duties that hang on what the consignee received in all are raised in /v1/obligations. */
export function dutiesOfExport(
  { route, items, exportedAt }: Pick<ExportDebited, 'route' | 'items' | 'exportedAt'>,
  rulebook: CompiledRulebook,
): readonly DutyBody[] {
  const size = items.reduce((sum, item) => (isDebiting(item) ? addTpp(sum, item.milliTpp) : sum), noTpp);
  return dutiesBody(dutiesOf(rulebook, route, size), Date.parse(exportedAt));
}

/** @param exportedAtMs when the shipment leaves; left out: not known yet */
export function dutiesBody(obligations: readonly Obligation[], exportedAtMs?: number): readonly DutyBody[] {
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
