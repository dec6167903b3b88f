import { factOf } from '../../route-facts.js';
import type { Reason } from '../../determination.js';
import type { Circumstances, RouteRule, Verdict } from '../route-rule.js';
import { applies, bars, consigneeNeeded, lacks, type NeededFact } from '../verdicts.js';

const citation = '15 CFR 740.28(a)';
const privateSector = '15 CFR 740.28(d)';

const neededFacts: readonly NeededFact[] = [
  { fact: 'facts.endUse', why: 'License Exception ACM is for development, production or storage of eligible items', citation },
  {
    fact: 'facts.privateSector',
    why: 'License Exception ACM is for private sector end users',
    citation: privateSector,
  },
  {
    fact: 'facts.customersOutsideD5',
    why: 'License Exception ACM is for items that end with customers outside of Macau and Country Group D:5',
    citation,
  },
];
const consignee = consigneeNeeded('License Exception ACM is for a named private sector end user', privateSector);

/** The usual cases: nothing is stated. */
const lacksFacts = lacks('acm', neededFacts);
const lacksAll = lacks('acm', [consignee, ...neededFacts]);

const manufacturing = applies(
  'acm',
  {
    code: 'private-sector-manufacturing',
    text: 'A private sector end user develops, produces or stores the items for customers who are not embargoed.',
    citation,
  },
  false,
);

/**
 * License Exception ACM, 15 CFR 740.28: to private sector end users for development, production or storage of items
 * for customers outside of Macau and D:5, and not where the consignee or its parent is headquartered there. No debit.
 */
export const acm: RouteRule = {
  route: 'acm',
  consider(circumstances) {
    const { embargo, facts, shipment } = circumstances;
    if (embargo.length > 0) return bars('acm', embargo);
    if (facts === undefined) return shipment.consignee === undefined ? lacksAll : lacksFacts;
    return withFacts(circumstances);
  },
};

function withFacts({ facts, shipment }: Circumstances): Verdict {
  const endUse = factOf(facts, 'endUse');
  const governmentOwned = factOf(facts, 'governmentOwned');
  const isPrivate = factOf(facts, 'privateSector') ?? (governmentOwned === undefined ? undefined : !governmentOwned);
  const customersOutside = factOf(facts, 'customersOutsideD5');
  const reasons: Reason[] = [];
  if (endUse === 'other') {
    const text = 'License Exception ACM is for development, production or storage of eligible items, no other end use.';
    reasons.push({ code: 'end-use-not-manufacturing', text, citation });
  }
  if (isPrivate === false || governmentOwned === true) {
    const text = 'A government owns or controls the consignee: it is no private sector end user.';
    reasons.push({ code: 'not-private-sector', text, citation: privateSector });
  }
  if (customersOutside === false) {
    const text = 'The items are for customers in Macau or Country Group D:5.';
    reasons.push({ code: 'customers-embargoed', text, citation });
  }
  const stated = [endUse, isPrivate, customersOutside];
  const missing = neededFacts.filter((_, index) => stated[index] === undefined);
  if (shipment.consignee === undefined) missing.unshift(consignee);
  if (reasons.length === 0 && missing.length === 0) return manufacturing;
  return lacks('acm', missing, reasons);
}
