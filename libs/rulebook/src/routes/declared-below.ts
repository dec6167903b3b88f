import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { ClassifiedItem, ItemLevel, Reason, RouteConsidered } from '../determination.js';

const none: readonly Reason[] = [];
const citation = '15 CFR Part 774, Supplement No. 1, ECCN 3A090 with Technical Note 2';

/** Memory is no circuit that the catalogue measures. */
const ranks: Readonly<Record<ItemLevel | 'unknown', number>> = { a: 2, b: 1, c: 0, uncontrolled: 0, unknown: 0 };

/**
 * Chips and systems of the catalogue that are declared below the level that their figures come to, a B200 as EAR99, in
 * alphabetical order. The reading `declaredBelowCatalogue` says what becomes of such a shipment.
 */
export function declaredBelowCatalogue(rulebook: CompiledRulebook, items: readonly ClassifiedItem[]): readonly Reason[] {
  let below: Reason[] | undefined;
  for (const { chip, eccn, level } of items) {
    if (chip === null) continue;
    const known = rulebook.chip(chip) ?? rulebook.system(chip);
    if (known === undefined || ranks[known.level] <= ranks[level]) continue;
    const text = `${chip} is declared as ${eccn}; its figures in the catalogue come to ${known.eccn}.`;
    (below ??= []).push({ code: 'declared-below-catalogue', text, citation });
  }
  return below?.sort((a, b) => (a.text < b.text ? -1 : 1)) ?? none;
}

/** The routes with these reasons added to the one that is taken. */
export function withReasons(
  routes: readonly RouteConsidered[],
  taken: string,
  reasons: readonly Reason[],
): readonly RouteConsidered[] {
  if (reasons.length === 0) return routes;
  return routes.map((each) =>
    each.route === taken && each.applicable ? { ...each, reasons: [...each.reasons, ...reasons] } : each,
  );
}
