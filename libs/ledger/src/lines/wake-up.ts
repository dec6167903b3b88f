import type { Clock } from '../outcome/clock.js';

/** setTimeout takes no more than 2^31-1 ms; a nap of a minute also keeps up with a clock that is set. */
const napMsMax = 60_000;

/**
 * Wakes each line when its earliest hold ends: one timer for all. A time is forgotten when it comes, so who is woken must
 * look for the next one.
 */
export class WakeUp {
  readonly #clock: Clock;
  readonly #wake: (line: string, at: number) => void;
  readonly #times = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;
  #stopped = false;

  /** @param wake told for which time (milliseconds) */
  constructor(clock: Clock, wake: (line: string, at: number) => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Wakes the line at `at` (milliseconds), or earlier if it asked for that before. */
  at(line: string, at: number): void {
    if (this.#stopped || at >= (this.#times.get(line) ?? Infinity)) return;
    this.#times.set(line, at);
    if (at < this.#timerAt) this.#arm(at);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #arm(at: number): void {
    clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => this.#ring(), Math.min(Math.max(at - this.#clock(), 1), napMsMax));
    this.#timer.unref();
  }

  #ring(): void {
    const now = this.#clock();
    this.#timerAt = Infinity;
    let next = Infinity;
    for (const [line, at] of this.#times) {
      if (at > now) {
        next = Math.min(next, at);
      } else {
        this.#times.delete(line);
        this.#wake(line, at);
      }
    }
    if (next < this.#timerAt) this.#arm(next);
  }
}
