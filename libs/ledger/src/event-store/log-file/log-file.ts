import Database from 'better-sqlite3';
import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeDirectory } from './make-directory.js';
import { assertRegularFile } from './regular-file.js';
import { LogUnreadable, restoreAdvice } from './log-unreadable.js';
import { syncDirectory } from './sync-directory.js';

/** `QLed`, in the header of the file: tells our log from any other database. */
const applicationId = 0x514c6564;
const formatVersion = 1;
const headerBytes = 100;

const tables = `
  CREATE TABLE streams (
    stream INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    id BLOB NOT NULL,
    json TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_of_stream ON events (stream, revision);
  ${appendOnly('events')}
  ${appendOnly('streams')}
`;

/**
 * Against slips and broken tools, not against malice, which the hashes in the events reveal. (REPLACE gets past these;
 * a trigger on INSERT that stops it too takes a third of the write speed.)
 */
function appendOnly(table: string): string {
  return ['UPDATE', 'DELETE']
    .map(
      (change) => `CREATE TRIGGER ${table}_no_${change.toLowerCase()} BEFORE ${change} ON ${table}
        BEGIN SELECT RAISE(ABORT, 'The log is append-only.'); END;`,
    )
    .join('\n');
}

/** Where the log lies in a data directory. */
export function logFileOf(dataDir: string): string {
  return join(dataDir, 'log', 'ledger.sqlite');
}

/**
 * Creates an empty log where there is none. It is built under another name, so that a file called by its name is
 * always complete, whenever the process dies.
 * @param furtherTables SQL of what is kept beside the events
 * @throws LogUnreadable if the directory cannot be written to
 */
export function createLogFile(file: string, furtherTables = ''): void {
  if (existsSync(file)) return;
  const unfinished = `${file}.new`;
  try {
    makeDirectory(dirname(file));
    for (const suffix of ['', '-wal', '-shm']) rmSync(unfinished + suffix, { force: true });
    const database = new Database(unfinished);
    database.pragma('page_size = 16384');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${formatVersion}`);
    database.exec(tables + furtherTables);
    database.close();
    renameSync(unfinished, file);
    syncDirectory(dirname(file));
  } catch (error) {
    const problem = `the log cannot be created (${String(error)}). Check the directory's rights and free space.`;
    throw new LogUnreadable(file, problem, { cause: error });
  }
}

/**
 * Looks at the file's header, without SQLite and without writing.
 * @throws LogUnreadable unless it is a whole log of this format
 */
export function checkLogHeader(file: string): void {
  const header = readHeader(file);
  const restore = `Name another data directory, or restore this one. ${restoreAdvice(file)}`;
  if (header.subarray(0, 15).toString('latin1') !== 'SQLite format 3') {
    throw new LogUnreadable(file, `this is not a log of Quota Ledger, or its beginning is damaged. ${restore}`);
  }
  if (header.readUInt32BE(68) !== applicationId) {
    throw new LogUnreadable(file, `this is a database of another application. ${restore}`);
  }
  const version = header.readUInt32BE(60);
  if (version > formatVersion) {
    const known = `this program knows formats up to ${formatVersion}`;
    throw new LogUnreadable(file, `the log has format ${version}, ${known}. Install a newer version.`);
  }
  const bytes = header.readUInt32BE(28) * header.readUInt16BE(16);
  // With a write-ahead log beside it the file may lawfully be behind its own header.
  if (statSync(file).size < bytes && !hasContent(`${file}-wal`)) {
    throw new LogUnreadable(file, `the file is cut off: it should have ${bytes} bytes. ${restore}`);
  }
}

function readHeader(file: string): Buffer {
  const header = Buffer.alloc(headerBytes);
  try {
    assertRegularFile(file);
    const descriptor = openSync(file, 'r');
    try {
      readSync(descriptor, header, 0, headerBytes, 0);
    } finally {
      closeSync(descriptor);
    }
    return header;
  } catch (error) {
    const problem = `the log cannot be read (${String(error)}). It must be a file that this user may read and write.`;
    throw new LogUnreadable(file, problem, { cause: error });
  }
}

/** Whether there is more of a file than its name. */
export function hasContent(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
}
