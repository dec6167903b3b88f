import type { DerivedIndex, Position } from '#ledger';
import { crossingKey } from './file/alert-table.js';
import type { ReadEvent } from './file/entry-reader.js';
import { ViewsIndex, type IndexSource } from './file/views-index.js';
import type { AppliedBatch } from './file/views-file.js';
import type { AnswerOf, QueryOf, Question, QuestionName } from './runner/questions.js';
import type { Opened, RunnerMessage } from './runner/runner-message.js';
import type { AdoptedRulebook, Applied, Crossing, LineView, UncountedShipment, Views } from './views.js';

/** Where the views are kept up to date, in this thread or another, seen from the side of those who use them. */
export interface ViewsHost {
  answer(question: Question): Promise<unknown>;
  /** Opens the file for synchronous look-ups; the one opened before is not needed any more. */
  openIndex(path: string): IndexSource;
  readonly readEvent: ReadEvent;
  /** Somebody waits for events that may not have been applied yet. */
  hurry(): void;
  close(): Promise<void>;
}

interface Waiter {
  readonly position: Position;
  readonly settle: (isReached: boolean) => void;
}

/** The views of a host: what is small is mirrored here from what the host announces, the rest is asked for. */
export class MirroredViews implements Views {
  readonly lines = new Map<string, LineView>();
  readonly rulebooks: AdoptedRulebook[] = [];
  readonly index: DerivedIndex;
  readonly #host: ViewsHost;
  readonly #index: ViewsIndex;
  readonly #crossings = new Map<string, Crossing>();
  #uncounted: readonly UncountedShipment[] = [];
  readonly #listeners = new Set<(applied: Applied) => void>();
  readonly #waiters = new Set<Waiter>();
  readonly #ready: Promise<void>;
  #position: Position;
  #recordedAt: string | null = null;
  #failure: Error | undefined;
  #settleReady!: { readonly resolve: () => void; readonly reject: (reason: Error) => void };

  constructor(host: ViewsHost, opened: Opened) {
    this.#host = host;
    this.#position = opened.position;
    this.#index = new ViewsIndex(host.openIndex(opened.path), host.readEvent, () => this.#position);
    this.index = this.#index;
    this.#ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }));
    this.#ready.catch(() => undefined);
    this.#takeOver(opened);
  }

  get position(): Position {
    return this.#position;
  }

  get recordedAt(): string | null {
    return this.#recordedAt;
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  get crossings(): readonly Crossing[] {
    return [...this.#crossings.values()];
  }

  get uncounted(): readonly UncountedShipment[] {
    return this.#uncounted;
  }

  /** What the host announces, in its order. */
  handle(message: RunnerMessage): void {
    switch (message.type) {
      case 'opened':
        this.#index.use(this.#host.openIndex(message.path));
        this.#reopened(message);
        return;
      case 'applied':
        return this.#apply(message.batch);
      case 'caught-up':
        return this.#settleReady.resolve();
      case 'failed':
        this.#failure = new Error(`The views stopped at position ${this.#position}: ${message.reason}`);
        if (message.isFinal) this.#settleReady.reject(this.#failure);
    }
  }

  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.#position >= position) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiter.settle(false), timeoutMs);
      const settle = (isReached: boolean): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        resolve(isReached);
      };
      const waiter: Waiter = { position, settle };
      this.#waiters.add(waiter);
      this.#host.hurry();
    });
  }

  ready(): Promise<void> {
    return this.#ready;
  }

  subscribe(listener: (applied: Applied) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  ask<Name extends QuestionName>(name: Name, query: QueryOf<Name>): Promise<AnswerOf<Name>> {
    return this.#host.answer({ name, query }) as Promise<AnswerOf<Name>>;
  }

  rebuild(): Promise<void> {
    return this.#host.answer({ name: 'rebuild' }) as Promise<void>;
  }

  async close(): Promise<void> {
    this.#settleReady.reject(new Error('The views were closed.'));
    for (const waiter of this.#waiters) waiter.settle(false);
    this.#listeners.clear();
    await this.#host.close();
  }

  #apply(batch: AppliedBatch): void {
    this.#position = batch.position;
    this.#recordedAt = batch.recordedAt;
    this.#failure = undefined;
    for (const line of batch.lines) this.lines.set(line.line, line);
    this.rulebooks.push(...batch.rulebooks);
    this.#uncounted = batch.uncounted;
    for (const key of batch.recorded) this.#crossings.delete(key);
    for (const crossing of batch.crossings) this.#crossings.set(crossingKey(crossing), crossing);
    this.#publish(batch);
  }

  #reopened(opened: Opened): void {
    const hasMoved = opened.position > this.#position;
    this.#takeOver(opened);
    const { position, recordedAt, lines, crossings, uncounted } = opened;
    const news = { position, recordedAt: recordedAt ?? '', lines, crossings, uncounted, registerAt: position };
    if (hasMoved) this.#publish({ ...news, alerts: [], rulebooks: [] });
  }

  #takeOver(opened: Opened): void {
    this.#position = opened.position;
    this.#recordedAt = opened.recordedAt;
    this.#failure = undefined;
    this.lines.clear();
    for (const line of opened.lines) this.lines.set(line.line, line);
    this.rulebooks.splice(0, Infinity, ...opened.rulebooks);
    this.#uncounted = opened.uncounted;
    this.#crossings.clear();
    for (const crossing of opened.crossings) this.#crossings.set(crossingKey(crossing), crossing);
  }

  #publish(applied: Applied): void {
    for (const listener of this.#listeners) listener(applied);
    for (const waiter of this.#waiters) if (this.#position >= waiter.position) waiter.settle(true);
  }
}
