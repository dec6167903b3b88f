import { StoreUnavailable, type EventStoreDbStatus, type LocalLogStore } from '#ledger';
import type { Views } from '#projections';

/** Following a cluster begins anew now and then; so long it may take without a word. */
const clusterLagMsMax = 2_000;

export interface ReadinessSources {
  readonly store: LocalLogStore;
  readonly views: Views;
  /** Events that the views may be behind. */
  readonly lagMax: number;
  /** Undefined for an embedded log. */
  readonly clusterStatus: (() => EventStoreDbStatus) | undefined;
}

/** Whether this instance can serve. */
export class Readiness {
  constructor(private readonly sources: ReadinessSources) {}

  get position(): number {
    return this.sources.views.position;
  }

  /** Why not, for people; undefined if it can. */
  async reasonAgainst(): Promise<string | undefined> {
    const { store, views, lagMax, clusterStatus } = this.sources;
    const { position, failure } = views;
    if (failure) return failure.message;
    let lag: number;
    try {
      // Whether the store answers now is asked first: a copy of its log would not tell.
      await store.head();
      lag = await store.countAfter(position, lagMax + 1);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return `The event store does not answer: ${error.message}`;
    }
    if (lag > lagMax) return `The views are at position ${position}, more than ${lagMax} events behind the log.`;
    return clusterStatus && reasonOf(clusterStatus());
  }
}

function reasonOf({ lagMs, problem }: EventStoreDbStatus): string | undefined {
  if (lagMs <= clusterLagMsMax) return undefined;
  return problem ?? `The copy of the log has been behind the cluster for ${Math.round(lagMs / 1000)} s.`;
}
