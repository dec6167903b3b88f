import SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ViewsDirectory } from '../runner/views-directory.js';

/** The views file of a data directory that is live; undefined if there is none. */
export function liveViews(dataDir: string): string | undefined {
  const directory = join(dataDir, 'views');
  return existsSync(directory) ? new ViewsDirectory(directory).live() : undefined;
}

/** Reads a views file that nobody writes to. */
export function readViews<Result>(path: string, read: (database: Database) => Result): Result {
  const database = new SqliteDatabase(path, { readonly: true, fileMustExist: true });
  try {
    return read(database);
  } finally {
    database.close();
  }
}
