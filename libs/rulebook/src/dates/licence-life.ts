import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { ClassifiedItem, Route } from '../determination.js';
import { readingOf } from '../document/readings.js';

/**
 * The moment (milliseconds) after which a hold stands for no licence any more: one year after it was granted, for a licence
 * with an item at the level of 3A090.a, under the reading `licenceLife: one-year`. Infinity for every other hold.
 * 15 CFR 750.7(g): licences for the items of 742.6(a)(6)(iii)(A) "will generally be limited to a one-year validity period".
 */
export function licenceEndMs(
  rulebook: CompiledRulebook,
  { route, items }: { readonly route: Route; readonly items: readonly Pick<ClassifiedItem, 'level' | 'route'>[] },
  grantedMs: number,
): number {
  if (route !== 'licence' || !items.some(({ level, route: own }) => level === 'a' && own === undefined)) return Infinity;
  if (readingOf(rulebook.document, 'licenceLife') !== 'one-year') return Infinity;
  const granted = new Date(grantedMs);
  const end = new Date(grantedMs);
  end.setUTCFullYear(granted.getUTCFullYear() + 1);
  // A licence of 29 February ends with 28 February, not a day later.
  return end.getUTCMonth() === granted.getUTCMonth() ? end.getTime() : end.getTime() - 86_400_000;
}
