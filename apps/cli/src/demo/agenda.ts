/** What follows from an act, entered when all that happened with it is over: so the order of commits decides nothing. */
export type Sequel = () => void;
/** Hands in one request, at once. Does more than that only where it has no lane. */
export type Act = () => Promise<Sequel | void>;

interface Entry {
  readonly atMs: number;
  readonly lane: string | undefined;
  readonly act: Act;
}

/** What will happen when: in the order of time, and for one time in the order in which it was entered. */
export class Agenda {
  /** The earliest is last, where it costs nothing to take it. */
  readonly #entries: Entry[] = [];

  /** Infinity where nothing is to happen. */
  get nextMs(): number {
    return this.#entries.at(-1)?.atMs ?? Infinity;
  }

  /** @param lane acts of different lanes do not touch each other; undefined: it touches all */
  at(atMs: number, lane: string | undefined, act: Act): void {
    let [from, to] = [0, this.#entries.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#entries[middle]?.atMs ?? 0) > atMs) from = middle + 1;
      else to = middle;
    }
    this.#entries.splice(from, 0, { atMs, lane, act });
  }

  /** The next entry, and those after it up to `untilMs` that do not touch what is taken already. */
  async next(untilMs = -Infinity, onStart: (atMs: number) => void = () => undefined): Promise<void> {
    const lanes = new Set<string>();
    const started: Promise<Sequel | void>[] = [];
    for (let entry = this.#entries.at(-1); entry !== undefined; entry = this.#entries.at(-1)) {
      const { atMs, lane, act } = entry;
      if (started.length > 0 && (lane === undefined || lanes.has(lane) || atMs > untilMs)) break;
      this.#entries.pop();
      onStart(atMs);
      started.push(act());
      if (lane === undefined) break;
      lanes.add(lane);
    }
    for (const sequel of await Promise.all(started)) sequel?.();
  }
}
