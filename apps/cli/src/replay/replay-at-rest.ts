import { existsSync } from 'node:fs';
import { replayStored, type LoggedEvent, type ReplayResult } from '#audit';
import { DataDirLocked, LogUnreadable, openLogAtRest, type LogFile, type Position } from '#ledger';
import { linesAtRest, type LinesAtRest } from '#projections';
import { Unreachable } from '../exit-code.js';

const readAtOnce = 1000;

interface Progress {
  update(position: Position): void;
  stop(): void;
}

/**
 * Replays the log of a data directory that no server has open and compares it with the stored views. No byte of the
 * directory changes.
 * @param begin shows how far it is, of a log up to this position
 * @throws Unreachable if it is missing, in use or damaged
 */
export async function replayAtRest(dataDir: string, begin: (head: Position) => Progress): Promise<ReplayResult> {
  if (!existsSync(dataDir)) throw new Unreachable(`There is no data directory ${dataDir}.`);
  try {
    const stored = storedLines(dataDir);
    const log = openLogAtRest(dataDir, typeof stored === 'string' ? [] : [stored.known]);
    try {
      const progress = begin(log.head());
      try {
        const lines = typeof stored === 'string' ? stored : { position: stored.known.position, lines: stored.lines };
        return await replayStored(eventsOf(log), lines, (position) => progress.update(position));
      } finally {
        progress.stop();
      }
    } finally {
      log.close();
    }
  } catch (error) {
    if (error instanceof DataDirLocked || error instanceof LogUnreadable) throw new Unreachable(error.message);
    throw error;
  }
}

/** Why there is nothing to compare with, in place of it. */
function storedLines(dataDir: string): LinesAtRest | string {
  try {
    return linesAtRest(dataDir) ?? 'there are no views yet';
  } catch (error) {
    return `the views cannot be read and are made anew by the next start (${error instanceof Error ? error.message : String(error)})`;
  }
}

async function* eventsOf(log: LogFile): AsyncIterable<LoggedEvent> {
  for (let after: Position = 0; ; ) {
    const batch = log.readAll({ after, limit: readAtOnce });
    const last = batch.at(-1);
    if (last === undefined) return;
    yield* batch;
    after = last.position;
  }
}
