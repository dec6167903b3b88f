import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../event-store.js';
import type { Position, StoredEvent } from '../../events/stored-event.js';
import { storedEvent } from './log-reader.js';
import { type FromReader, type PageRequest, type ReaderThreadData, type ToReader } from './reader-thread.js';

type Answer = Exclude<FromReader, { readonly failed: string }>;

interface Caller {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: Error) => void;
}

/** The main thread's side of the reader thread: asks for pages, which come back in the order they were asked for. */
export class PageReader {
  readonly #thread: Worker;
  readonly #exited: Promise<unknown>;
  readonly #callers: Caller[] = [];
  #ended: Error | undefined;

  /** @param onFatal the thread died; every read rejects from then on */
  constructor(
    file: string,
    onFatal: (reason: StoreUnavailable) => void,
  ) {
    const workerData: ReaderThreadData = { file };
    this.#thread = new Worker(new URL('./reader-thread.js', import.meta.url), { workerData });
    this.#exited = new Promise((resolve) => this.#thread.once('exit', resolve));
    this.#thread.on('message', (answer: FromReader) => this.#answer(answer));
    this.#thread.on('error', (error) => {
      const problem = `The thread that reads ${file} died (${error.message}). Restart the process.`;
      const reason = new StoreUnavailable(problem);
      this.end(reason);
      onFatal(reason);
    });
  }

  async read(request: PageRequest): Promise<readonly StoredEvent[]> {
    const answer = await this.#ask(request);
    return 'rows' in answer ? answer.rows.map(storedEvent) : [];
  }

  /** How many events lie after a position, counted up to `max`. */
  async countAfter(position: Position, max: number): Promise<number> {
    const answer = await this.#ask({ countAfter: position, max });
    return 'count' in answer ? answer.count : 0;
  }

  /** Rejects what waits and everything later. */
  end(reason: Error): void {
    this.#ended ??= reason;
    for (const caller of this.#callers.splice(0)) caller.reject(this.#ended);
  }

  /** After `end`. */
  async close(): Promise<void> {
    this.#thread.postMessage('close');
    await this.#exited;
  }

  #ask(request: ToReader): Promise<Answer> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#callers.push({ resolve, reject });
      this.#thread.postMessage(request);
    });
  }

  #answer(answer: FromReader): void {
    const caller = this.#callers.shift();
    if (caller === undefined) return;
    if ('failed' in answer) caller.reject(new StoreUnavailable(answer.failed));
    else caller.resolve(answer);
  }
}
