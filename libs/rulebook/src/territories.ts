import { readingOf } from './readings.js';
import type { Rulebook, Territory } from './rulebook.js';

/**
 * Which country's treatment a destination has. One that is not on the Country Chart and is a territory, possession or
 * department of a country that is has that country's: 15 CFR 738.3(b). Empty under the reading `own-allocation`.
 */
export class Territories {
  readonly #byCountry: ReadonlyMap<string, Territory>;

  constructor(document: Rulebook) {
    const { territories = [] } = document;
    const followed = readingOf(document, 'territories') === 'as-parent' ? territories : [];
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
