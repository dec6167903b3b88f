import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import { countryName } from '../countries/countries.js';
import type { Reason } from '../determination.js';
import type { Parties } from './route-rule.js';

const none: readonly Reason[] = [];

/** Whose treatment the destination and the places of the parties have, where it is not their own: 15 CFR 738.3(b). */
export function territoryReasons({ territories }: CompiledRulebook, destination: string, parties: Parties): readonly Reason[] {
  if (territories.areNone) return none;
  const { consigneeCountry, consigneeHeadquarters, parentCountry, parentHeadquarters, operator } = parties;
  const ofOperator = operator && [operator.country, operator.headquarters, operator.parentCountry, operator.parentHeadquarters];
  let reasons: Map<string, Reason> | undefined;
  for (const place of [destination, consigneeCountry, consigneeHeadquarters, parentCountry, parentHeadquarters, ...(ofOperator ?? [])]) {
    const territory = place === null ? undefined : territories.of(place);
    if (territory === undefined) continue;
    const { country, of, citation } = territory;
    const text = `${countryName(country)} (${country}) is a territory of ${countryName(of)} (${of}) and has its treatment.`;
    (reasons ??= new Map()).set(country, { code: 'territory', text, citation: `15 CFR 738.3(b); ${citation}` });
  }
  return reasons === undefined ? none : [...reasons.values()];
}
