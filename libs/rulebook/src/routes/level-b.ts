import type { CompiledRulebook } from '../compiled-rulebook.js';
import { instantMs } from '../instant.js';
import { readingOf } from '../readings.js';

/**
 * Whether a country is in Country Groups D:1, D:4 or D:5 and in neither A:5 nor A:6 at a date: 742.6(a)(6)(iii)(B),
 * and the destinations of 740.2(a)(9)(ii). False in a rulebook without `controls`.
 */
export function isLevelBGroup(rulebook: CompiledRulebook, country: string, atMs: number): boolean {
  const { countryGroups, levelBGroups } = rulebook;
  if (!countryGroups.isIn(levelBGroups.controlled, country, atMs)) return false;
  return !countryGroups.isIn(levelBGroups.excepted, country, atMs);
}

/** Whether items at the level of 3A090.b need a licence to a country, whoever receives them. */
export function isLevelBControlled(rulebook: CompiledRulebook, country: string, atMs: number): boolean {
  if (isLevelBGroup(rulebook, country, atMs)) return true;
  const named = rulebook.document.controls?.b.named.find((each) => each.country === country);
  if (named === undefined) return false;
  if (readingOf(rulebook.document, 'emiratesAtLevelB') === 'licence') return true;
  return atMs >= (instantMs(named.since) ?? Infinity);
}
