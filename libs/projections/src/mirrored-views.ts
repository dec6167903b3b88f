import type { Position } from '#ledger';
import { ViewsIndex, type IndexSource } from './derived-index/views-index.js';
import type { Applied } from './file/views-file.js';
import type { Opened, Question, RunnerMessage } from './runner/runner-message.js';
import type { FollowedViews, Views } from './views.js';
import { registry, type AnswerOf, type News, type QueryOf, type QuestionName } from './views/registry.js';
import type { Mirror, ReadEvent, ViewKind } from './views/view.js';

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

const kinds: readonly ViewKind[] = registry;

/** The views of a host: what is small is mirrored here from what the host announces, the rest is asked for. */
export class MirroredViews implements FollowedViews {
  readonly index: ViewsIndex;
  position: Position;
  recordedAt: string | null = null;
  failure: Error | undefined;
  readonly #host: ViewsHost;
  readonly #mirrors: readonly Mirror<never, object>[] = kinds.flatMap(({ mirror }) => mirror?.() ?? []);
  readonly #listeners = new Set<(applied: Applied) => void>();
  readonly #waiters = new Set<Waiter>();
  readonly #ready: Promise<void>;
  #settleReady!: { readonly resolve: () => void; readonly reject: (reason: Error) => void };

  /** The views of a host, with what is mirrored of them. */
  static open(host: ViewsHost, opened: Opened): MirroredViews & Views {
    const views = new MirroredViews(host, opened);
    for (const { seen } of views.#mirrors) Object.defineProperties(views, Object.getOwnPropertyDescriptors(seen));
    return views as MirroredViews & Views;
  }

  private constructor(host: ViewsHost, opened: Opened) {
    this.#host = host;
    this.position = opened.position;
    this.index = new ViewsIndex(host.openIndex(opened.path), host.readEvent, () => this.position);
    this.#ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }));
    this.#ready.catch(() => undefined);
    this.#takeOver(opened);
  }

  /** What the host announces, in its order. */
  handle(message: RunnerMessage): void {
    switch (message.type) {
      case 'opened':
        this.index.use(this.#host.openIndex(message.path));
        this.#reopened(message);
        return;
      case 'applied':
        return this.#apply(message.batch);
      case 'caught-up':
        return this.#settleReady.resolve();
      case 'failed':
        this.failure = new Error(`The views stopped at position ${this.position}: ${message.reason}`);
        if (message.isFinal) this.#settleReady.reject(this.failure);
    }
  }

  waitFor(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.position >= position) return Promise.resolve(true);
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

  #apply(batch: Applied): void {
    this.#stand(batch);
    this.#publish(batch);
  }

  #reopened(opened: Opened): void {
    const { position, recordedAt, whole } = opened;
    const hasMoved = position > this.position;
    this.#takeOver(opened);
    if (hasMoved) this.#publish({ ...whole, position, recordedAt: recordedAt ?? '' });
  }

  #takeOver({ position, recordedAt, whole }: Opened): void {
    for (const mirror of this.#mirrors) mirror.clear();
    this.#stand({ position, recordedAt, ...whole });
  }

  #stand({ position, recordedAt, ...news }: News & Pick<Opened, 'position' | 'recordedAt'>): void {
    this.position = position;
    this.recordedAt = recordedAt;
    this.failure = undefined;
    for (const mirror of this.#mirrors) mirror.take(news as never);
  }

  #publish(applied: Applied): void {
    for (const listener of this.#listeners) listener(applied);
    for (const waiter of this.#waiters) if (this.position >= waiter.position) waiter.settle(true);
  }
}
