import Database from 'better-sqlite3';
import { fdatasyncSync, fsyncSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

export interface CheckpointThreadData {
  readonly file: string;
  /** Open descriptors of the log's file and of the head beside it. (SQLite's locks end when one that is opened here is closed.) */
  readonly descriptor: number;
  readonly headDescriptor: number;
}

const { file, descriptor, headDescriptor } = workerData as CheckpointThreadData;
const database = new Database(file, { fileMustExist: true });
database.pragma('synchronous = FULL');
database.pragma('cache_size = -64');

parentPort?.on('message', () => {
  try {
    // That pages are being moved is durable before the first one is; what was moved, and when, before it is told.
    fdatasyncSync(headDescriptor);
    database.pragma('wal_checkpoint(PASSIVE)');
    fsyncSync(descriptor);
  } catch {
    // What was not moved stays in the WAL, and when that gets too long the writer tries, and says what is wrong.
  }
  parentPort?.postMessage('done');
});
