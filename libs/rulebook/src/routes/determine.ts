import type { CompiledRulebook } from '../compiled-rulebook.js';
import type {
  ClassifiedItem,
  Determined,
  MissingRouteFact,
  Obligation,
  Reason,
  Route,
  RouteConsidered,
  Shipment,
} from '../determination.js';
import { milliTpp, noTpp, type MilliTpp } from '../milli-tpp.js';
import { lineOfCountry } from '../quota-lines.js';
import { readingOf } from '../readings.js';
import { factOf } from '../route-facts.js';
import { contradictionsOf } from './contradictions.js';
import { declaredBelowCatalogue, withReasons } from './declared-below.js';
import { embargoReasons } from './embargo.js';
import { isLevelBControlled } from './level-b.js';
import { partiesOf } from './parties.js';
import { withProhibitedUse } from './prohibited-use.js';
import type { DeterminationPorts } from './ports.js';
import type { Circumstances, NeededLevels, Verdict } from './route-rule.js';
import { rulesOf } from './route-rules.js';
import { noneNotApplicable, routesOfUncontrolled } from './uncontrolled.js';

type Refusal = NonNullable<Determined['refusal']>;

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
 * for an export. It chooses the countries' groups and must lie in the quota period. A route with a limit of its own
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
  const stated = contradictionsOf(rulebook, shipment, parties.operator?.party, atMs, ports.companies);
  const contradictions = below.length === 0 ? stated : withDeclared(rulebook, stated, below);
  const embargo = has.a || has.b || has.c ? embargoReasons(rulebook, shipment, parties, atMs, has) : noEmbargo;
  const needed = neededLevels(rulebook, destination, atMs, has, embargo.length > 0);
  const barred = isOutside(rulebook, atMs)
    ? refusal('outside-quota-period', [outsidePeriod(rulebook, atMs)])
    : contradicted(contradictions, embargo.length > 0);
  if (!needed.a && !needed.b && !needed.c) {
    return uncontrolled(rulebook, shipment, sizes, { contradictions, barred, below });
  }

  const destinationGroup = rulebook.groupOf(destination, atMs);
  const { facts } = shipment;
  const debit = sizes.levelA;
  const considered = considerRoutes({
    rulebook, shipment, facts, parties, destinationGroup, atMs, embargo, needed, debit, ports,
  });
  const { routesConsidered, first, chosen, missingFacts } = considered;
  const refused = barred ?? (chosen === undefined ? unserved(shipment, routesConsidered, embargo) : null);
  const taken = refused === null ? chosen : undefined;
  const route = (taken ?? first)?.considered.route ?? 'licence';
  return {
    route,
    line: taken?.line ?? lineOfCountry(destination),
    routesConsidered: withReasons(routesConsidered, taken === undefined ? 'none' : route, below),
    refusal: refused,
    milliTpp: sizes.all,
    debitedMilliTpp: taken === undefined || taken.debits ? debit : noTpp,
    obligations: obligationsOf(rulebook, taken === undefined ? 'none' : route, debit),
    contradictions,
    missingFacts,
  };
}

/** What was found before any route is asked. */
interface Found {
  readonly contradictions: readonly Reason[];
  readonly barred: Refusal | null;
  /** Of items declared below what the catalogue computes. */
  readonly below: readonly Reason[];
}

/** A shipment that needs no licence here, whatever was asked for. */
function uncontrolled(
  rulebook: CompiledRulebook,
  shipment: Shipment,
  { has, all }: Sizes,
  { contradictions, barred, below }: Found,
): Determined {
  const routes = routesOfUncontrolled(has, rulebook.document.controls !== undefined);
  const routesConsidered = withReasons(routes, 'none', below);
  const asked =
    shipment.route === undefined ? null : refusal('route-not-applicable', reasonsOf(shipment, routesConsidered));
  return {
    route: 'none',
    line: lineOfCountry(shipment.destination),
    routesConsidered,
    refusal: barred ?? asked,
    milliTpp: all,
    debitedMilliTpp: noTpp,
    obligations: noObligations,
    contradictions,
    missingFacts: nothingMissing,
  };
}

