const sizeMin = 256;
const sizeMax = 5_000;

/** How many events to apply at once so that a batch takes about `targetMs`: a read never waits longer than that. */
export class BatchSize {
  readonly #targetMs: number;
  #eventsPerMs = 30;

  constructor(targetMs: number) {
    this.#targetMs = targetMs;
  }

  get value(): number {
    return Math.min(sizeMax, Math.max(sizeMin, Math.round(this.#eventsPerMs * this.#targetMs)));
  }

  /** Learns from batches that are large enough to tell. */
  took(events: number, ms: number): void {
    if (events >= sizeMin && ms > 0) this.#eventsPerMs += (events / ms - this.#eventsPerMs) / 4;
  }
}
