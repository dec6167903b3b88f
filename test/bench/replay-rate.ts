import Database from 'better-sqlite3';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { openLogReader } from '#ledger';
import { LineReplay } from '../../libs/projections/src/testing/line-replay.js';

const page = 2_000;
const rounds = 3;

/** How fast the whole log folds into the country views, beside the same rows read and parsed with nothing else. */
export async function replayRates(dataDir: string): Promise<{
  readonly events: number;
  readonly scanPerSecond: number;
  readonly replayPerSecond: number;
  readonly logFile: string;
}> {
  const logFile = path.join(dataDir, 'log', 'ledger.sqlite');
  let events = 0;
  let scanPerSecond = 0;
  let replayPerSecond = 0;
  for (let round = 0; round < rounds; round += 1) {
    let startedAt = performance.now();
    events = scan(logFile);
    scanPerSecond = Math.max(scanPerSecond, perSecond(events, startedAt));
    startedAt = performance.now();
    replayPerSecond = Math.max(replayPerSecond, perSecond(replay(logFile), startedAt));
  }
  return { events, scanPerSecond, replayPerSecond, logFile };
}

function scan(logFile: string): number {
  const database = new Database(logFile, { readonly: true });
  let events = 0;
  for (const json of database.prepare('SELECT json FROM events ORDER BY position').pluck().iterate()) {
    JSON.parse(json as string);
    events += 1;
  }
  database.close();
  return events;
}

function replay(file: string): number {
  const { port1: port } = new MessageChannel();
  const log = openLogReader({ file, port });
  const fold = new LineReplay();
  for (;;) {
    const batch = log.readAll({ after: fold.position, limit: page });
    if (batch.length === 0) break;
    fold.fold(batch);
  }
  log.close();
  return fold.events;
}

function perSecond(events: number, startedAt: number): number {
  return Math.round((events * 1000) / (performance.now() - startedAt));
}
