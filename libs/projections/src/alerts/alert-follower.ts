import { setTimeout as delay } from 'node:timers/promises';
import { appendDurably, StoreUnavailable, systemClock, type Clock, type EventStore, type Position } from '#ledger';
import type { Views } from '../views.js';
import { crossingKey, type Crossing, type ShareMeasurement } from '../views/lines/lines.js';
import { DayEnds } from './day-ends.js';
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
/** For the views to reach the head of the log; then it is tried again. */
const reachMsMax = 60_000;

/**
 * Records each crossing as one event in the alert stream of its line, with the expected revision and only if the
 * stream does not contain it yet: so a replay, a rebuild, a kill or a second instance raises nothing twice. A
 * crossing waits in the views until its event has come back to them, so none is lost either. When a UTC day is over, and at
 * the start, the shares of UVEUs are measured on the newest reporting date that is over; the stream says whether that
 * date's alert was raised.
 */
export class AlertFollower {
  readonly #views: Views;
  readonly #store: EventStore;
  readonly #clock: Clock;
  readonly #explain: (reason: string) => void;
  #unsubscribe: (() => void) | undefined;
  readonly #closed = new AbortController();
  readonly #recorded = new Map<string, RecordedAlerts>();
  /** By line, the work under way; `isDue`: more came up meanwhile. */
  readonly #lines = new Map<string, { isDue: boolean; readonly done: Promise<void> }>();
  /** By line, the newest that an alert may be due for. */
  readonly #measured = new Map<string, ShareMeasurement>();
  readonly #days: DayEnds;
  /** The newest alert event that is known. */
  #recordedAt: Position = 0;
  #isReady = false;

  constructor({ views, store, clock = systemClock, explain = () => undefined }: AlertFollowerOptions) {
    this.#views = views;
    this.#store = store;
    this.#clock = clock;
    this.#explain = explain;
    this.#days = new DayEnds({
      clock,
      work: (nowMs) => this.#measure(nowMs),
      explain: (reason) => this.#explainUnlessClosed(`Shares of UVEUs are not measured yet: ${String(reason)}`),
    });
  }

  /** Begins to record: the crossings that the views know of and no event tells yet, now and from now on. */
  start(): void {
    this.#unsubscribe = this.#views.subscribe(({ crossings }) => this.#take(linesOf(crossings)));
    this.#views.ready().then(
      () => {
        this.#isReady = true;
        if (this.#closed.signal.aborted) return;
        this.#take(linesOf(this.#views.crossings));
        this.#days.start();
      },
      () => undefined,
    );
  }

  /**
   * Resolves when every crossing that the views know of now, and every measurement that is due by the clock, is recorded
   * and the alert is in the views: a read after that includes it. False if it takes longer than `timeoutMs`.
   */
  settled(timeoutMs = 2_000): Promise<boolean> {
    const waiting = new Set(this.#views.crossings.map(crossingKey));
    let isMeasured = !this.#isReady;
    return new Promise((resolve) => {
      const end = (isSettled: boolean): void => {
        clearTimeout(timer);
        unsubscribe();
        resolve(isSettled);
      };
      const timer = setTimeout(() => end(false), timeoutMs);
      const look = (): void => {
        const { crossings, position } = this.#views;
        if (!isMeasured || position < this.#recordedAt) return;
        if (!crossings.some((crossing) => waiting.has(crossingKey(crossing)))) end(true);
      };
      const unsubscribe = this.#views.subscribe(look);
      if (isMeasured) return look();
      void this.#days.check().then(() => {
        isMeasured = true;
        look();
      });
    });
  }

  /** Waits for the append under way, but not for ever: a store that never answers must not hold up a stop. */
  async close(): Promise<void> {
    this.#closed.abort();
    this.#days.close();
    this.#unsubscribe?.();
    const done = Promise.all(Array.from(this.#lines.values(), (work) => work.done));
    await Promise.race([done, delay(closeMsMax, undefined, { ref: false })]);
  }

  /** Until the views have reached the head of the log, an event further on may tell of a crossing. */
  #take(lines: Iterable<string>): void {
    if (!this.#isReady || this.#closed.signal.aborted) return;
    for (const line of lines) {
      const work = this.#lines.get(line);
      if (work) work.isDue = true;
      else this.#lines.set(line, { isDue: false, done: this.#work(line) });
    }
  }

  /** Resolves when what is due is recorded. */
  async #measure(nowMs: number): Promise<void> {
    const head = await this.#store.head();
    if (!(await this.#views.waitFor(head, reachMsMax))) throw new Error(`The views have not reached position ${head}.`);
    const measured = await this.#views.ask('shareMeasurements', nowMs);
    this.#measured.clear();
    for (const each of measured) this.#measured.set(each.line, each);
    this.#take(this.#measured.keys());
    await Promise.all(measured.flatMap(({ line }) => this.#lines.get(line)?.done ?? []));
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
        this.#explainUnlessClosed(`Alerts of ${line} are not recorded yet: ${String(error)}`);
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
      this.#recordedAt = Math.max(this.#recordedAt, recorded.position);
      const events = recorded.missing(this.#crossingsOf(line), this.#measured.get(line), this.#clock());
      if (events.length === 0) return;
      const result = await appendDurably(this.#store, recorded.stream, recorded.end.revision, events);
      if (result.appended) recorded.appended(events, result.positions);
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

  #explainUnlessClosed(reason: string): void {
    if (!this.#closed.signal.aborted) this.#explain(reason);
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

function linesOf(crossings: readonly Crossing[]): ReadonlySet<string> {
  return new Set(crossings.map(({ line }) => line));
}
