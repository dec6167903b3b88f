import { parentPort, workerData } from 'node:worker_threads';
import type { Position } from '../../events/stored-event.js';
import { HeadFile, type Head } from '../log-file/head-file.js';
import { type AcceptedLoss } from '../log-file/known-event.js';
import { EventsMissing, LogUnreadable } from '../log-file/log-unreadable.js';
import { type AppendTransaction, type TransactionAnswer } from './append-transaction.js';
import { Checkpointing, startCheckpointThread } from './checkpointing.js';
import { LogFull, LogWriter, type LogWriterOptions } from './log-writer.js';

export interface WriterThreadData extends LogWriterOptions {
  readonly file: string;
  /** An open descriptor of it. */
  readonly descriptor: number;
  /** As the last process left it; undefined for none. */
  readonly head: Head | undefined;
}

export type ToWriter = { readonly write: AppendTransaction } | { readonly close: true };

export type FromWriter =
  | { readonly opened: Position; readonly loss: AcceptedLoss | undefined }
  /** `first`: position of the first event that is missing. */
  | { readonly unreadable: string; readonly first?: Position }
  | { readonly written: TransactionAnswer; readonly head: Position; readonly memory: ArrayBuffer }
  | { readonly full: true }
  | { readonly failed: string }
  | { readonly closed: true };

function post(message: FromWriter, ...transferred: ArrayBuffer[]): void {
  parentPort?.postMessage(message, transferred);
}

function run({ file, descriptor, head: former, ...options }: WriterThreadData): void {
  const writer = new LogWriter(file, options);
  // A loss that is accepted is forgotten by the commit that records it.
  const newest = (writer.loss && former?.newest) ?? writer.newest;
  const head = new HeadFile(file, { newest, file: former?.file ?? null });
  const thread = startCheckpointThread({ file, descriptor, headDescriptor: head.descriptor });
  const checkpointing = new Checkpointing(writer, head, descriptor, thread);
  checkpointing.now();

  const write = (transaction: AppendTransaction): void => {
    try {
      const written = writer.write(transaction);
      head.advance(writer.newest);
      const memory = transaction.bytes;
      post({ written, head: writer.position, memory }, memory);
    } catch (error) {
      post(error instanceof LogFull ? { full: true } : { failed: String(error) });
    }
    try {
      checkpointing.afterCommit();
    } catch (error) {
      post({ failed: String(error) });
    }
  };

  const close = async (): Promise<void> => {
    await checkpointing.end();
    head.setFile(null);
    head.close();
    writer.close();
    post({ closed: true });
    parentPort?.close();
  };

  parentPort?.on('message', (message: ToWriter) => {
    if ('write' in message) write(message.write);
    else void close();
  });
  post({ opened: writer.position, loss: writer.loss });
}

try {
  run(workerData as WriterThreadData);
} catch (error) {
  const problem = `the log cannot be opened (${String(error)}). Check the file's rights and its disk.`;
  post({ unreadable: error instanceof LogUnreadable ? error.problem : problem, ...(error instanceof EventsMissing && { first: error.first }) });
}
