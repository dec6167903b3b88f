import type { LogRange } from '../event-store.js';
import type { Position, Revision, StoredEvent } from '../../events/stored-event.js';
import { LogReader, storedEvent } from './log-reader.js';

/** An event as a pass over the log sees it. */
export type ScannedEvent = Pick<StoredEvent, 'position' | 'stream' | 'revision' | 'json'>;

/** The log as far as it is written, read page by page in this very thread: for one pass over it, in a worker thread. */
export interface LogPages {
  /** The next page of the pass; empty at the end. */
  scan(range: LogRange): readonly ScannedEvent[];
  /** One event of a stream, wherever the pass is. */
  find(stream: string, revision: Revision): StoredEvent | undefined;
  head(): Position;
  close(): void;
}

/** For the inner pages of the index of a few million events. */
const finderCacheKibibytes = 32_768;

/** Opens read-only ways of its own to the log file (`logFile`) of an open store. */
export function openLogPages(file: string): LogPages {
  const scanner = new LogReader(file);
  // A cache of its own, which the pass does not sweep away.
  const finder = new LogReader(file, { cacheKibibytes: finderCacheKibibytes });
  return {
    scan: (range) => scanner.scan(range).map(([position, stream, revision, json]) => ({ position, stream, revision, json })),
    find: (stream, revision) => {
      const [row] = finder.readStream(stream, { from: revision, limit: 1 });
      return row?.[2] === revision ? storedEvent(row) : undefined;
    },
    head: () => scanner.head(),
    close: () => {
      scanner.close();
      finder.close();
    },
  };
}
