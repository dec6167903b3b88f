import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync } from 'node:fs';
import { holdAtRest } from './data-dir-lock.js';
import { assertOwnWal } from './file-by-itself.js';
import { freeze, type FrozenCopy } from './frozen-copy.js';
import { knownByHead, readHead } from './head-file.js';
import { newestEvent } from './inspect-log.js';
import { assertHolds, assertNothingKnown, type KnownEvent } from './known-event.js';
import { checkLogHeader, logFileOf } from './log-file.js';
import { openLogFile, type LogFile } from './open-log-file.js';

/**
 * Opens the log of a data directory that no process works on, and changes no byte in it. Until it is closed no process can
 * begin to.
 * @param known as `EmbeddedStoreOptions.known`
 * @throws DataDirLocked if a process works on it
 * @throws LogUnreadable if there is no log, or the start of a server would refuse it
 */
export function openLogAtRest(dataDir: string, known: readonly KnownEvent[] = []): LogFile {
  const lock = holdAtRest(dataDir);
  let frozen: FrozenCopy | undefined;
  const release = (): void => {
    frozen?.close();
    lock.release();
  };
  try {
    const file = logFileOf(dataDir);
    const head = readHead(file);
    const allKnown = [...knownByHead(file, head), ...known];
    if (!existsSync(file)) assertNothingKnown(file, allKnown);
    else checkOwnWal(file, head);
    frozen = existsSync(file) ? freeze(file, dataDir) : undefined;
    if (frozen !== undefined) inspect(frozen.path, file, allKnown);
    const log = openLogFile({ file: frozen?.path ?? file, shown: file });
    return {
      ...log,
      close: () => {
        log.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

function checkOwnWal(file: string, head: ReturnType<typeof readHead>): void {
  checkLogHeader(file);
  const descriptor = openSync(file, 'r');
  try {
    assertOwnWal(file, descriptor, head);
  } finally {
    closeSync(descriptor);
  }
}

function inspect(path: string, file: string, known: readonly KnownEvent[]): void {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    assertHolds(database, file, newestEvent(database, file).position, known);
  } finally {
    database.close();
  }
}
