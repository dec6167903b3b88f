/** Numbers that look random and follow from a seed alone (mulberry32): every machine gets the same ones. */
export class Random {
  #state: number;

  /** @param seed a whole number from 0 to 2^32 - 1 */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** A whole number, both ends included. */
  integer(least: number, most: number): number {
    return Math.floor(this.between(least, most + 1));
  }

  /** @param share of the cases in which it is true, from 0 to 1 */
  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<Item>(list: readonly Item[]): Item {
    const item = list[this.integer(0, list.length - 1)];
    if (item === undefined) throw new RangeError('Nothing can be picked of an empty list.');
    return item;
  }

  /** How long it takes until something happens that happens every `mean` on average. */
  wait(mean: number): number {
    return -Math.log(1 - this.next()) * mean;
  }
}
