import type { CountryGroupIndex, GroupSet } from '../countries/country-group-index.js';
import { instantMs } from '../dates/instant.js';
import { readingOf } from '../document/readings.js';
import type { Rulebook } from '../document/rulebook.js';
import type { Territories } from '../countries/territories.js';

/** What a rulebook says about the destinations of 3A090.b items. */
export interface LevelBRules {
  readonly document: Rulebook;
  readonly territories: Territories;
  readonly countryGroups: CountryGroupIndex;
  readonly levelBGroups: { readonly controlled: GroupSet; readonly excepted: GroupSet };
}

/**
 * Whether a country is in Country Groups D:1, D:4 or D:5 and in neither A:5 nor A:6 at a date: 742.6(a)(6)(iii)(B),
 * and the destinations of 740.2(a)(9)(ii). Under the reading `emiratesInGroupD4: until-named` so is a country that the
 * control names, until it does. False in a rulebook without `controls`.
 */
export function isLevelBGroup(rulebook: LevelBRules, country: string, atMs: number): boolean {
  const { countryGroups, levelBGroups } = rulebook;
  if (countryGroups.isIn(levelBGroups.excepted, country, atMs)) return false;
  if (countryGroups.isIn(levelBGroups.controlled, country, atMs)) return true;
  const sinceMs = namedSince(rulebook, country);
  return sinceMs !== undefined && atMs < sinceMs && readingOf(rulebook.document, 'emiratesInGroupD4') === 'until-named';
}

/** Whether items at the level of 3A090.b need a licence to a country, whoever receives them. */
export function isLevelBControlled(rulebook: LevelBRules, country: string, atMs: number): boolean {
  return isLevelBGroup(rulebook, country, atMs) || atMs >= (namedSince(rulebook, country) ?? Infinity);
}

/** Since when the control names the country; undefined if it does not. */
function namedSince({ document: { controls }, territories }: LevelBRules, country: string): number | undefined {
  const treatedAs = territories.treatedAs(country);
  const named = controls?.b.named.find((each) => each.country === treatedAs);
  return named && (instantMs(named.since) ?? Infinity);
}
