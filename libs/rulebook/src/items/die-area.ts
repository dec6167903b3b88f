import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import { isTpp as hasThreeDecimals } from '../milli-tpp.js';
import { readingOf } from '../document/readings.js';

/** More than ten wafers. */
const dieAreaMm2Max = 1_000_000;

/**
 * What is wrong with the applicable die area of a circuit, in mm2; undefined if nothing. 0 says that no die of a non-planar
 * process is in it, where the reading `planarCircuits` takes that. 15 CFR Part 774, Supp. 1, ECCN 3A090, Technical Note 4.
 */
export function dieAreaProblem({ document }: CompiledRulebook, dieAreaMm2: number): string | undefined {
  const isPlanarTaken = readingOf(document, 'planarCircuits') === 'no-density';
  const isLarge = dieAreaMm2 > 0 || (isPlanarTaken && dieAreaMm2 === 0);
  if (isLarge && dieAreaMm2 <= dieAreaMm2Max && hasThreeDecimals(dieAreaMm2)) return undefined;
  const least = isPlanarTaken ? 'above 0 (0: it has no die of a non-planar process)' : 'above 0';
  return `A die area is a number of mm2 ${least}, at most ${dieAreaMm2Max}, with at most three decimals, not ${dieAreaMm2}.`;
}
