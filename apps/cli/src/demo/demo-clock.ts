/** Simulated time: it stands where it is put until it is let run. Milliseconds since 1970, UTC. */
export class DemoClock {
  #fromMs: number;
  #sinceMs: number | undefined;
  #speed = 0;
  readonly #elapsedMs: () => number;

  /** @param elapsedMs a clock of real time that never goes back */
  constructor(startMs: number, elapsedMs: () => number = () => performance.now()) {
    this.#fromMs = startMs;
    this.#elapsedMs = elapsedMs;
  }

  readonly now = (): number => {
    return this.#sinceMs === undefined ? this.#fromMs : Math.floor(this.#fromMs + (this.#elapsedMs() - this.#sinceMs) * this.#speed);
  };

  /** Never back: what was recorded stays in the past. */
  standAt(ms: number): void {
    this.#fromMs = Math.max(ms, this.now());
    this.#sinceMs = undefined;
  }

  /** @param speed simulated seconds that pass in a second */
  run(speed: number): void {
    this.#fromMs = this.now();
    this.#sinceMs = this.#elapsedMs();
    this.#speed = speed;
  }

  /** How long it takes in real time until then, in milliseconds; 0 for what is past. */
  realMsUntil(ms: number): number {
    return this.#speed === 0 ? 0 : Math.max(0, (ms - this.now()) / this.#speed);
  }
}
