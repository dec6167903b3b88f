import { setImmediate as nextTurn } from 'node:timers/promises';
import { type MessagePort } from 'node:worker_threads';
import { StoreUnavailable, type LogRange, type StreamRange } from '../event-store.js';
import type { Position, StoredEvent } from '../../events/stored-event.js';
import { followLog } from '../follow-log.js';
import { HeadSignal } from '../head-signal.js';
import { LogReader, storedEvent } from './log-reader.js';
import { LogUnreadable } from './log-unreadable.js';

/** The log, read in this very thread: for a thread that has nothing else to do than read it. `StoreUnavailable` where it is damaged. */
export interface LocalLog {
  readAll(range: LogRange): readonly StoredEvent[];
  readStream(stream: string, range: StreamRange): readonly StoredEvent[];
  head(): Position;
  /** As `EventStore.follow`, giving way to other work between batches; `StoreUnavailable` when the store closes. */
  follow(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]>;
  close(): void;
}

export interface LogReaderOptions {
  /** `logFile` of the store. */
  readonly file: string;
  /** From `followerPort()` of the store, transferred to this thread. One reader per port. */
  readonly port: MessagePort;
}

/**
 * Opens a second, read-only way to the log file of an open store, for another worker thread. Commits wake its
 * followers through `port`: a follower at the head names the position it has reached, and the store answers once, as
 * soon as there is more. So a busy follower is never sent anything.
 */
export function openLogReader({ file, port }: LogReaderOptions): LocalLog {
  const reader = new LogReader(file);
  const growth = new HeadSignal(reader.head());
  port.on('message', (head: Position) => growth.advance(head));
  port.on('close', () => growth.end(new StoreUnavailable('The event store is closed.', 'store-closed')));
  port.unref();

  const readAll = (range: LogRange): readonly StoredEvent[] => whole(() => reader.readAll(range).map(storedEvent));
  const followable = {
    readAll: async (range: LogRange) => {
      await nextTurn();
      return readAll(range);
    },
    grown: async (after: Position, signal: AbortSignal) => {
      port.postMessage(after);
      port.ref();
      try {
        await growth.grown(after, signal);
      } finally {
        port.unref();
      }
    },
  };
  return {
    readAll,
    readStream: (stream, range) => whole(() => reader.readStream(stream, range).map(storedEvent)),
    head: () => reader.head(),
    follow: (after, signal) => followLog(followable, after, signal),
    close: () => {
      port.close();
      reader.close();
    },
  };
}

function whole<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof LogUnreadable ? new StoreUnavailable(error.message) : error;
  }
}
