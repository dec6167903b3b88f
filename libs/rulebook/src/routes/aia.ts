import { countryName } from '../countries.js';
import type { Reason } from '../determination.js';
import { factOf } from '../route-facts.js';
import type { DestinationGroup } from '../rulebook.js';
import { ineligibleItem } from './ineligible-item.js';
import type { Circumstances, RouteRule } from './route-rule.js';
import { applies, bars } from './verdicts.js';

const citation = '15 CFR 740.27(a); Supplement No. 5 to Part 740, paragraph (a)';

const partnerEntity = applies(
  'aia',
  {
    code: 'partner-entity',
    text: 'The consignee is in a partner country, and neither it nor its ultimate parent is headquartered elsewhere.',
    citation,
  },
  true,
);

const elsewhere = bars('aia', [
  {
    code: 'destination-not-partner',
    text: 'License Exception AIA reaches entities located in partner countries only.',
    citation,
  },
]);

const trainsWeights = bars('aia', [
  {
    code: 'trains-weights-for-outsiders',
    text: 'Items under AIA may not train models of ECCN 4E091 for entities outside of partner countries.',
    citation: '15 CFR 740.27(a)',
  },
]);

const notLevelA = bars('aia', [
  { code: 'item-not-eligible', text: 'AIA takes items at the level of 3A090.a only.', citation: '15 CFR 740.27(a)(1)' },
]);

/**
 * License Exception AIA for hardware, 15 CFR 740.27(a): entities located in the destinations of Supplement No. 5(a),
 * unless they or their ultimate parent are headquartered outside of them. It debits no allocation.
 */
export const aia: RouteRule = {
  route: 'aia',
  consider(circumstances) {
    const { destinationGroup, embargo, needed, facts } = circumstances;
    if (!isPartner(destinationGroup)) return elsewhere;
    const reasons = embargo.length > 0 ? embargo : outsiders(circumstances);
    if (reasons.length > 0) return bars('aia', reasons);
    if (needed.b || needed.c) return notLevelA;
    const ineligible = ineligibleItem(circumstances, 'aia');
    if (ineligible !== undefined) {
      const text = `License Exception AIA does not list ${ineligible}.`;
      return bars('aia', [{ code: 'item-not-eligible', text, citation: '15 CFR 740.27(a)(1) and (2)' }]);
    }
    return factOf(facts, 'trainsWeightsForOutsiders') === true ? trainsWeights : partnerEntity;
  },
};

function outsiders({ rulebook, shipment, parties, atMs }: Circumstances): readonly Reason[] {
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
export function isPartner(group: DestinationGroup): boolean {
  return group === 'partner' || group === 'home';
}
