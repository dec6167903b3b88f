import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import { computerEccns, highestLevel } from '../compiled/compiled-system.js';
import type { ItemLevel } from '../determination.js';
import { milliTpp, type MilliTpp } from '../milli-tpp.js';
import { invalid, type ItemProblem } from './item-problem.js';
import { measuredUnit, type ClassifiedUnit } from './measured-unit.js';

/** Integrated circuits of one kind in a described computer or assembly. */
export interface CircuitFacts {
  /** TPP of one of them. */
  readonly milliTppPerUnit: MilliTpp;
  /** Applicable die area of one of them in mm2, as that of an item. */
  readonly dieAreaMm2?: number;
  /** Designed or marketed for datacentres; left out: true. */
  readonly datacenter?: boolean;
  /** How many of them one computer has, 1 or more. */
  readonly quantity: number;
}

/**
 * A described computer, by the rule of the catalogue's systems: 4A090.a if it contains a circuit of 3A090.a, 4A090.b if one of
 * 3A090.b, none if neither; its TPP is the sum of its circuits. The die area of a circuit is asked for only where it could change
 * that. 15 CFR Part 774, Supp. 1, ECCN 4A090; Part 748, Supp. 2, (c)(4).
 * @param datacenter whether the computer is designed or marketed for datacentres; left out: if a circuit is
 */
export function computerUnit(
  rulebook: CompiledRulebook,
  description: string,
  circuits: readonly CircuitFacts[],
  datacenter = circuits.some((circuit) => circuit.datacenter !== false),
): ClassifiedUnit | ItemProblem {
  if (circuits.length === 0) return invalid('circuits', `Name the circuits of ${description}, or leave circuits out.`);
  const levels = new Set<ItemLevel | 'unknown'>();
  let undecided: ItemProblem | undefined;
  let sum = 0;
  for (const [index, circuit] of circuits.entries()) {
    const { quantity, milliTppPerUnit } = circuit;
    if (!Number.isSafeInteger(quantity) || quantity < 1) {
      return invalid(`circuits/${index}/quantity`, `A quantity is a whole number of circuits, 1 or more, not ${quantity}.`);
    }
    sum += milliTppPerUnit * quantity;
    if (!Number.isSafeInteger(sum)) return invalid(`circuits/${index}/quantity`, 'The circuits have more TPP than can be counted exactly.');
    const unit = measuredUnit(rulebook, circuit, milliTppPerUnit, null, `circuit ${index + 1} of ${description}`);
    if (!('problem' in unit)) {
      levels.add(unit.level);
      continue;
    }
    const placed: ItemProblem = { ...unit, member: `circuits/${index}/dieAreaMm2` };
    if (unit.problem !== 'classification-unknown') return placed;
    undecided ??= placed;
    levels.add('unknown');
  }
  const level = highestLevel(levels);
  if (level === 'unknown') return undecided as ItemProblem;
  const found = { chip: null, description, eccn: computerEccns[level], level, milliTppPerUnit: milliTpp(sum) };
  return datacenter ? found : { ...found, datacenter: false };
}
