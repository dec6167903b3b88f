import { Worker } from 'node:worker_threads';
import { StoreUnavailable, type StoredEvent } from '../event-store.js';
import { storedEvent } from './log-reader.js';
import { type FromReader, type ReaderThreadData, type ToReader } from './reader-thread.js';

interface Caller {
  readonly resolve: (events: readonly StoredEvent[]) => void;
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
    private readonly file: string,
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

  read(request: ToReader): Promise<readonly StoredEvent[]> {
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#callers.push({ resolve, reject });
      this.#thread.postMessage(request);
    });
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

  #answer(answer: FromReader): void {
    const caller = this.#callers.shift();
    if (caller === undefined) return;
    if ('rows' in answer) caller.resolve(answer.rows.map(storedEvent));
    else caller.reject(new StoreUnavailable(`${this.file} cannot be read (${answer.failed}). Check the disk.`));
  }
}
