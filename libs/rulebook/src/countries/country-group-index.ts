import { instantMs } from '../dates/instant.js';
import type { CountryGroup } from '../document/rulebook.js';

/** A set of Country Groups, one bit each: membership is asked for with every shipment. */
export type GroupSet = number & { readonly __set: 'CountryGroups' };

interface Membership {
  readonly bit: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

const noMemberships: readonly Membership[] = [];

/** Which Country Groups a country belongs to at a date. */
export class CountryGroupIndex {
  readonly #bits = new Map<string, number>();
  readonly #byCountry = new Map<string, Membership[]>();

  /** @param treatedAs the country whose memberships a country has: its own, or those of the one it is a territory of */
  constructor(
    groups: readonly CountryGroup[],
    private readonly treatedAs = (country: string): string => country,
  ) {
    for (const { group, countries, from, until } of groups) {
      const fromMs = from === undefined ? -Infinity : (instantMs(from) ?? NaN);
      const untilMs = until === undefined ? Infinity : (instantMs(until) ?? NaN);
      const bit = this.#bits.get(group) ?? 1 << this.#bits.size;
      this.#bits.set(group, bit);
      for (const country of countries) {
        const memberships = this.#byCountry.get(country);
        if (memberships === undefined) this.#byCountry.set(country, [{ bit, fromMs, untilMs }]);
        else memberships.push({ bit, fromMs, untilMs });
      }
    }
  }

  /** The set of the groups so named; a name without members adds nothing. */
  setOf(groups: readonly string[]): GroupSet {
    return groups.reduce((set, group) => set | (this.#bits.get(group) ?? 0), 0) as GroupSet;
  }

  /** Whether the country belongs to one of the groups at `atMs`. */
  isIn(groups: GroupSet, country: string, atMs: number): boolean {
    for (const { bit, fromMs, untilMs } of this.#byCountry.get(this.treatedAs(country)) ?? noMemberships) {
      if ((groups & bit) !== 0 && atMs >= fromMs && atMs < untilMs) return true;
    }
    return false;
  }
}
