import { readingOf } from '../document/readings.js';
import type { Rulebook, Territory } from '../document/rulebook.js';

/**
 * Which country's treatment a destination has. One that is not on the Country Chart and is a territory, possession or
 * department of a country that is has that country's: 15 CFR 738.3(b). Under the reading `own-allocation` only those of a home
 * country have it: by 15 CFR 772.1 they are the United States.
 */
export class Territories {
  readonly #byCountry: ReadonlyMap<string, Territory>;

  constructor(document: Rulebook) {
    const { territories = [], groups } = document;
    const homes = new Set(groups.filter(({ group }) => group === 'home').map(({ country }) => country));
    const isEach = readingOf(document, 'territories') === 'as-parent';
    const followed = isEach ? territories : territories.filter(({ of }) => homes.has(of));
    this.#byCountry = new Map(followed.map((territory) => [territory.country, territory]));
  }

  get areNone(): boolean {
    return this.#byCountry.size === 0;
  }

  /** The entry of a territory; undefined for a country with a treatment of its own. */
  of(country: string): Territory | undefined {
    return this.#byCountry.get(country);
  }

  /** The country whose treatment `country` has: the one it is a territory of, else itself. */
  treatedAs(country: string): string {
    return this.#byCountry.get(country)?.of ?? country;
  }
}
