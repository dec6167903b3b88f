import type { ItemLevel } from '../determination.js';
import type { MilliTpp } from '../milli-tpp.js';
import type { Chip } from '../document/rulebook.js';

/** A chip of the catalogue with what follows from its figures. */
export interface CompiledChip extends Chip {
  readonly milliTppPerUnit: MilliTpp;
  /** TPP per mm2, rounded to two decimals for people; bounds are compared exactly. Null where the area is unknown. */
  readonly performanceDensity: number | null;
  /** `3A090.a`, `3A090.b`, `none`, or `unknown` where the density decides and the die area is unknown. */
  readonly eccn: string;
  /** The sub-paragraph that decided: `3A090.a.1`; null where none did. */
  readonly paragraph: string | null;
  readonly level: ItemLevel | 'unknown';
  /** The classified unit, ready for a shipment; null where the level is unknown. */
  readonly unit: ChipUnit | null;
}

export interface ChipUnit {
  readonly chip: string;
  readonly description: null;
  readonly eccn: string;
  readonly level: ItemLevel;
  readonly milliTppPerUnit: MilliTpp;
}
