import Database from 'better-sqlite3';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDirectory } from './make-directory.js';
import { readRegularFile } from './regular-file.js';
import { LogUnreadable } from './log-unreadable.js';
import { sqliteCode } from './sqlite-code.js';

const lockName = 'lock.sqlite';
const ownerName = 'owner.json';

/** Another process (or another store in this one) works on the data directory. */
export class DataDirLocked extends Error {
  override readonly name = 'DataDirLocked';

  constructor(
    readonly dataDir: string,
    owner: string,
  ) {
    super(
      `The data directory ${dataDir} is in use${owner}. One process at a time works on it: stop that one, ` +
        'talk to it over HTTP, or name another data directory.',
    );
  }
}

export interface DataDirLock {
  release(): void;
}

/**
 * Takes the data directory for this process, and creates it if it is missing. The lock belongs to an open file, so the
 * operating system gives it back however the process ends. `owner.json` says who holds it, for people only.
 * @throws DataDirLocked if somebody holds it
 * @throws LogUnreadable if the directory cannot be used at all
 */
export function lockDataDir(dataDir: string): DataDirLock {
  const ownerFile = join(dataDir, ownerName);
  const lock = openLockFile(dataDir);
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (sqliteCode(error).startsWith('SQLITE_BUSY')) throw new DataDirLocked(dataDir, describeOwner(ownerFile));
    const problem = `the directory cannot be locked (${String(error)}). Check its rights and its disk.`;
    throw new LogUnreadable(dataDir, problem, { cause: error });
  }
  try {
    rmSync(ownerFile, { force: true });
    writeFileSync(ownerFile, `${JSON.stringify({ pid: process.pid, since: new Date().toISOString() })}\n`);
  } catch {
    // On a full disk the log can still be read.
  }
  return {
    release: () => {
      rmSync(ownerFile, { force: true });
      lock.close();
    },
  };
}

/**
 * Keeps processes away from a data directory that nobody works on, by a lock of a reader, and writes nothing.
 * @throws DataDirLocked if somebody works on it
 */
export function holdAtRest(dataDir: string): DataDirLock {
  const path = join(dataDir, lockName);
  // A directory that was put together by hand: there is nothing to hold.
  if (!existsSync(path)) return { release: () => undefined };
  const lock = new Database(path, { readonly: true, timeout: 0 });
  try {
    lock.exec('BEGIN; SELECT count(*) FROM sqlite_schema');
  } catch (error) {
    lock.close();
    if (sqliteCode(error).startsWith('SQLITE_BUSY')) throw new DataDirLocked(dataDir, describeOwner(join(dataDir, ownerName)));
    throw new LogUnreadable(dataDir, `the directory cannot be locked (${String(error)}). Check its rights and its disk.`, { cause: error });
  }
  return { release: () => lock.close() };
}

function openLockFile(dataDir: string): Database.Database {
  try {
    makeDirectory(dataDir);
    return new Database(join(dataDir, lockName), { timeout: 0 });
  } catch (error) {
    const problem = `it cannot be used as data directory (${String(error)}). Name one that this user may write to.`;
    throw new LogUnreadable(dataDir, problem, { cause: error });
  }
}

function describeOwner(ownerFile: string): string {
  try {
    const { pid, since } = JSON.parse(readRegularFile(ownerFile).toString()) as { pid: number; since: string };
    return ` by process ${pid} since ${since}`;
  } catch {
    return ' by another process';
  }
}
