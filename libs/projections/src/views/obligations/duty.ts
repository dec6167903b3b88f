import { uuidV5, type Position } from '#ledger';
import {
  dueAt,
  endOfDay,
  type CompiledRoute,
  type DueRule,
  type DutyParty,
  type DutyScope,
  type Obligation,
  type ObligationRule,
  type RecurringDue,
} from '#rulebook';
import { consigneeOf, holderOf, ownerOf, type DutyShipment } from './duty-shipment.js';

/** Namespace of the ids of obligations. */
const namespace = 'b1f7f0a2-2d6e-5c39-9a0b-6a6f0f2f7d15';

/** Something that somebody must do by a date. */
export interface Duty {
  readonly kind: string;
  /** What it is about: two duties of one kind about the same are one. Its id follows from both. */
  readonly about: string;
  readonly dueMs: number;
  /** The last moment at which it is not overdue: see `overdueAfter`. */
  readonly overdueMs: number;
  readonly route: string;
  /** Null where it is not one exporter's matter. */
  readonly exporter: string | null;
  /** Who owes it, by id. */
  readonly party: string;
  /** Position of the event that gives rise to it. */
  readonly source: Position;
  /** A fact of that event says that it was done in time. */
  readonly isDone: boolean;
}

/** A duty that comes back for as long as the ledger runs, beginning with its first shipment. */
export interface DutySeries extends Omit<Duty, 'dueMs' | 'overdueMs' | 'isDone'> {
  readonly sinceMs: number;
  readonly due: RecurringDue;
}

/** Deterministic, so that every rebuild and every instance knows a duty by the same id. */
export function obligationId({ kind, about }: Pick<Duty, 'kind' | 'about'>, periodFromMs?: number): string {
  const period = periodFromMs === undefined ? '' : ` ${new Date(periodFromMs).toISOString()}`;
  return uuidV5(namespace, `${kind} ${about}${period}`);
}

/** A duty of a shipment's route with what the rulebook says of it. */
interface Ruled {
  readonly obligation: Obligation;
  readonly rule: ObligationRule;
  readonly scope: DutyScope;
  readonly by: DutyParty;
}

function ruledOf(route: CompiledRoute, obligations: readonly Obligation[]): readonly Ruled[] {
  return obligations.flatMap((obligation) => {
    const rule = route.obligationRule(obligation.kind);
    return rule === undefined ? [] : [{ obligation, rule, scope: scopeOf(rule), by: rule.by ?? 'exporter' }];
  });
}

function scopeOf({ per, due }: ObligationRule): DutyScope {
  if (per !== undefined) return per;
  return due.when === 'yearly' || due.when === 'every-months' || due.when === 'on-reaching' ? 'party' : 'shipment';
}

/** What must be done before a shipment leaves is about the reservation, if there is one: its parts need it once. */
function isBefore({ due }: Obligation): boolean {
  return due.when === 'before-export';
}

/**
 * What must be done before shipments that are one reservation, or one direct export, leave. `shipments` is what left of
 * it and stands, in order of time, then what it still holds: each duty is due for the first shipment that needs it.
 */
export function dutiesBefore(shipments: readonly DutyShipment[], routeOf: RouteOf): readonly Duty[] {
  const duties = new Map<string, Duty>();
  for (const shipment of shipments) {
    for (const ruled of ofShipment(shipment, routeOf)) {
      const { kind } = ruled.obligation;
      if (!isBefore(ruled.obligation) || duties.has(kind)) continue;
      const duty = dutyOf(ruled, shipment, shipment.reservationId ?? shipment.exportId ?? '');
      if (duty) duties.set(kind, duty);
    }
  }
  return [...duties.values()];
}

/** What must be done with or after an export. */
export function dutiesAfter(shipment: DutyShipment, routeOf: RouteOf): readonly Duty[] {
  return ofShipment(shipment, routeOf).flatMap((ruled) => {
    if (isBefore(ruled.obligation)) return [];
    return dutyOf(ruled, shipment, shipment.exportId ?? '') ?? [];
  });
}

/** The route of a shipment under the rulebook that decided it. */
export type RouteOf = (shipment: Pick<DutyShipment, 'rulebookHash' | 'route'>) => CompiledRoute | undefined;

function ofShipment(shipment: DutyShipment, routeOf: RouteOf): readonly Ruled[] {
  const route = routeOf(shipment);
  if (route === undefined) return [];
  return ruledOf(route, route.obligationsOf(shipment.size)).filter(({ scope }) => scope === 'shipment');
}

/**
 * The last moment (milliseconds since 1970, UTC) at which a duty is not overdue. A shipment that is recorded late gives rise to
 * duties whose date has passed: they may be done until the day of the recording ends. Records are kept for years; there is
 * nothing to do by a date, so that duty is never overdue.
 */
export function overdueAfter(dueMs: number, due: DueRule, recordedAtMs: number): number {
  if (due.when === 'years-after-export') return Number.MAX_SAFE_INTEGER;
  return Math.max(dueMs, endOfDay(recordedAtMs));
}

function dutyOf({ obligation, rule, by }: Ruled, shipment: DutyShipment, about: string): Duty | undefined {
  const due = dueAt(obligation.due, { exportedAtMs: shipment.atMs });
  // Nothing makes it due: a report of an incident, say, as long as there was none.
  if (due === null) return undefined;
  const dueMs = Date.parse(due);
  const noticed = rule.fact === undefined ? undefined : shipment.facts?.[rule.fact];
  return {
    kind: obligation.kind,
    about,
    dueMs,
    overdueMs: overdueAfter(dueMs, obligation.due, shipment.recordedAtMs),
    route: shipment.route,
    exporter: shipment.exporter,
    party: ownerOf(by, shipment).id,
    source: shipment.position,
    isDone: noticed !== undefined && Date.parse(noticed) <= dueMs,
  };
}

