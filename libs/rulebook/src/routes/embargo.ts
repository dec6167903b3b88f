import { countryName } from '../countries/countries.js';
import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { Reason, Shipment } from '../determination.js';
import { readingOf } from '../document/readings.js';
import { factOf } from '../route-facts.js';
import type { NeededLevels, Parties } from './route-rule.js';

const none: readonly Reason[] = [];

/**
 * Why everything is presumed denied: the destination, or the place or headquarters of the consignee, of who operates
 * the items or of an ultimate parent, is embargoed at the date, or so are the customers with whom the items end (the
 * reading `customersEmbargoed`). Empty if none is. 15 CFR 742.6(b)(10)(iii)(A)(1) for items at the level of 3A090.a,
 * (iv)(B) for those of 3A090.b, 744.23(a)(3)(i)(B) for memory to entities headquartered there; `levels` says which there
 * are.
 */
export function embargoReasons(
  rulebook: CompiledRulebook,
  { destination, facts }: Shipment,
  parties: Parties,
  atMs: number,
  levels: NeededLevels,
): readonly Reason[] {
  const { consigneeCountry, consigneeHeadquarters, parentCountry, parentHeadquarters, operator } = parties;
  const isEmbargoed = (country: string | null): country is string =>
    country !== null && rulebook.groupOf(country, atMs) === 'embargoed';
  const toEmbargoed = isEmbargoed(destination);
  const forEmbargoed =
    factOf(facts, 'customersOutsideD5') === false && readingOf(rulebook.document, 'customersEmbargoed') === 'as-destination';
  if (
    !toEmbargoed &&
    !forEmbargoed &&
    operator === null &&
    (consigneeCountry === destination || !isEmbargoed(consigneeCountry)) &&
    (consigneeHeadquarters === destination || !isEmbargoed(consigneeHeadquarters)) &&
    (parentCountry === destination || !isEmbargoed(parentCountry)) &&
    (parentHeadquarters === destination || !isEmbargoed(parentHeadquarters))
  ) {
    return none;
  }
  const reasons: Reason[] = [];
  const { words, rule } = denial(rulebook, levels, toEmbargoed || forEmbargoed);
  const add = (code: string, what: string, country: string | null): void => {
    if (!isEmbargoed(country)) return;
    const membership = rulebook.membershipOf(country, atMs)?.citation;
    reasons.push({
      code,
      text: `${what} ${countryName(country)} (${country}), embargoed: ${words}.`,
      citation: membership === undefined ? rule : `${rule}; ${membership}`,
    });
  };
  const addParent = (of: string, code: string, country: string | null, headquarters: string | null): void => {
    if (country !== headquarters) add(`${code}-embargoed`, `The ultimate parent${of} is located in`, country);
    add(`${code}-headquarters-embargoed`, `The ultimate parent${of} is headquartered in`, headquarters);
  };
  add('destination-embargoed', 'The destination is', destination);
  if (consigneeCountry !== destination) {
    add('consignee-embargoed', 'The ultimate consignee is located in', consigneeCountry);
  }
  add('consignee-headquarters-embargoed', 'The ultimate consignee is headquartered in', consigneeHeadquarters);
  addParent('', 'parent', parentCountry, parentHeadquarters);
  if (operator !== null) {
    if (operator.country !== destination) add('operator-embargoed', 'The operator is located in', operator.country);
    add('operator-headquarters-embargoed', 'The operator is headquartered in', operator.headquarters);
    addParent(' of the operator', 'operator-parent', operator.parentCountry, operator.parentHeadquarters);
  }
  if (forEmbargoed) {
    const text = `The items are for customers in Macau or Country Group D:5, which are embargoed: ${words}.`;
    reasons.push({ code: 'customers-embargoed', text, citation: `${rule}; 15 CFR 740.28(a)` });
  }
  return reasons.length === 0 ? none : reasons;
}

function denial(
  { document: { controls } }: CompiledRulebook,
  { a, b }: NeededLevels,
  toEmbargoed: boolean,
): { words: string; rule: string } {
  if (a || controls === undefined) {
    return { words: 'no allocation, licences presumed denied', rule: '15 CFR 742.6(b)(10)(iii)(A)(1)' };
  }
  if (b) return { words: 'licences presumed denied', rule: `${controls.b.reviewCitation}(B)` };
  // 744.23 controls memory to every destination but those that are embargoed themselves: to them its own entry does.
  return { words: 'licences presumed denied', rule: toEmbargoed ? controls.c.citation : controls.c.reviewCitation };
}
