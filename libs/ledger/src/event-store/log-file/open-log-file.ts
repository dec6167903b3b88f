import { existsSync } from 'node:fs';
import type { LogRange } from '../event-store.js';
import type { Position, StoredEvent } from '../../events/stored-event.js';
import { checkLogHeader, logFileOf } from './log-file.js';
import { LogReader, storedEvent } from './log-reader.js';
import { LogUnreadable, restoreAdvice } from './log-unreadable.js';

/** A log file, read as far as it is written. */
export interface LogFile {
  /** In order of position, at most `limit`; empty at the end. @throws LogUnreadable for a damaged page */
  readAll(range: LogRange): readonly StoredEvent[];
  head(): Position;
  close(): void;
}

/**
 * Opens the log of a data directory, or a copy of its file, only to read it: without the lock, so also beside the
 * process that works on it, which it does not hold up. Synchronous.
 * `shown` is what messages call the file, where that is another name of it.
 * @throws LogUnreadable if there is none, or none of this format
 */
export function openLogFile(path: { readonly dataDir: string } | { readonly file: string; readonly shown?: string }): LogFile {
  const opened = 'file' in path ? path.file : logFileOf(path.dataDir);
  const file = ('shown' in path ? path.shown : undefined) ?? opened;
  if (!existsSync(opened)) throw new LogUnreadable(file, 'there is no log. Name the data directory of a ledger, or the cluster that its log is in.');
  checkLogHeader(opened);
  const readable = <Result>(read: () => Result): Result => {
    try {
      return read();
    } catch (error) {
      if (error instanceof LogUnreadable) throw error;
      const advice = `Check the disk, and that this user may write to its folder. ${restoreAdvice(file)}`;
      throw new LogUnreadable(file, `the log cannot be read (${String(error)}). ${advice}`, { cause: error });
    }
  };
  const reader = readable(() => new LogReader(opened, { isLenient: true, shown: file }));
  return {
    readAll: (range) => readable(() => reader.readAll(range).map(storedEvent)),
    head: () => readable(() => reader.head()),
    close: () => reader.close(),
  };
}
