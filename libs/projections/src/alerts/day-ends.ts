import type { Clock } from '#ledger';
import { dayOf } from '../views/lines/lines.js';

export interface DayEndsOptions {
  readonly clock: Clock;
  /** Given a time in milliseconds since 1970, on the day after the one that is over. */
  readonly work: (nowMs: number) => Promise<void>;
  /** Told why the work was not done; it is tried again. */
  readonly explain: (reason: unknown) => void;
}

/** How often the clock is looked at: a timer for the whole day would be late after a machine slept. */
const lookMs = 60_000;
/** What was decided on a day is in the log by then, also what an instance decided whose clock is a little behind. */
const graceMs = 60_000;

/** Does some work once whenever a UTC day is over, and at the start for the days before. */
export class DayEnds {
  readonly #options: DayEndsOptions;
  #timer: NodeJS.Timeout | undefined;
  #day: string | undefined;
  #hasFailed = false;
  #trying: Promise<void> = Promise.resolve();

  constructor(options: DayEndsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      if (this.#hasFailed) this.#day = undefined;
      void this.check();
    }, lookMs).unref();
    void this.check();
  }

  /** Resolves when the work for the newest day that is over was done, or has failed; never rejects. */
  check(): Promise<void> {
    const nowMs = this.#options.clock() - graceMs;
    if (dayOf(nowMs) !== this.#day) {
      this.#day = dayOf(nowMs);
      this.#hasFailed = false;
      this.#trying = this.#trying.then(() => this.#try(nowMs));
    }
    return this.#trying;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #try(nowMs: number): Promise<void> {
    try {
      await this.#options.work(nowMs);
    } catch (error) {
      this.#hasFailed = true;
      this.#options.explain(error);
    }
  }
}
