import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { Determined, Reason, RouteConsidered, RouteName, Shipment } from '../determination.js';
import { shownInstant } from '../dates/instant.js';
import { noTpp } from '../milli-tpp.js';
import { isOutsidePeriod } from '../dates/quota-period.js';
import { factOf } from '../route-facts.js';
import { withReasons } from './declared-below.js';
import { refusal, type Found, type Sizes } from './found.js';
import { withProhibitedUse } from './prohibited-use.js';
import type { Verdict } from './route-rule.js';
import { routesFor } from './route-rules.js';
import { reasonsOf } from './unserved.js';
import { applies, bars } from './verdicts.js';

const counted = '15 CFR 742.6(b)(10)(iii)(B)(1)';

/**
 * A shipment from before the rule took effect, with an item that it controls since: no route is needed, and only a
 * licence of the time can be asked for by name. What was licensed from the beginning of the quota period on counts
 * ("licensed to each destination cumulatively beginning in 2025"), what left before does not, and a destination that is
 * embargoed has no allocation. 15 CFR 742.6(b)(10)(iii)(B)(1).
 */
export function determineBeforeRule(
  rulebook: CompiledRulebook,
  shipment: Shipment,
  atMs: number,
  { all, levelA }: Sizes,
  { contradictions, barred, notes }: Found,
): Determined {
  const { destination, route: asked, facts } = shipment;
  const { routesConsidered, licence } = routesBeforeRule(rulebook, destination, asked, atMs);
  const isProhibited = asked === 'licence' && factOf(facts, 'prohibitedEndUse') === true;
  const verdict = isProhibited ? withProhibitedUse('licence', licence) : licence;
  const reasons = asked === 'licence' ? verdict.considered.reasons : reasonsOf(shipment, routesConsidered);
  const isRefused = asked !== undefined && !verdict.considered.applicable;
  const route = asked === 'licence' ? 'licence' : 'none';
  return {
    route,
    line: rulebook.lineOf(destination, atMs),
    routesConsidered: withReasons(routesConsidered, route, notes),
    refusal: barred ?? (isRefused ? refusal('route-not-applicable', reasons) : null),
    items: shipment.items,
    milliTpp: all,
    debitedMilliTpp: verdict.debits ? levelA : noTpp,
    obligations: [],
    contradictions,
    missingFacts: [],
  };
}

function routesBeforeRule(
  rulebook: CompiledRulebook,
  destination: string,
  asked: RouteName | undefined,
  atMs: number,
): { readonly routesConsidered: readonly RouteConsidered[]; readonly licence: Verdict } {
  const reason = notInForce(rulebook, atMs);
  const licence = asked === 'licence' ? licenceOfTheTime(rulebook, destination, atMs) : bars('licence', [reason]);
  const others = routesFor(asked).map((route): RouteConsidered => {
    return route === 'licence' ? licence.considered : { route, applicable: false, reasons: [reason] };
  });
  return { routesConsidered: [{ route: 'none', applicable: true, reasons: [reason] }, ...others], licence };
}

function licenceOfTheTime(rulebook: CompiledRulebook, destination: string, atMs: number): Verdict {
  const isCounted = !isOutsidePeriod(rulebook, atMs) && rulebook.groupOf(destination, atMs) !== 'embargoed';
  const words = isCounted
    ? 'it is from the quota period and counts on the line of its destination'
    : 'it is from before the quota period, or its destination has no allocation, so that it debits nothing';
  const text = `A licence from before the rule took effect, asked for by name: ${words}.`;
  return applies('licence', { code: 'licence-before-rule', text, citation: counted }, isCounted);
}

function notInForce({ document: { inForce } }: CompiledRulebook, atMs: number): Reason {
  const text = `The rule took effect on ${inForce?.from ?? ''}: at ${shownInstant(atMs)} it required nothing.`;
  return { code: 'rule-not-in-force', text, citation: inForce?.citation ?? '' };
}
