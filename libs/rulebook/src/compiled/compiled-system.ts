import type { ChipUnit, CompiledChip } from './compiled-chip.js';
import type { ItemLevel } from '../determination.js';
import { milliTpp, noTpp, type MilliTpp } from '../milli-tpp.js';
import type { ChipSystem } from '../systems.js';

/** A system of the catalogue with what follows from its parts. */
export interface CompiledSystem extends ChipSystem {
  readonly milliTppPerUnit: MilliTpp;
  /** `4A090.a`, `4A090.b`, `none`, or `unknown` where that of a part is. */
  readonly eccn: string;
  readonly level: ItemLevel | 'unknown';
  /** Whether a part is designed or marketed for datacentres. */
  readonly datacenter: boolean;
  readonly unit: ChipUnit | null;
}

/**
 * A computer or assembly is 4A090.a if it contains a circuit of 3A090.a, 4A090.b if one of 3A090.b; its TPP is the
 * sum of its circuits. 15 CFR Part 774, Supp. 1, ECCN 4A090; Part 748, Supp. 2, (c)(4).
 * @throws RangeError if the sum leaves the exact range or a part is not in the catalogue, which neither happens to a
 * loaded rulebook.
 */
export function compileSystem(system: ChipSystem, chip: (id: string) => CompiledChip | undefined): CompiledSystem {
  let sum: MilliTpp = noTpp;
  let datacenter = false;
  const levels = new Set<CompiledChip['level']>();
  for (const part of system.parts) {
    const found = chip(part.chip);
    if (found === undefined) throw new RangeError(`${system.id} has a part that is no chip: ${part.chip}.`);
    sum = milliTpp(sum + found.milliTppPerUnit * part.quantity);
    datacenter ||= found.datacenter;
    levels.add(found.level);
  }
  const level = highestLevel(levels);
  const eccn = computerEccns[level];
  const unit = level === 'unknown' ? null : { chip: system.id, description: null, eccn, level, milliTppPerUnit: sum };
  return { ...system, milliTppPerUnit: sum, eccn, level, datacenter, unit };
}

/** The ECCN of a computer or assembly by the highest level of its circuits. */
export const computerEccns = { a: '4A090.a', b: '4A090.b', c: 'none', uncontrolled: 'none', unknown: 'unknown' } as const;

/** A part of level a decides, whatever the others are; below it an unknown one leaves the system unknown. */
export function highestLevel(levels: ReadonlySet<CompiledChip['level']>): CompiledChip['level'] {
  for (const level of ['a', 'unknown', 'b'] as const) if (levels.has(level)) return level;
  return 'uncontrolled';
}
