import { StoreUnavailable, type LocalLogStore } from '#ledger';
import type { Views } from '#projections';

/** Whether this instance can serve. */
export class Readiness {
  constructor(
    private readonly store: LocalLogStore,
    private readonly views: Views,
    private readonly lagMax: number,
  ) {}

  get position(): number {
    return this.views.position;
  }

  /** Why not, for people; undefined if it can. */
  async reasonAgainst(): Promise<string | undefined> {
    const { position } = this.views;
    let lag: number;
    try {
      // Whether the store answers now is asked first: a copy of its log would not tell.
      await this.store.head();
      lag = await this.store.countAfter(position, this.lagMax + 1);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return `The event store does not answer: ${error.message}`;
    }
    if (lag <= this.lagMax) return undefined;
    return `The views are at position ${position}, more than ${this.lagMax} events behind the log.`;
  }
}
