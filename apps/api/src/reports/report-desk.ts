import { Problem } from '../http/problem.js';

/** Reports that are made or sent at once: each may take 30 MB of memory. */
const atOnceMax = 4;
const waitingMax = 20;

/** Lets reports be made one after another: four at once, and twenty more may wait. */
export class ReportDesk {
  #made = 0;
  readonly #waiting: (() => void)[] = [];

  /** @throws Problem (503) when too many wait already */
  async make<Made>(work: () => Promise<Made>): Promise<Made> {
    if (this.#made >= atOnceMax) {
      if (this.#waiting.length >= waitingMax) {
        throw new Problem('busy', `${waitingMax} reports wait to be made: try again in some seconds.`, {}, { 'Retry-After': '5' });
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else this.#made += 1;
    try {
      return await work();
    } finally {
      // Its place goes to the next one.
      const next = this.#waiting.shift();
      if (next === undefined) this.#made -= 1;
      else next();
    }
  }
}
