import { countryName } from '../countries.js';
import type { CompiledRulebook } from '../compiled-rulebook.js';
import type { Reason } from '../determination.js';
import type { NeededLevels, Parties } from './route-rule.js';

const none: readonly Reason[] = [];

/**
 * Why everything is presumed denied: the destination, or the place or headquarters of the consignee or its ultimate
 * parent, is embargoed at the date. Empty if none is. 15 CFR 742.6(b)(10)(iii)(A)(1) for items at the level of
 * 3A090.a, (iv)(B) for those of 3A090.b, 744.23(a)(3)(i)(B) for memory; `levels` says which there are.
 */
export function embargoReasons(
  rulebook: CompiledRulebook,
  destination: string,
  parties: Parties,
  atMs: number,
  levels: NeededLevels,
): readonly Reason[] {
  const { consigneeCountry, consigneeHeadquarters, parentCountry, parentHeadquarters } = parties;
  const isEmbargoed = (country: string | null): country is string =>
    country !== null && rulebook.groupOf(country, atMs) === 'embargoed';
  if (
    !isEmbargoed(destination) &&
    !isEmbargoed(consigneeCountry) &&
    !isEmbargoed(consigneeHeadquarters) &&
    !isEmbargoed(parentCountry) &&
    !isEmbargoed(parentHeadquarters)
  ) {
    return none;
  }
  const reasons: Reason[] = [];
  const { words, rule } = denial(rulebook, levels);
  const add = (code: string, what: string, country: string | null): void => {
    if (!isEmbargoed(country)) return;
    const membership = rulebook.membershipOf(country, atMs)?.citation;
    reasons.push({
      code,
      text: `${what} ${countryName(country)} (${country}), embargoed: ${words}.`,
      citation: membership === undefined ? rule : `${rule}; ${membership}`,
    });
  };
  add('destination-embargoed', 'The destination is', destination);
  if (consigneeCountry !== destination) {
    add('consignee-embargoed', 'The ultimate consignee is located in', consigneeCountry);
  }
  add('consignee-headquarters-embargoed', 'The ultimate consignee is headquartered in', consigneeHeadquarters);
  if (parentCountry !== parentHeadquarters) add('parent-embargoed', 'The ultimate parent is located in', parentCountry);
  add('parent-headquarters-embargoed', 'The ultimate parent is headquartered in', parentHeadquarters);
  return reasons;
}

function denial({ document: { controls } }: CompiledRulebook, { a, b }: NeededLevels): { words: string; rule: string } {
  if (a || controls === undefined) {
    return { words: 'no allocation, licences presumed denied', rule: '15 CFR 742.6(b)(10)(iii)(A)(1)' };
  }
  const rule = b ? `${controls.b.reviewCitation}(B)` : controls.c.reviewCitation;
  return { words: 'licences presumed denied', rule };
}
