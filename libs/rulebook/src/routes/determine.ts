import { lineOfCountry, type CompiledRulebook } from '../compiled-rulebook.js';
import type { ClassifiedItem, Determination, Reason, Route, RouteConsidered, Shipment } from '../determination.js';
import { milliTpp, type MilliTpp } from '../milli-tpp.js';
import { embargoReasons } from './embargo.js';
import { partiesOf } from './parties.js';
import type { ShipmentFacts } from './route-rule.js';
import { routeRules } from './route-rules.js';
import { noneNotApplicable, routesOfUncontrolled } from './uncontrolled.js';

/**
 * What the rules alone make of a shipment: its route, the line that records it, what it debits, or why it is
 * refused. Refusals are checked in this order: `outside-quota-period`, `no-allocation`, `route-not-applicable`.
 *
 * `atMs` (milliseconds since 1970, UTC) is the moment that counts: of the decision for a reservation, `exportedAt`
 * for an export. It chooses the countries' groups and must lie in the quota period.
 * A shipment to a home country is no export: the caller answers that before asking. 15 CFR 742.6(b)(10)(iii).
 * @throws RangeError only if the items' sum leaves the exact range, which `classifyItems` makes impossible.
 */
export function determine(rulebook: CompiledRulebook, shipment: Shipment, atMs: number): Determination {
  const { destination, items } = shipment;
  const { size, controlled } = sizeOf(items);
  const { startMs, endMs } = rulebook.period;
  const isInside = atMs >= startMs && atMs < endMs;
  const outside = isInside ? null : refusal('outside-quota-period', [outsidePeriod(rulebook, atMs)]);
  const line = lineOfCountry(destination);

  if (controlled === null) {
    const routesConsidered = routesOfUncontrolled(items);
    return {
      route: 'none',
      line,
      routesConsidered,
      refusal: outside ?? routeRefusal(shipment.route, routesConsidered),
      milliTpp: size,
      debitedMilliTpp: 0 as MilliTpp,
    };
  }

  const parties = partiesOf(shipment);
  const embargo = embargoReasons(rulebook, destination, parties, atMs);
  const destinationGroup = rulebook.groupOf(destination, atMs);
  const facts: ShipmentFacts = { rulebook, shipment, parties, destinationGroup, atMs, embargo };
  const routesConsidered: RouteConsidered[] = [noneNotApplicable];
  for (const rule of routeRules) routesConsidered.push(rule.consider(facts));

  const noAllocation = embargo.length > 0 ? refusal('no-allocation', embargo) : null;
  const refused = outside ?? noAllocation ?? routeRefusal(shipment.route, routesConsidered);
  const asked = refused === null ? shipment.route : undefined;
  return {
    route: asked ?? firstApplicable(routesConsidered),
    line,
    routesConsidered,
    refusal: refused,
    milliTpp: size,
    debitedMilliTpp: controlled,
  };
}

/** The TPP of all items and of those at the level of 3A090.a (null if there is none). */
function sizeOf(items: readonly ClassifiedItem[]): { readonly size: MilliTpp; readonly controlled: MilliTpp | null } {
  let size = 0;
  let controlled = 0;
  let isControlled = false;
  for (const { level, milliTppPerUnit, quantity } of items) {
    const amount = milliTppPerUnit * quantity;
    size += amount;
    if (level === 'a') {
      controlled += amount;
      isControlled = true;
    }
  }
  return { size: milliTpp(size), controlled: isControlled ? milliTpp(controlled) : null };
}

function firstApplicable(routes: readonly RouteConsidered[]): Route {
  for (const { route, applicable } of routes) if (applicable) return route;
  return 'licence';
}

function routeRefusal(asked: Route | undefined, routes: readonly RouteConsidered[]): Determination['refusal'] {
  if (asked === undefined) return null;
  for (const { route, applicable, reasons } of routes) {
    if (route === asked) return applicable ? null : refusal('route-not-applicable', reasons);
  }
  return refusal('route-not-applicable', [
    { code: 'unknown-route', text: `The rulebook knows no route '${asked}'.`, citation: '15 CFR 742.6(a)(6)(iii)(A)' },
  ]);
}

function refusal(
  code: NonNullable<Determination['refusal']>['code'],
  reasons: readonly Reason[],
): NonNullable<Determination['refusal']> {
  return { code, reasons };
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
