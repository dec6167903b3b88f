import { countryName } from '../../countries/countries.js';
import type { Reason } from '../../determination.js';
import { readingOf } from '../../document/readings.js';
import { factOf } from '../../route-facts.js';
import type { DestinationGroup } from '../../countries/destination-group.js';
import { ineligibleItem } from './ineligible-item.js';
import type { Circumstances, RouteRule } from '../route-rule.js';
import { applies, bars } from '../verdicts.js';

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
 * unless they or their ultimate parent are headquartered outside of them; the same of who operates the items for the
 * consignee ((b)(2)(iv)). It debits no allocation.
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
  const { consigneeCountry, consigneeHeadquarters, parentHeadquarters, operator } = parties;
  const isOperatorTested = operator !== null && readingOf(rulebook.document, 'aiaOperator') === 'as-consignee';
  // The usual case, an entity at home in the destination, needs no further look.
  if (
    !isOperatorTested &&
    consigneeCountry === shipment.destination &&
    consigneeHeadquarters === shipment.destination &&
    (parentHeadquarters === null || parentHeadquarters === shipment.destination)
  ) {
    return noReasons;
  }
  const reasons: Reason[] = [];
  const test = (who: Who, country: string, headquarters: string, headquartersOfParent: string | null): void => {
    const add = (code: string, what: string, place: string | null): void => {
      if (place === null || isPartner(rulebook.groupOf(place, atMs))) return;
      const text = `${what} ${countryName(place)} (${place}), not in a partner country.`;
      reasons.push({ code, text, citation: who.citation });
    };
    add(`${who.code}-not-in-partner`, `${who.name} is located in`, country);
    add(`${who.code}-headquarters-not-partner`, `${who.name} is headquartered in`, headquarters);
    add(`${who.parentCode}-headquarters-not-partner`, `${who.parentName} is headquartered in`, headquartersOfParent);
  };
  test(consignee, consigneeCountry, consigneeHeadquarters, parentHeadquarters);
  if (isOperatorTested) test(itsOperator, operator.country, operator.headquarters, operator.parentHeadquarters);
  return reasons;
}

type Who = Readonly<Record<'code' | 'name' | 'parentCode' | 'parentName' | 'citation', string>>;

const consignee: Who = {
  code: 'consignee', name: 'The ultimate consignee', parentCode: 'parent', parentName: 'The ultimate parent', citation,
};

/** The consignee certifies that the items go to no other entity than it could be itself. */
const itsOperator: Who = {
  code: 'operator',
  name: 'The operator',
  parentCode: 'operator-parent',
  parentName: 'The ultimate parent of the operator',
  citation: '15 CFR 740.27(a) and (b)(2)(iv); Supplement No. 5 to Part 740, paragraph (a)',
};

const noReasons: readonly Reason[] = [];

/** Supplement No. 5(a) lists the United States too. */
export function isPartner(group: DestinationGroup): boolean {
  return group === 'partner' || group === 'home';
}
