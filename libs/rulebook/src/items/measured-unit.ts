import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { ItemLevel } from '../determination.js';
import type { MilliTpp } from '../milli-tpp.js';
import { dieAreaProblem } from './die-area.js';
import { invalid, problem, type ItemProblem } from './item-problem.js';

/** An item's place in the regulation and its size, before the quantity. */
export interface ClassifiedUnit {
  readonly chip: string | null;
  readonly description: string | null;
  readonly eccn: string;
  readonly level: ItemLevel;
  readonly milliTppPerUnit: MilliTpp;
  readonly datacenter?: false;
}

/** A circuit by its TPP, die area and market. 15 CFR part 774, Supp. 1, ECCN 3A090. */
export function measuredUnit(
  rulebook: CompiledRulebook,
  { dieAreaMm2, datacenter }: { readonly dieAreaMm2?: number; readonly datacenter?: boolean },
  milliTppPerUnit: MilliTpp,
  chip: string | null,
  description: string | null,
): ClassifiedUnit | ItemProblem {
  const wrongArea = dieAreaMm2 === undefined ? undefined : dieAreaProblem(rulebook, dieAreaMm2);
  if (wrongArea !== undefined) return invalid('dieAreaMm2', wrongArea);
  const dieAreaMilliMm2 = dieAreaMm2 === undefined ? null : Math.round(dieAreaMm2 * 1000);
  const classification = rulebook.levelBounds.classify({
    milliTpp: milliTppPerUnit,
    dieAreaMilliMm2,
    datacenter: datacenter ?? true,
  });
  if (classification === 'unknown') {
    const message = unknownDensity(chip ?? description ?? 'this item', milliTppPerUnit / 1000);
    return problem('classification-unknown', 'dieAreaMm2', message);
  }
  return { chip, description, eccn: classification.eccn, level: classification.level, milliTppPerUnit };
}

/** Why the die area of an item is needed. */
export function unknownDensity(name: string, tpp: number): string {
  return (
    `At ${tpp} TPP the performance density decides whether ${name} is controlled, and its die area is unknown. ` +
    'State the applicable die area in mm2 (dieAreaMm2; 0 if it has no die of a non-planar process), or declare the ECCN (eccn).'
  );
}
