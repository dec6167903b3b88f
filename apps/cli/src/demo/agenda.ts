interface Entry {
  readonly atMs: number;
  readonly act: () => Promise<void>;
}

/** What will happen when: in the order of time, and for one time in the order in which it was entered. */
export class Agenda {
  readonly #entries: Entry[] = [];

  /** Infinity where nothing is to happen. */
  get nextMs(): number {
    return this.#entries.at(-1)?.atMs ?? Infinity;
  }

  at(atMs: number, act: () => Promise<void>): void {
    let [from, to] = [0, this.#entries.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#entries[middle]?.atMs ?? 0) > atMs) from = middle + 1;
      else to = middle;
    }
    // The earliest is last, where it costs nothing to take it.
    this.#entries.splice(from, 0, { atMs, act });
  }

  async next(): Promise<void> {
    await this.#entries.pop()?.act();
  }
}
