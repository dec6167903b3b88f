import { Worker } from 'node:worker_threads';
import { OutcomeUnknown, StoreUnavailable, type AppendResult } from '../event-store.js';
import type { NewEvent, Position, Revision } from '../../events/stored-event.js';
import { type AcceptedLoss } from '../log-file/known-event.js';
import { EventsMissing, LogUnreadable } from '../log-file/log-unreadable.js';
import { PendingTransaction } from './append-transaction.js';
import { type FromWriter, type ToWriter, type WriterThreadData } from './writer-thread.js';

/** A transaction is closed to further appends at this size, so that none takes long. */
const transactionBytesMax = 4 * 2 ** 20;

export interface GroupCommitOptions extends WriterThreadData {
  /** Bytes of appends that may wait; beyond them an append is turned away at once. */
  readonly waitingBytesMax: number;
  /** After each commit, before its appends are answered. */
  readonly onCommit: (head: Position) => void;
  /** Writing failed for good. Called once. */
  readonly onFatal: (reason: StoreUnavailable) => void;
}

export interface OpenedLog {
  readonly groupCommit: GroupCommit;
  readonly head: Position;
  /** What the log lacks and may lack. */
  readonly loss: AcceptedLoss | undefined;
}

/**
 * The main thread's side of the writer thread. Appends of one turn, and those that come while a transaction is being
 * written, become one transaction with one fsync; the next one starts as soon as the one before is durable.
 */
export class GroupCommit {
  readonly #thread: Worker;
  readonly #exited: Promise<void>;
  readonly #waiting: PendingTransaction[] = [];
  #writing: PendingTransaction | undefined;
  /** Of the last transaction, for the next one. */
  #spare: ArrayBuffer | undefined;
  #flushScheduled = false;
  #failed = false;
  #unansweredBytes = 0;
  #ended: StoreUnavailable | undefined;
  #onDrained: (() => void) | undefined;

  private constructor(
    private readonly options: GroupCommitOptions,
    thread: Worker,
  ) {
    this.#thread = thread;
    thread.on('message', (message: FromWriter) => this.#receive(message));
    thread.on('error', (error) => this.#fail(error.message));
    this.#exited = new Promise((resolve) => {
      thread.on('exit', (code) => {
        if (code !== 0) this.#fail(`its thread ended with code ${code}`);
        resolve();
      });
    });
  }

  /**
   * Opens an existing log for writing.
   * @throws LogUnreadable
   */
  static open(options: GroupCommitOptions): Promise<OpenedLog> {
    const { file, descriptor, head, logBytesMax, known, acceptLoss } = options;
    const workerData: WriterThreadData = { file, descriptor, head, logBytesMax, known, acceptLoss };
    const thread = new Worker(new URL('./writer-thread.js', import.meta.url), { workerData });
    return new Promise((resolve, reject) => {
      thread.once('error', reject);
      thread.once('message', (message: FromWriter) => {
        thread.off('error', reject);
        if ('opened' in message) {
          resolve({ groupCommit: new GroupCommit(options, thread), head: message.opened, loss: message.loss });
        } else {
          const { unreadable = 'the log cannot be opened.', first } = 'unreadable' in message ? message : {};
          reject(first === undefined ? new LogUnreadable(file, unreadable) : new EventsMissing(file, unreadable, first));
        }
      });
    });
  }

  append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<AppendResult> {
    if (this.#ended) return Promise.reject(this.#ended);
    if (this.#unansweredBytes > this.options.waitingBytesMax) {
      const problem = 'More is waiting to be written than the disk takes. Try again shortly.';
      return Promise.reject(new StoreUnavailable(problem));
    }
    return new Promise((resolve, reject) => {
      const transaction = this.#openTransaction();
      const before = transaction.bytes;
      transaction.add(stream, expected, events, { resolve, reject });
      this.#unansweredBytes += transaction.bytes - before;
      this.#scheduleFlush();
    });
  }

  /** Rejects later appends with `reason`; those under way are still written. Then ends the thread. */
  async close(reason: StoreUnavailable): Promise<void> {
    this.#ended ??= reason;
    if (this.#writing || this.#waiting.length > 0) await new Promise<void>((resolve) => (this.#onDrained = resolve));
    if (this.#failed) await this.#thread.terminate();
    else this.#post({ close: true });
    await this.#exited;
  }

  #openTransaction(): PendingTransaction {
    const last = this.#waiting.at(-1);
    if (last && last.bytes < transactionBytesMax) return last;
    const transaction = new PendingTransaction(this.#spare);
    this.#spare = undefined;
    this.#waiting.push(transaction);
    return transaction;
  }

  #scheduleFlush(): void {
    if (this.#writing || this.#flushScheduled) return;
    this.#flushScheduled = true;
    setImmediate(() => {
      this.#flushScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#writing) return;
    this.#writing = this.#waiting.shift();
    if (this.#writing === undefined) {
      this.#onDrained?.();
      return;
    }
    const write = this.#writing.seal();
    this.#post({ write }, write.bytes);
  }

  #receive(message: FromWriter): void {
    const transaction = this.#writing;
    if ('failed' in message) return this.#fail(message.failed);
    if (transaction === undefined || 'closed' in message) return;
    // The writer gets its next transaction first, then everybody hears of this one.
    this.#writing = undefined;
    this.#unansweredBytes -= transaction.bytes;
    this.#flush();
    if ('written' in message) {
      if (message.memory.byteLength <= 2 * transactionBytesMax) this.#spare = message.memory;
      this.options.onCommit(message.head);
      transaction.answer(message.written);
    } else if ('full' in message) {
      const { file } = this.options;
      const problem = `There is no room left to write to ${file}. Make room; writing goes on by itself.`;
      transaction.reject(new StoreUnavailable(problem, 'storage-full'));
    }
  }

  /**
   * After a failed write nobody knows what the disk holds, and asking it again would only be told that all is well: the
   * process must end and the log be opened anew.
   */
  #fail(problem: string): void {
    const { file } = this.options;
    const advice = 'Check the disk and restart the process.';
    const reason = new StoreUnavailable(`Writing to ${file} failed (${problem}). ${advice}`);
    this.#writing?.reject(new OutcomeUnknown(reason.message));
    this.#writing = undefined;
    for (const transaction of this.#waiting.splice(0)) transaction.reject(reason);
    this.#onDrained?.();
    if (this.#failed) return;
    this.#failed = true;
    if (this.#ended) return;
    this.#ended = reason;
    this.options.onFatal(reason);
  }

  #post(message: ToWriter, ...transferred: ArrayBuffer[]): void {
    this.#thread.postMessage(message, transferred);
  }
}
