import { fromTpp, type MilliTpp } from '../milli-tpp.js';
import type { ItemBound, ItemLevels } from '../document/rulebook.js';
import type { ItemLevel } from '../determination.js';

/** What TPP, die area and market say about an item. `paragraph` is the sub-paragraph that decided, null for none. */
export interface Classification {
  readonly level: ItemLevel;
  /** As it is reported: `3A090.a`, `3A090.b` or `none`. */
  readonly eccn: string;
  readonly paragraph: string | null;
}

/** The facts that classify an integrated circuit. */
export interface PerformanceFacts {
  readonly milliTpp: MilliTpp;
  /** Applicable die area in thousandths of a mm2; 0 where no die counts, null where unknown. */
  readonly dieAreaMilliMm2: number | null;
  /** Designed or marketed for datacentres. */
  readonly datacenter: boolean;
}

interface Bound {
  readonly classification: Classification;
  readonly milliTppMin: number;
  readonly milliTppBelow: number;
  /** In thousandths of TPP per mm2; null without density bounds. */
  readonly milliDensity: { readonly min: number; readonly below: number } | null;
}

const uncontrolled: Classification = { level: 'uncontrolled', eccn: 'none', paragraph: null };

/**
 * The bounds of 3A090.a and 3A090.b (15 CFR part 774, Supp. 1, ECCN 3A090 with Technical Note 2), made ready.
 * All comparisons are in whole numbers: an item exactly at a bound is never misjudged by rounding.
 */
export class LevelBounds {
  readonly #bounds: readonly Bound[];
  readonly #nonDatacenterBelow: MilliTpp;

  constructor(levels: ItemLevels) {
    this.#bounds = [
      ...levels.a.map((bound) => readyBound(bound, 'a')),
      ...levels.b.map((bound) => readyBound(bound, 'b')),
    ];
    this.#nonDatacenterBelow = fromTpp(levels.nonDatacenterBelowTpp);
  }

  /**
   * A circuit without a die that counts has no density, and meets no bound that asks for one (Technical Note 4).
   * @returns the item's classification, or `unknown` where the density decides and the die area is unknown
   */
  classify({ milliTpp, dieAreaMilliMm2, datacenter }: PerformanceFacts): Classification | 'unknown' {
    if (!datacenter && milliTpp < this.#nonDatacenterBelow) return uncontrolled;
    let undecided = false;
    for (const { classification, milliTppMin, milliTppBelow, milliDensity } of this.#bounds) {
      if (milliTpp < milliTppMin || milliTpp >= milliTppBelow) continue;
      if (milliDensity === null) return undecided ? 'unknown' : classification;
      if (dieAreaMilliMm2 === null) undecided = true;
      else if (
        dieAreaMilliMm2 > 0 &&
        reachesDensity(milliTpp, dieAreaMilliMm2, milliDensity.min) &&
        !reachesDensity(milliTpp, dieAreaMilliMm2, milliDensity.below)
      ) {
        return classification;
      }
    }
    return undecided ? 'unknown' : uncontrolled;
  }
}

/** Whether TPP / area >= density: TPP >= density x area, in millionths, exactly. */
function reachesDensity(milliTpp: MilliTpp, dieAreaMilliMm2: number, milliDensity: number): boolean {
  if (milliDensity === Infinity) return false;
  return BigInt(milliTpp) * 1000n >= BigInt(milliDensity) * BigInt(dieAreaMilliMm2);
}

function readyBound(bound: ItemBound, level: ItemLevel): Bound {
  const { densityMin, densityBelow } = bound;
  return {
    classification: { level, eccn: bound.eccn, paragraph: bound.paragraph },
    milliTppMin: fromTpp(bound.tppMin),
    milliTppBelow: bound.tppBelow === undefined ? Infinity : fromTpp(bound.tppBelow),
    milliDensity:
      densityMin === undefined && densityBelow === undefined
        ? null
        : { min: fromTpp(densityMin ?? 0), below: densityBelow === undefined ? Infinity : fromTpp(densityBelow) },
  };
}
