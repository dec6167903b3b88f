import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type {
  Determined,
  MissingRouteFact,
  Obligation,
  Reason,
  Route,
  RouteConsidered,
  Shipment,
} from '../determination.js';
import { noTpp, type MilliTpp } from '../milli-tpp.js';
import { isBeforeRule, isOutsidePeriod, outsidePeriod } from '../dates/quota-period.js';
import { readingOf } from '../document/readings.js';
import { factOf } from '../route-facts.js';
import { determineBeforeRule } from './before-rule.js';
import { contradictionsOf } from './contradictions.js';
import { declaredBelowCatalogue, withReasons } from './declared-below.js';
import { embargoReasons } from './embargo.js';
import { refusal, sizesOf, type Found, type Refusal, type Sizes } from './found.js';
import { isLevelBControlled } from './level-b.js';
import { besideAca, isItemByItem, itemReasons, withOwnRoutes } from './mixed-shipment.js';
import { partiesOf } from './parties.js';
import { withProhibitedUse } from './prohibited-use.js';
import type { DeterminationPorts } from './ports.js';
import { redFlags } from './red-flag.js';
import type { Circumstances, NeededLevels, Verdict } from './route-rule.js';
import { rulesOf } from './route-rules.js';
import { territoryReasons } from './territory-reasons.js';
import { reasonsOf, unserved } from './unserved.js';
import { noneNotApplicable, routesOfNotSubject, routesOfUncontrolled } from './uncontrolled.js';

const noPorts: DeterminationPorts = {};
const noEmbargo: readonly Reason[] = [];
const noObligations: readonly Obligation[] = [];
const nothingMissing: readonly MissingRouteFact[] = [];

/**
 * What the rules alone make of a shipment: its route, the line that records it, what it debits, what duties come with
 * it, or why it is refused. Refusals are checked in this order: `outside-quota-period`, `no-allocation`,
 * `route-not-applicable`. If it names `contradictions`, nothing may be recorded.
 *
 * `atMs` (milliseconds since 1970, UTC) is the moment that counts: of the decision for a reservation, `exportedAt`
 * for an export. It chooses the countries' groups. Before the rule took effect nothing is required, and outside the quota
 * period nothing draws on the allocation of a country; in a rulebook without `inForce` it must lie in the period. A route with a limit of its own
 * applies only if the shipment fits what its line has left; asked for by name it is chosen anyway and the line refuses.
 * A shipment to a home country is no export: the caller answers that before asking. 15 CFR 742.6, 740.8, 740.27-29,
 * 748.15. Never throws for items of `classifyItems`, which keeps their sum in the exact range.
 */
export function determine(
  rulebook: CompiledRulebook,
  shipment: Shipment,
  atMs: number,
  ports: DeterminationPorts = noPorts,
): Determined {
  const { destination, items } = shipment;
  const sizes = sizesOf(items);
  const { has } = sizes;
  const below = declaredBelowCatalogue(rulebook, items);
  const parties = partiesOf(shipment, ports.companies);
  const notes = joined(joined(below, territoryReasons(rulebook, destination, parties)), redFlags(rulebook, shipment.facts));
  const stated = contradictionsOf(rulebook, shipment, parties.operator?.party, atMs, ports.companies);
  const contradictions = below.length === 0 ? stated : withDeclared(rulebook, stated, below);
  const embargo = has.a || has.b || has.c ? embargoReasons(rulebook, shipment, parties, atMs, has) : noEmbargo;
  const needed = neededLevels(rulebook, destination, atMs, has, embargo.length > 0);
  const barred = whollyOutside(rulebook, atMs) ?? contradicted(contradictions, embargo.length > 0);
  const found = { contradictions, barred, notes };
  if (factOf(shipment.facts, 'subjectToEar') === false) {
    return freeOf(rulebook, shipment, sizes, atMs, found, routesOfNotSubject(shipment.route));
  }
  if (isBeforeRule(rulebook, atMs) && (has.a || has.b || has.c)) {
    return determineBeforeRule(rulebook, shipment, atMs, sizes, found);
  }
  if (!needed.a && !needed.b && !needed.c) {
    const routes = routesOfUncontrolled(has, rulebook.document.controls !== undefined, shipment.route);
    return freeOf(rulebook, shipment, sizes, atMs, found, routes);
  }

  const destinationGroup = rulebook.groupOf(destination, atMs);
  const { facts } = shipment;
  const circumstances = {
    rulebook, shipment, facts, parties, destinationGroup, atMs, embargo, needed, debit: sizes.levelA, ports,
  };
  const rest = besideAca(circumstances);
  const { routesConsidered, first, chosen, missingFacts } = considerRoutes(circumstances, rest);
  const refused = barred ?? (chosen === undefined ? unserved(shipment, routesConsidered, embargo) : null);
  const taken = refused === null ? chosen : undefined;
  const route = (taken ?? first)?.considered.route ?? 'licence';
  const apart = isBeforeRest(route) ? undefined : rest;
  const debit = (apart ?? circumstances).debit;
  const own = apart === undefined ? items : withOwnRoutes(items, apart);
  const added = taken?.debits === true && isItemByItem(rulebook) ? [...itemReasons(own, needed), ...notes] : notes;
  return {
    route,
    line: taken?.line ?? rulebook.lineOf(destination, atMs),
    routesConsidered: withReasons(routesConsidered, taken === undefined ? 'none' : route, added),
    refusal: refused,
    items: own,
    milliTpp: sizes.all,
    debitedMilliTpp: taken === undefined || taken.debits ? debit : noTpp,
    obligations: obligationsOf(rulebook, taken === undefined ? 'none' : route, debit),
    contradictions,
    missingFacts,
  };
}

