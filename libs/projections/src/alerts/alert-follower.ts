import { setTimeout as delay } from 'node:timers/promises';
import { appendDurably, StoreUnavailable, systemClock, type Clock, type EventStore } from '#ledger';
import { crossingKey } from '../file/alert-table.js';
import type { Applied, Crossing, Views } from '../views.js';
import { RecordedAlerts } from './recorded-alerts.js';

export interface AlertFollowerOptions {
  readonly views: Views;
  readonly store: EventStore;
  readonly clock?: Clock;
  /** Told when the store cannot take alerts now; they are tried again. */
  readonly explain?: (reason: string) => void;
}

const retryMsMin = 20;
const retryMsMax = 2_000;
const closeMsMax = 2_000;

/** Begins to record alerts: the crossings that the views know of and no event tells yet, now and from now on. */
export function followAlerts(options: AlertFollowerOptions): AlertFollower {
  return new AlertFollower(options);
}

/**
 * Records each crossing as one event in the alert stream of its line, with the expected revision and only if the
 * stream does not contain it yet: so a replay, a rebuild, a kill or a second instance raises nothing twice. A
 * crossing waits in the views until its event has come back to them, so none is lost either.
 */
export class AlertFollower {
  readonly #views: Views;
  readonly #store: EventStore;
  readonly #clock: Clock;
  readonly #explain: (reason: string) => void;
  readonly #unsubscribe: () => void;
  readonly #closed = new AbortController();
  readonly #recorded = new Map<string, RecordedAlerts>();
  /** By line, the work under way; `isDue`: more came up meanwhile. */
  readonly #lines = new Map<string, { isDue: boolean; readonly done: Promise<void> }>();
  #isReady = false;

  constructor({ views, store, clock = systemClock, explain = () => undefined }: AlertFollowerOptions) {
    this.#views = views;
    this.#store = store;
    this.#clock = clock;
    this.#explain = explain;
    this.#unsubscribe = views.subscribe(({ crossings }) => this.#take(crossings));
    views.ready().then(
      () => {
        this.#isReady = true;
        this.#take(views.crossings);
      },
      () => undefined,
    );
  }

  /**
   * Resolves when every crossing that the views know of now is recorded and the alert is in the views: a read after
   * that includes it. False if it takes longer than `timeoutMs`.
   */
  settled(timeoutMs = 2_000): Promise<boolean> {
    const waiting = new Set(this.#views.crossings.map(crossingKey));
    if (waiting.size === 0) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (isSettled: boolean): void => {
        clearTimeout(timer);
        unsubscribe();
        resolve(isSettled);
      };
      const timer = setTimeout(() => end(false), timeoutMs);
      const look = (): void => {
        if (!this.#views.crossings.some((crossing) => waiting.has(crossingKey(crossing)))) end(true);
      };
      const unsubscribe = this.#views.subscribe(look);
    });
  }

  /** Waits for the append under way, but not for ever: a store that never answers must not hold up a stop. */
  async close(): Promise<void> {
    this.#closed.abort();
    this.#unsubscribe();
    const done = Promise.all(Array.from(this.#lines.values(), (work) => work.done));
    await Promise.race([done, delay(closeMsMax, undefined, { ref: false })]);
  }

  /** Until the views have reached the head of the log, an event further on may tell of a crossing. */
  #take(crossings: Applied['crossings']): void {
    if (!this.#isReady || this.#closed.signal.aborted) return;
    for (const line of new Set(crossings.map((crossing) => crossing.line))) {
      const work = this.#lines.get(line);
      if (work) work.isDue = true;
      else this.#lines.set(line, { isDue: false, done: this.#work(line) });
    }
  }

  async #work(line: string): Promise<void> {
    let retryMs = retryMsMin;
    for (;;) {
      // Only then is the work of this line to be found in the map.
      await Promise.resolve();
      const work = this.#lines.get(line);
      if (work) work.isDue = false;
      try {
        await this.#record(line);
        retryMs = retryMsMin;
        if (!this.#closed.signal.aborted && this.#lines.get(line)?.isDue) continue;
      } catch (error) {
        const mayPass = error instanceof StoreUnavailable && error.code !== 'store-closed';
        if (!this.#closed.signal.aborted) this.#explain(`Alerts of ${line} are not recorded yet: ${String(error)}`);
        if (mayPass && (await this.#pause(retryMs))) {
          retryMs = Math.min(retryMs * 2, retryMsMax);
          continue;
        }
      }
      this.#lines.delete(line);
      return;
    }
  }

  async #record(line: string): Promise<void> {
    const recorded = this.#recordedOf(line);
    while (!this.#closed.signal.aborted) {
      await recorded.readOn(this.#store);
      const events = recorded.missing(this.#crossingsOf(line), this.#clock());
      if (events.length === 0) return;
      const result = await appendDurably(this.#store, recorded.stream, recorded.end.revision, events);
      if (result.appended) recorded.appended(events);
    }
  }

  #crossingsOf(line: string): readonly Crossing[] {
    return this.#views.crossings.filter((crossing) => crossing.line === line);
  }

  #recordedOf(line: string): RecordedAlerts {
    let recorded = this.#recorded.get(line);
    if (!recorded) this.#recorded.set(line, (recorded = new RecordedAlerts(line)));
    return recorded;
  }

  /** False if the follower was closed meanwhile. */
  async #pause(ms: number): Promise<boolean> {
    try {
      await delay(ms, undefined, { signal: this.#closed.signal });
      return true;
    } catch {
      return false;
    }
  }
}
