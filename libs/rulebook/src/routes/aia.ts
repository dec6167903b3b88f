import { countryName } from '../countries.js';
import type { Reason, RouteConsidered } from '../determination.js';
import type { DestinationGroup } from '../rulebook.js';
import type { RouteRule, ShipmentFacts } from './route-rule.js';

const citation = '15 CFR 740.27(a); Supplement No. 5 to Part 740, paragraph (a)';

const applicable: RouteConsidered = {
  route: 'aia',
  applicable: true,
  reasons: [
    {
      code: 'partner-entity',
      text: 'The consignee is in a partner country, and neither it nor its ultimate parent is headquartered elsewhere.',
      citation,
    },
  ],
};

const elsewhere: RouteConsidered = {
  route: 'aia',
  applicable: false,
  reasons: [
    {
      code: 'destination-not-partner',
      text: 'License Exception AIA reaches entities located in partner countries only.',
      citation,
    },
  ],
};

/**
 * License Exception AIA for hardware, 15 CFR 740.27(a): entities located in the destinations of Supplement No. 5(a),
 * unless they or their ultimate parent are headquartered outside of them. It debits no allocation.
 */
export const aia: RouteRule = {
  route: 'aia',
  consider(facts) {
    if (!isPartner(facts.destinationGroup)) return elsewhere;
    const reasons = facts.embargo.length > 0 ? facts.embargo : outsiders(facts);
    return reasons.length === 0 ? applicable : { route: 'aia', applicable: false, reasons };
  },
};

function outsiders({ rulebook, shipment, parties, atMs }: ShipmentFacts): readonly Reason[] {
  const { consigneeCountry, consigneeHeadquarters, parentHeadquarters } = parties;
  // The usual case, an entity at home in the destination, needs no further look.
  if (
    consigneeCountry === shipment.destination &&
    consigneeHeadquarters === shipment.destination &&
    (parentHeadquarters === null || parentHeadquarters === shipment.destination)
  ) {
    return noReasons;
  }
  const reasons: Reason[] = [];
  const add = (code: string, what: string, country: string | null): void => {
    if (country === null || isPartner(rulebook.groupOf(country, atMs))) return;
    reasons.push({ code, text: `${what} ${countryName(country)} (${country}), not in a partner country.`, citation });
  };
  add('consignee-not-in-partner', 'The ultimate consignee is located in', consigneeCountry);
  add('consignee-headquarters-not-partner', 'The ultimate consignee is headquartered in', consigneeHeadquarters);
  add('parent-headquarters-not-partner', 'The ultimate parent is headquartered in', parentHeadquarters);
  return reasons;
}

const noReasons: readonly Reason[] = [];

/** Supplement No. 5(a) lists the United States too. */
function isPartner(group: DestinationGroup): boolean {
  return group === 'partner' || group === 'home';
}