/** Shipments whose duties are one: those to one consignee, of the same items, to one facility, or of one company. */
export interface DutyGroup {
  readonly name: string;
  /** The name with the exporter as the shipment spells it: fulfilments of old may know its duties by that. */
  readonly nameAsSpelled: string;
  /** Owed once for all of them, by kind. */
  readonly rules: readonly Ruled[];
  readonly exporter: string | null;
}

/** The groups that a shipment belongs to. */
export function groupsOf(shipment: DutyShipment, routeOf: RouteOf): readonly DutyGroup[] {
  const route = routeOf(shipment);
  if (route === undefined) return [];
  const asSpelled = { ...shipment, exporter: shipment.exporterAsSpelled };
  const groups = new Map<string, { name: string; nameAsSpelled: string; rules: Ruled[]; exporter: string | null }>();
  for (const ruled of ruledOf(route, route.obligationsOf(shipment.size))) {
    if (ruled.scope === 'shipment') continue;
    const name = groupName(ruled, shipment);
    const exporter = ruled.scope === 'party' && ruled.by !== 'exporter' ? null : shipment.exporter;
    const group = groups.get(name) ?? { name, nameAsSpelled: groupName(ruled, asSpelled), rules: [], exporter };
    group.rules.push(ruled);
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** A name that says what the group is: it makes the ids of its duties. */
function groupName({ scope, by, obligation }: Ruled, shipment: DutyShipment): string {
  const { route, exporter, consignee, destination, line, items } = shipment;
  const to = consigneeOf(shipment).id;
  switch (scope) {
    case 'consignee':
      return `${route} from ${exporter} to ${to}`;
    case 'items':
      return `${route} from ${exporter} to ${to} of ${items}`;
    case 'facility':
      return `${route} from ${exporter} to ${to} in ${consignee?.country ?? destination}`;
    case 'party':
    case 'shipment':
      // What an LPP line counts begins anew each year.
      if (obligation.due.when === 'on-reaching' && holderOf(line) !== undefined) return `${route} on ${line}`;
      return `${route} of ${by} ${ownerOf(by, shipment).id}`;
  }
}

/** What a group owes once, and what comes back, from its first shipment on; of a hold only what comes before the first. */
export function dutiesOfGroup(
  { name, rules, exporter }: DutyGroup,
  first: DutyShipment,
): { readonly duties: readonly Duty[]; readonly series: readonly DutySeries[] } {
  const duties: Duty[] = [];
  const series: DutySeries[] = [];
  for (const ruled of rules) {
    const { kind, due } = ruled.obligation;
    if (due.when === 'on-reaching' || (first.exportId === null && !isBefore(ruled.obligation))) continue;
    if (due.when === 'yearly' || due.when === 'every-months') {
      const party = ownerOf(ruled.by, first).id;
      series.push({ kind, about: name, route: first.route, exporter, party, source: first.position, sinceMs: first.atMs, due });
      continue;
    }
    const duty = dutyOf(ruled, first, name);
    if (duty) duties.push({ ...duty, exporter });
  }
  return { duties, series };
}

/** The duty that a shipment brings by which its group reaches an amount, with the amount; none for most groups. */
export function dutiesOnReaching(
  { name, rules, exporter }: DutyGroup,
  shipment: DutyShipment,
): readonly (Duty & { readonly tpp: number })[] {
  return rules.flatMap(({ obligation: { kind, due }, by }) => {
    if (due.when !== 'on-reaching') return [];
    const { route, position: source, atMs: dueMs, recordedAtMs } = shipment;
    const overdueMs = overdueAfter(dueMs, due, recordedAtMs);
    const party = ownerOf(by, shipment).id;
    return [{ kind, about: name, dueMs, overdueMs, route, exporter, party, source, isDone: false, tpp: due.tpp }];
  });
}

/** What the duty of this kind is about to which a shipment belongs, alone or with others. */
export function aboutOf(kind: string, shipment: DutyShipment, routeOf: RouteOf): string | undefined {
  const own = namesOf(shipment, routeOf).find((duty) => duty.kind === kind);
  if (own) return own.about;
  return groupsOf(shipment, routeOf).find(({ rules }) => rules.some(({ obligation }) => obligation.kind === kind))?.name;
}

/** Every duty that this event can ever be found by, without a date: by its id the event is found again. */
export function namesOf(shipment: DutyShipment, routeOf: RouteOf): readonly Pick<Duty, 'kind' | 'about'>[] {
  const route = routeOf(shipment);
  if (route === undefined) return [];
  const { reservationId, exportId } = shipment;
  return ruledOf(route, everyObligation(route)).flatMap(({ obligation, scope }) => {
    if (scope !== 'shipment') return [];
    const { kind } = obligation;
    if (isBefore(obligation)) return [{ kind, about: reservationId ?? exportId ?? '' }];
    return exportId === null ? [] : [{ kind, about: exportId }];
  });
}

function everyObligation(route: CompiledRoute): readonly Obligation[] {
  return route.obligationsOf(Number.MAX_SAFE_INTEGER as Parameters<CompiledRoute['obligationsOf']>[0]);
}
