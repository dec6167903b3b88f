import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { openLogReader, StoreUnavailable, type LocalLogStore } from '#ledger';
import { InvalidCursor } from '../tables/cursor.js';
import type { IndexSource } from '../derived-index/views-index.js';
import { MirroredViews, type ViewsHost } from '../mirrored-views.js';
import { EmbeddedLog } from '../runner/embedded-log.js';
import type { Question, RunnerMessage } from '../runner/runner-message.js';
import type { Views } from '../views.js';
import type { FromViews, ToViews, ViewsThreadData } from './thread-message.js';

export interface ViewsOptions {
  /** The views are kept in its folder `views`. */
  readonly dataDir: string;
  /** Close the views before it. */
  readonly store: Pick<LocalLogStore, 'logFile' | 'followerPort'>;
  /** Told why views are built anew. */
  readonly explain?: (reason: string) => void;
}

/**
 * Opens the views of a log: a thread of their own keeps them in `<data dir>/views`. They are there at once,
 * as of when they were last saved; `ready` tells when they have caught up.
 * @throws Error if the thread cannot open its files
 */
export async function openViews({ dataDir, store, explain = () => undefined }: ViewsOptions): Promise<Views> {
  const host = new ViewsThread({ file: store.logFile, directory: join(dataDir, 'views'), port: store.followerPort() });
  const index = openLogReader({ file: store.logFile, port: store.followerPort() });
  try {
    return await host.open(new EmbeddedLog(index), explain);
  } catch (error) {
    index.close();
    throw error;
  }
}

interface Asked {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
}

/** This side of the views thread. */
class ViewsThread implements ViewsHost {
  readonly #thread: Worker;
  readonly #exited: Promise<unknown>;
  readonly #asked = new Map<number, Asked>();
  #lastAsked = 0;
  #log: EmbeddedLog | undefined;
  #database: Database | undefined;
  #views: (MirroredViews & Views) | undefined;
  #explain: (reason: string) => void = () => undefined;
  #explained: string | undefined;
  #isClosing = false;
  #end: Error | undefined;

  constructor(data: ViewsThreadData) {
    this.#thread = new Worker(new URL('./views-thread.js', import.meta.url), {
      workerData: data,
      transferList: [data.port],
      // A batch of events lives no longer than it takes to apply it, whatever the process gives its main thread.
      resourceLimits: { maxYoungGenerationSizeMb: 24 },
    });
    this.#exited = new Promise((resolve) => this.#thread.once('exit', resolve));
  }

  open(log: EmbeddedLog, explain: (reason: string) => void): Promise<Views> {
    this.#log = log;
    this.#explain = explain;
    return new Promise((resolve, reject) => {
      this.#thread.on('message', (message: FromViews) => {
        if (message.type === 'explained') explain(message.reason);
        else if (message.type === 'answer') this.#take(message.id)?.resolve(message.value);
        else if (message.type === 'refusal') this.#take(message.id)?.reject(errorOf(message));
        else if (this.#views) this.#hear(this.#views, message);
        else if (message.type === 'opened') resolve((this.#views = MirroredViews.open(this, message)));
      });
      this.#thread.once('error', (error: Error) => {
        this.#fail(error);
        reject(error);
      });
      this.#thread.once('exit', () => this.#fail(new Error('The views thread has ended.')));
    });
  }

  readEvent = (position: number): ReturnType<EmbeddedLog['at']> => this.#log?.at(position);

  answer(question: Question): Promise<unknown> {
    if (this.#end) return Promise.reject(this.#end);
    return new Promise((resolve, reject) => {
      const id = (this.#lastAsked += 1);
      this.#asked.set(id, { resolve, reject });
      this.#post({ type: 'ask', id, question });
    });
  }

  hurry(): void {
    this.#post({ type: 'hurry' });
  }

  openIndex(path: string): IndexSource {
    this.#database?.close();
    this.#database = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
    this.#database.pragma('cache_size = -16384');
    this.#post({ type: 'release' });
    return { database: this.#database, isShared: true };
  }

  async close(): Promise<void> {
    if (this.#isClosing) return void (await this.#exited);
    this.#isClosing = true;
    // First, so that the thread is the last one to close the file and can leave it without a write-ahead log.
    this.#database?.close();
    this.#log?.close();
    this.#post({ type: 'close' });
    await this.#exited;
  }

  /** What stops the views is told to people once; readers would only see that nothing moves. */
  #hear(views: MirroredViews, message: RunnerMessage): void {
    views.handle(message);
    const failure = views.failure?.message;
    if (failure !== undefined && failure !== this.#explained) this.#explain(failure);
    this.#explained = failure;
  }

  #post(message: ToViews): void {
    this.#thread.postMessage(message);
  }

  #take(id: number): Asked | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    return asked;
  }

  /** Whoever waits for an answer will not get one. */
  #fail(reason: Error): void {
    this.#end ??= reason;
    for (const { reject } of this.#asked.values()) reject(this.#end);
    this.#asked.clear();
    if (!this.#isClosing && this.#views) this.#hear(this.#views, { type: 'failed', reason: this.#end.message, isFinal: true });
  }
}

function errorOf({ error, name }: Extract<FromViews, { readonly type: 'refusal' }>): Error {
  if (name === StoreUnavailable.name) return new StoreUnavailable(error.message);
  return name === InvalidCursor.name ? new InvalidCursor(error.message) : error;
}
