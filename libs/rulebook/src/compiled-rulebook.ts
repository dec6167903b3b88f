import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import { isCountry } from './countries.js';
import type { ItemLevel } from './determination.js';
import { EffectiveDated } from './effective-dated.js';
import { instantMs } from './instant.js';
import { DeclaredEccns } from './items/declared-eccn.js';
import { LevelBounds } from './items/level-bounds.js';
import { fromTpp, noTpp, type MilliTpp } from './milli-tpp.js';
import type { Chip, DestinationGroup, GroupMembership, Rulebook } from './rulebook.js';

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

/** The quota period in milliseconds since 1970, UTC; the end is exclusive. */
export interface QuotaPeriod {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * A valid rulebook with everything that is asked for each request computed ahead. Made by `loadRulebook`;
 * the constructor trusts its document.
 */
export class CompiledRulebook {
  /** `sha256:` and the hex SHA-256 of the document's canonical JSON. */
  readonly hash: string;
  readonly reference: { readonly hash: string; readonly id: string; readonly version: string };
  readonly period: QuotaPeriod;
  readonly chips: readonly CompiledChip[];
  readonly levelBounds: LevelBounds;
  readonly declaredEccns: DeclaredEccns;
  readonly #chipById: ReadonlyMap<string, CompiledChip>;
  readonly #groups: EffectiveDated<GroupMembership>;
  readonly #capExceptions: EffectiveDated<MilliTpp>;
  readonly #perCountry: MilliTpp;

  constructor(readonly document: Rulebook) {
    const { id, version, period, itemLevels, allocations } = document;
    this.hash = `sha256:${createHash('sha256').update(canonicalJson(document)).digest('hex')}`;
    this.reference = { hash: this.hash, id, version };
    this.period = { startMs: msOf(period.start), endMs: msOf(period.end) };
    this.levelBounds = new LevelBounds(itemLevels);
    this.declaredEccns = new DeclaredEccns(itemLevels.declared);
    this.chips = document.chips.map((chip) => compileChip(chip, this.levelBounds));
    this.#chipById = new Map(this.chips.map((chip) => [chip.id, chip]));
    this.#groups = new EffectiveDated(
      document.groups.map((membership) => ({
        key: membership.country,
        fromMs: msOf(membership.from, -Infinity),
        untilMs: msOf(membership.until, Infinity),
        value: membership,
      })),
    );
    this.#capExceptions = capExceptions(document);
    this.#perCountry = fromTpp(allocations.perCountryTpp);
  }

  chip(id: string): CompiledChip | undefined {
    return this.#chipById.get(id);
  }

  /** The destination group of a country at a date; the default group for every country that is not named. */
  groupOf(country: string, atMs: number): DestinationGroup {
    return this.#groups.at(country, atMs)?.value.group ?? this.document.defaultGroup;
  }

  /** The entry that puts a country into its group at a date, undefined where that is the default group. */
  membershipOf(country: string, atMs: number): GroupMembership | undefined {
    return this.#groups.at(country, atMs)?.value;
  }

  /** The country's cap for the whole period: null where there is none to keep (partner, home), 0 if embargoed. */
  allocationOf(country: string, atMs: number): MilliTpp | null {
    switch (this.groupOf(country, atMs)) {
      case 'allocation':
        return this.#capExceptions.at(country, atMs)?.value ?? this.#perCountry;
      case 'embargoed':
        return noTpp;
      case 'partner':
      case 'home':
        return null;
    }
  }

  /**
   * The cap of a quota line at a date, as `allocationOf` for its country.
   * @throws RangeError for a line that this rulebook does not have; ask `countryOfLine` first.
   */
  capOfLine(line: string, atMs: number): MilliTpp | null {
    const country = countryOfLine(line);
    if (country === undefined) throw new RangeError(`Not a quota line of this rulebook: ${line}.`);
    return this.allocationOf(country, atMs);
  }

  /** The first moment after `afterMs` at which a country changes its group or its cap; undefined if none does. */
  nextGroupChange(afterMs: number): number | undefined {
    const changes = [this.#groups.nextChange(afterMs), this.#capExceptions.nextChange(afterMs)];
    return changes.reduce((first, change) => (first === undefined || (change ?? Infinity) < first ? change : first));
  }
}

/** The quota line of a destination: `country:AE`. */
export function lineOfCountry(country: string): string {
  return `country:${country}`;
}

/** The country of a line such as `country:AE`; undefined for every other text. */
export function countryOfLine(line: string): string | undefined {
  if (!line.startsWith('country:')) return undefined;
  const country = line.slice('country:'.length);
  return isCountry(country) ? country : undefined;
}

function msOf(instant: string | undefined, otherwise = NaN): number {
  return instant === undefined ? otherwise : (instantMs(instant) ?? NaN);
}

/** Each exception holds until the next one of its country. */
function capExceptions({ allocations }: Rulebook): EffectiveDated<MilliTpp> {
  const spans = allocations.exceptions
    .map(({ country, tpp, from }) => ({ key: country, fromMs: msOf(from, -Infinity), value: fromTpp(tpp) }))
    .sort((a, b) => (a.fromMs < b.fromMs ? -1 : 1));
  return new EffectiveDated(
    spans.map((span, index) => ({
      ...span,
      untilMs: spans.find((later, place) => place > index && later.key === span.key)?.fromMs ?? Infinity,
    })),
  );
}

function compileChip(chip: Chip, bounds: LevelBounds): CompiledChip {
  const milliTppPerUnit = fromTpp(chip.tppPerUnit);
  const dieAreaMilliMm2 = chip.dieAreaMm2 === null ? null : Math.round(chip.dieAreaMm2 * 1000);
  const found = bounds.classify({ milliTpp: milliTppPerUnit, dieAreaMilliMm2, datacenter: chip.datacenter });
  const { eccn, level, paragraph } =
    found === 'unknown' ? { eccn: 'unknown', level: 'unknown' as const, paragraph: null } : found;
  return {
    ...chip,
    milliTppPerUnit,
    performanceDensity: chip.dieAreaMm2 === null ? null : Math.round((chip.tppPerUnit / chip.dieAreaMm2) * 100) / 100,
    eccn,
    paragraph,
    level,
    unit: level === 'unknown' ? null : { chip: chip.id, description: null, eccn, level, milliTppPerUnit },
  };
}