interface Considered {
  readonly routesConsidered: readonly RouteConsidered[];
  /** The first that applies. */
  readonly first: Verdict | undefined;
  /** That, or the one asked for if it applies or only its line stands in the way. */
  readonly chosen: Verdict | undefined;
  readonly missingFacts: readonly MissingRouteFact[];
}

function considerRoutes(circumstances: Circumstances): Considered {
  const { rulebook, shipment, facts, needed } = circumstances;
  const isProhibited = factOf(facts, 'prohibitedEndUse') === true;
  const routesConsidered: RouteConsidered[] = [noneNotApplicable(needed)];
  let missingFacts: MissingRouteFact[] | undefined;
  let asked: Verdict | undefined;
  let first: Verdict | undefined;
  for (const rule of rulesOf(rulebook)) {
    const found = rule.consider(circumstances);
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

interface Sizes {
  readonly all: MilliTpp;
  readonly levelA: MilliTpp;
  readonly has: NeededLevels;
}

function sizesOf(items: readonly ClassifiedItem[]): Sizes {
  let all = 0;
  let levelA = 0;
  let a = false;
  let b = false;
  let c = false;
  for (const { level, milliTppPerUnit, quantity } of items) {
    const amount = milliTppPerUnit * quantity;
    all += amount;
    if (level === 'a') {
      levelA += amount;
      a = true;
    } else if (level === 'b') b = true;
    else if (level === 'c') c = true;
  }
  return { all: milliTpp(all), levelA: milliTpp(levelA), has: { a, b, c } };
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

/** Codes with which a route says that it would serve the embargoed too if only something were stated or waited for. */
const curable: ReadonlySet<string> = new Set(['missing-fact', 'notice-too-short']);

/**
 * Why no route, or not the one asked for, serves the shipment. Where an embargo stands in the way that is the answer,
 * unless the route asked for would serve it with another fact.
 */
function unserved(shipment: Shipment, routes: readonly RouteConsidered[], embargo: readonly Reason[]): Refusal {
  if (shipment.route === undefined) {
    if (embargo.length > 0) return refusal('no-allocation', [...embargo, ...wayOut(routes)]);
    return refusal('route-not-applicable', routes.at(-1)?.reasons ?? []);
  }
  const reasons = reasonsOf(shipment, routes);
  const isCurable = reasons.every(({ code }) => curable.has(code));
  if (embargo.length > 0 && !isCurable) return refusal('no-allocation', embargo);
  return refusal('route-not-applicable', reasons);
}

/** What would have let the shipment leave all the same: the exception that only lacks a fact or a notice in time. */
function wayOut(routes: readonly RouteConsidered[]): readonly Reason[] {
  const nac = routes.find(({ route }) => route === 'nac')?.reasons ?? noEmbargo;
  return nac.every(({ code }) => curable.has(code)) ? nac : noEmbargo;
}

function reasonsOf({ route: asked }: Shipment, routes: readonly RouteConsidered[]): readonly Reason[] {
  const found = routes.find(({ route }) => route === asked);
  if (found !== undefined) return found.reasons;
  const text = `The rulebook knows no route '${asked ?? ''}'.`;
  return [{ code: 'unknown-route', text, citation: '15 CFR 742.6(a)(6)(iii)(A)' }];
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

function refusal(code: Refusal['code'], reasons: readonly Reason[]): Refusal {
  return { code, reasons };
}

function isOutside({ period: { startMs, endMs } }: CompiledRulebook, atMs: number): boolean {
  return !(atMs >= startMs && atMs < endMs);
}

function outsidePeriod({ document: { period } }: CompiledRulebook, atMs: number): Reason {
  // Dates end 273,790 years from now; a number of milliseconds does not.
  const at = Math.abs(atMs) <= 8.64e15 ? new Date(atMs).toISOString() : `${atMs} ms since 1970`;
  return {
    code: 'outside-quota-period',
    text: `${at} is outside the quota period, which runs from ${period.start} until before ${period.end}.`,
    citation: period.citation,
  };
}
