import { countryName } from '../countries.js';
import type { CompiledRulebook } from '../compiled-rulebook.js';
import type { Reason } from '../determination.js';
import type { Parties } from './route-rule.js';

const presumptionOfDenial = '15 CFR 742.6(b)(10)(iii)(A)(1)';
const none: readonly Reason[] = [];

/**
 * Why a shipment has no allocation to draw on: its destination, or the place or headquarters of its consignee or
 * ultimate parent, is embargoed at the date. Empty if none is. 15 CFR 742.6(b)(10)(iii)(A)(1).
 */
export function embargoReasons(
  rulebook: CompiledRulebook,
  destination: string,
  parties: Parties,
  atMs: number,
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
  const add = (code: string, what: string, country: string | null): void => {
    if (!isEmbargoed(country)) return;
    const membership = rulebook.membershipOf(country, atMs)?.citation;
    reasons.push({
      code,
      text: `${what} ${countryName(country)} (${country}), embargoed: no allocation, licences presumed denied.`,
      citation: membership === undefined ? presumptionOfDenial : `${presumptionOfDenial}; ${membership}`,
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
