import type { EventStore } from '#ledger';
import type { Views } from '#projections';

/** Whether this instance can serve. */
export class Readiness {
  constructor(
    private readonly store: EventStore,
    private readonly views: Views,
    private readonly lagMax: number,
  ) {}

  get position(): number {
    return this.views.position;
  }

  /** Why not, for people; undefined if it can. */
  async reasonAgainst(): Promise<string | undefined> {
    let head: number;
    try {
      head = await this.store.head();
    } catch (error) {
      return `The event store does not answer: ${error instanceof Error ? error.message : String(error)}`;
    }
    const lag = head - this.views.position;
    return lag > this.lagMax
      ? `The views are at position ${this.views.position}, ${lag} behind the log; at most ${this.lagMax} is ready.`
      : undefined;
  }
}
