import type { NamedException } from '../../determination.js';
import { factOf } from '../../route-facts.js';
import { ineligibleItem } from './ineligible-item.js';
import type { Circumstances, RouteRule, Verdict } from '../route-rule.js';
import { applies, bars, lacks } from '../verdicts.js';

/** To D:1, D:4 and D:5, and to entities headquartered in Macau or D:5, it leaves these exceptions too. */
const restriction = '15 CFR 740.2(a)(9)(ii)';

/**
 * A license exception that a shipment takes only where it asks for it by name: TMP (740.9(a)(6)), RPL (740.10), GOV
 * (740.11(b)), TSU (740.13(a) and (c)) or HBM (740.25). Neither destination nor headquarters bars it, for 740.2(a)(9)(ii) leaves
 * it for every one. The rule says which items it takes, the exporter that the conditions of its paragraph are met. No debit.
 */
export function namedException(route: NamedException): RouteRule {
  return { route, consider: (circumstances) => consider(route, circumstances) };
}

function consider(route: NamedException, circumstances: Circumstances): Verdict {
  // A rule is asked only under a rulebook that has its route.
  const { name = route, citation = restriction } = circumstances.rulebook.route(route)?.settings ?? {};
  const ineligible = ineligibleItem(circumstances, route);
  if (ineligible !== undefined) {
    return bars(route, [{ code: 'item-not-eligible', text: `${name} does not take ${ineligible}.`, citation }]);
  }
  switch (factOf(circumstances.facts, 'exceptionConditionsMet')) {
    case undefined: {
      const why = `${name} needs the word of the exporter that every condition of ${citation} is met`;
      return lacks(route, [{ fact: 'facts.exceptionConditionsMet', why, citation }]);
    }
    case false:
      return bars(route, [{ code: 'conditions-not-met', text: `A condition of ${citation} is not met.`, citation }]);
    case true: {
      const text = `${name}, asked for by name: by the word of the exporter every condition of ${citation} is met.`;
      return applies(route, { code: 'conditions-met', text, citation: `${citation}; ${restriction}` }, false);
    }
  }
}
