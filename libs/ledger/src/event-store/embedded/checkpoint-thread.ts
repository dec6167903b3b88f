import Database from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';

const { file } = workerData as { readonly file: string };
const database = new Database(file, { fileMustExist: true });
database.pragma('synchronous = FULL');
database.pragma('cache_size = -64');

parentPort?.on('message', () => {
  try {
    database.pragma('wal_checkpoint(PASSIVE)');
  } catch {
    // What was not moved stays in the WAL, and when that gets too long the writer tries, and says what is wrong.
  }
  parentPort?.postMessage('done');
});
