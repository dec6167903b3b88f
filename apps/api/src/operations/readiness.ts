import { setTimeout as delay } from 'node:timers/promises';
import { StoreUnavailable, type EventStoreDbStatus, type LocalLogStore } from '#ledger';
import type { Views } from '#projections';

/** Following a cluster begins anew now and then; so long it may take without a word. */
const clusterLagMsMax = 2_000;
/** Who asks gets an answer within half a second, whatever the store does. */
const storeAnswerMs = 400;
/** A store that answered so recently may be busy; one that did not is taken to be away. */
const storeSilenceMsMax = 2_000;

export interface ReadinessSources {
  readonly store: LocalLogStore;
  readonly views: Views;
  /** Events that the views may be behind. */
  readonly lagMax: number;
  /** Undefined for an embedded log. */
  readonly clusterStatus: (() => EventStoreDbStatus) | undefined;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Whether this instance can serve. */
export class Readiness {
  #answeredAt = -Infinity;
  #asking: Promise<string | undefined> | undefined;

  constructor(private readonly sources: ReadinessSources) {}

  get position(): number {
    return this.sources.views.position;
  }

  /** Why not, for people; undefined if it can. Resolves within half a second. */
  async reasonAgainst(): Promise<string | undefined> {
    const { store, views, lagMax, clusterStatus } = this.sources;
    const { position, failure } = views;
    if (failure) return failure.message;
    // Whether the store answers now is asked first: a copy of its log would not tell.
    const silence = await this.#storeSilence();
    if (silence !== undefined) return silence;
    const lag = await store.countAfter(position, lagMax + 1).catch(unavailability);
    if (typeof lag === 'string') return lag;
    if (lag > lagMax) return `The views are at position ${position}, more than ${lagMax} events behind the log.`;
    return clusterStatus && reasonOf(clusterStatus());
  }

  /** One question at a time, for all who ask meanwhile. */
  async #storeSilence(): Promise<string | undefined> {
    const { store, now = () => performance.now() } = this.sources;
    const answered = (): undefined => void (this.#answeredAt = now());
    this.#asking ??= store.head().then(answered, unavailability).finally(() => (this.#asking = undefined));
    return Promise.race([this.#asking, delay(storeAnswerMs, undefined, { ref: false }).then(() => this.#lateAnswer(now()))]);
  }

  #lateAnswer(nowMs: number): string | undefined {
    const silentMs = nowMs - this.#answeredAt;
    if (silentMs <= storeSilenceMsMax) return undefined;
    const since = silentMs === Infinity ? '' : ` It last did ${Math.round(silentMs / 1000)} s ago.`;
    const problem = this.sources.clusterStatus?.().problem;
    return `The event store does not answer.${since}${problem === undefined ? '' : ` ${problem}`}`;
  }
}

/** @throws what does not say that the store is unavailable */
function unavailability(error: unknown): string {
  if (!(error instanceof StoreUnavailable)) throw error;
  return `The event store does not answer: ${error.message}`;
}

function reasonOf({ lagMs, problem }: EventStoreDbStatus): string | undefined {
  if (lagMs <= clusterLagMsMax) return undefined;
  return problem ?? `The copy of the log has been behind the cluster for ${Math.round(lagMs / 1000)} s.`;
}