/** A shipment that needs no licence here, whatever was asked for. */
function freeOf(
  rulebook: CompiledRulebook,
  shipment: Shipment,
  { all }: Sizes,
  atMs: number,
  { contradictions, barred, notes }: Found,
  routes: readonly RouteConsidered[],
): Determined {
  const routesConsidered = withReasons(routes, 'none', notes);
  const asked =
    shipment.route === undefined ? null : refusal('route-not-applicable', reasonsOf(shipment, routesConsidered));
  return {
    route: 'none',
    line: rulebook.lineOf(shipment.destination, atMs),
    routesConsidered,
    refusal: barred ?? asked,
    items: shipment.items,
    milliTpp: all,
    debitedMilliTpp: noTpp,
    obligations: noObligations,
    contradictions,
    missingFacts: nothingMissing,
  };
}

function joined(some: readonly Reason[], others: readonly Reason[]): readonly Reason[] {
  if (others.length === 0) return some;
  return some.length === 0 ? others : [...some, ...others];
}

interface Considered {
  readonly routesConsidered: readonly RouteConsidered[];
  /** The first that applies. */
  readonly first: Verdict | undefined;
  /** That, or the one asked for if it applies or only its line stands in the way. */
  readonly chosen: Verdict | undefined;
  readonly missingFacts: readonly MissingRouteFact[];
}

/** AIA and ACA take every item that leaves under ACA beside others, so they are asked about the whole shipment. */
function isBeforeRest(route: Route): boolean {
  return route === 'aia' || route === 'aca';
}

/** @param rest the shipment without what leaves under ACA beside it; left out: nothing does */
function considerRoutes(circumstances: Circumstances, rest: Circumstances | undefined): Considered {
  const { rulebook, shipment, facts, needed } = circumstances;
  const isProhibited = factOf(facts, 'prohibitedEndUse') === true;
  const routesConsidered: RouteConsidered[] = [noneNotApplicable(needed)];
  let missingFacts: MissingRouteFact[] | undefined;
  let asked: Verdict | undefined;
  let first: Verdict | undefined;
  for (const rule of rulesOf(rulebook, shipment.route)) {
    const found = rule.consider(rest === undefined || isBeforeRest(rule.route) ? circumstances : rest);
    const verdict = isProhibited ? withProhibitedUse(rule.route, found) : found;
    routesConsidered.push(verdict.considered);
    for (const fact of verdict.missing) (missingFacts ??= []).push({ route: rule.route, fact });
    const isApplicable = verdict.considered.applicable;
    if (isApplicable) first ??= verdict;
    if (rule.route === shipment.route && (isApplicable || verdict.beyondLine)) asked = verdict;
  }
  const chosen = shipment.route === undefined ? first : asked;
  return { routesConsidered, first, chosen, missingFacts: missingFacts ?? nothingMissing };
}

function obligationsOf(rulebook: CompiledRulebook, route: Route, size: MilliTpp): readonly Obligation[] {
  return (route === 'none' ? undefined : rulebook.route(route)?.obligationsOf(size)) ?? noObligations;
}

/** Items at the level of 3A090.a need a licence everywhere, the others to some countries and for embargoed entities. */
function neededLevels(
  rulebook: CompiledRulebook,
  destination: string,
  atMs: number,
  has: NeededLevels,
  isEmbargoed: boolean,
): NeededLevels {
  if (!has.b && !has.c) return has;
  if (rulebook.document.controls === undefined) return { a: has.a, b: false, c: false };
  return {
    a: has.a,
    b: has.b && (isEmbargoed || isLevelBControlled(rulebook, destination, atMs)),
    c: has.c && isEmbargoed && readingOf(rulebook.document, 'levelCReview') === 'as-level-b',
  };
}

/** Under one reading a declaration below what the catalogue computes cannot be true, under the other it is taken. */
function withDeclared(
  { document }: CompiledRulebook,
  stated: readonly Reason[],
  below: readonly Reason[],
): readonly Reason[] {
  if (readingOf(document, 'declaredBelowCatalogue') !== 'contradictory') return stated;
  return [...stated, ...below.map((reason) => ({ ...reason, code: 'contradictory-facts' }))];
}

function contradicted(contradictions: readonly Reason[], isEmbargoed: boolean): Refusal | null {
  if (contradictions.length === 0) return null;
  return refusal(isEmbargoed ? 'no-allocation' : 'route-not-applicable', contradictions);
}

/** In a rulebook that does not say when the rule took effect nothing is determined outside of the period. */
function whollyOutside(rulebook: CompiledRulebook, atMs: number): Refusal | null {
  if (rulebook.inForceMs !== undefined || !isOutsidePeriod(rulebook, atMs)) return null;
  return refusal('outside-quota-period', [outsidePeriod(rulebook, atMs)]);
}
