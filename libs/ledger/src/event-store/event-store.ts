import type { MessagePort } from 'node:worker_threads';
import type { NewEvent, Position, Revision, StoredEvent } from '../events/stored-event.js';

export type AppendResult =
  | { readonly appended: true; readonly positions: readonly Position[] }
  | { readonly appended: false; readonly actual: Revision };

export interface StreamRange {
  /** First revision to read; with `backwards` the last one. Left out: the stream's first, or its last with `backwards`. */
  readonly from?: Revision;
  readonly limit: number;
  readonly backwards?: boolean;
}

export interface LogRange {
  /** Exclusive. */
  readonly after: Position;
  readonly limit: number;
}

/**
 * The log. Callers may rely on: an append is all or nothing and durable when its promise resolves; positions grow in
 * the order in which events become visible, and no event appears later below one that was seen; revisions of a stream
 * are dense from 0. They may not rely on positions being dense.
 *
 * A conflict is a value. What rejects is a store that cannot serve: `StoreUnavailable` (nothing was written; try
 * again later), `OutcomeUnknown` (resend the same events at the same revision), anything else is a bug.
 */
export interface EventStore {
  /** Whether other processes may append to the same log at any time: what is in memory may be behind it. */
  readonly isShared: boolean;
  /** Bytes (UTF-8) that the JSON of all events of one append may have together. */
  readonly appendBytesMax: number;
  /**
   * All of `events` or none, and only if the stream is still at `expected`. At least one event. The very same events
   * (ids) that stand behind `expected` already may count as appended.
   * @param onDurable told once, when the events are durable, if their positions are known only later: what comes behind them
   * in the stream may be appended from then on
   */
  append(stream: string, expected: Revision, events: readonly NewEvent[], onDurable?: () => void): Promise<AppendResult>;
  /** In order of revision (reversed with `backwards`), at most `limit`; empty if there are none. */
  readStream(stream: string, range: StreamRange): Promise<readonly StoredEvent[]>;
  /** The whole log in order of position, at most `limit`; empty at the end. */
  readAll(range: LogRange): Promise<readonly StoredEvent[]>;
  /**
   * Everything after `after`, then everything new, in batches, until `signal` aborts. Holds at most one batch ahead
   * of the consumer.
   */
  follow(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]>;
  /** The position of the last event, 0 for an empty log. */
  head(): Promise<Position>;
  close(): Promise<void>;
}

/**
 * A store whose log can be read in a file of this machine, by other threads: the log itself, or a copy that follows it
 * and is never ahead of it.
 */
export interface LocalLogStore extends EventStore {
  /** For people: where the log is. */
  readonly where: string;
  readonly logFile: string;
  /** How many events lie after a position as far as is known here, counted up to `max`. */
  countAfter(position: Position, max: number): Promise<number>;
  /** A port for `openLogReader` in another thread: transfer it there. It closes with the store. */
  followerPort(): MessagePort;
}

/** The store cannot take writes now, and this one was not written. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  constructor(message: string, readonly code: 'storage-full' | 'store-unavailable' | 'store-closed' = 'store-unavailable') {
    super(message);
  }
}

/** Nobody knows whether the write took effect. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}
