import { existsSync } from 'node:fs';
import { DataDirLocked, LogUnreadable, openLogAtRest, type LogFile, type Position } from '#ledger';
import { LineReplay, linesAtRest, type LineView, type LinesAtRest } from '#projections';
import { canonicalJson } from '#rulebook';
import { Unreachable } from '../exit-code.js';
import { LogCheck, type Difference } from './log-check.js';
import type { ReplayResult } from './replay-log.js';

const readAtOnce = 1000;

interface Progress {
  update(position: Position): void;
  stop(): void;
}

/**
 * As `replayLog`, of a data directory that no server has open: the log is compared with the stored views, and no byte of
 * the directory changes.
 * @param begin shows how far it is, of a log up to this position
 * @throws Unreachable if it is missing, in use or damaged
 */
export function replayAtRest(dataDir: string, begin: (head: Position) => Progress): ReplayResult {
  if (!existsSync(dataDir)) throw new Unreachable(`There is no data directory ${dataDir}.`);
  try {
    const stored = storedLines(dataDir);
    const log = openLogAtRest(dataDir, typeof stored === 'string' ? [] : [stored.known]);
    try {
      const progress = begin(log.head());
      try {
        return replay(log, stored, (position) => progress.update(position));
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

function replay(log: LogFile, stored: LinesAtRest | string, onPosition: (position: Position) => void): ReplayResult {
  const check = new LogCheck();
  const fold = new LineReplay();
  const compareAt = typeof stored === 'string' ? 0 : stored.known.position;
  let replayed: ReadonlyMap<string, LineView> = new Map();
  for (let batch = log.readAll({ after: 0, limit: readAtOnce }); batch.length > 0; batch = log.readAll({ after: check.position, limit: readAtOnce })) {
    const readable = batch.filter((event) => check.check(event));
    const seen = readable.filter(({ position }) => position <= compareAt);
    fold.fold(seen);
    if (seen.length < readable.length && replayed.size === 0) replayed = fold.lines();
    fold.fold(readable.slice(seen.length));
    onPosition(check.position);
  }
  const lines = fold.lines();
  const differences = typeof stored === 'string' ? [] : compareLines(fold.position <= compareAt ? lines : replayed, stored.lines);
  return {
    position: check.position,
    events: check.events,
    streams: check.streams,
    lines: lines.size,
    differences: [...check.differences, ...differences],
    notCompared: typeof stored === 'string' ? stored : null,
  };
}

function compareLines(replayed: ReadonlyMap<string, LineView>, stored: ReadonlyMap<string, LineView>): readonly Difference[] {
  return [...new Set([...replayed.keys(), ...stored.keys()])].flatMap((where) => {
    const [expected, found] = [membersOf(replayed.get(where)), membersOf(stored.get(where))];
    return [...new Set([...Object.keys(expected), ...Object.keys(found)])].flatMap((what) => {
      const difference = { where, what, expected: expected[what] ?? 'nothing', found: found[what] ?? 'nothing' };
      return difference.expected === difference.found ? [] : [difference];
    });
  });
}

/** As texts that do not depend on the order of members. */
function membersOf(view: LineView | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(view ?? {}).map(([name, value]) => [name, canonicalJson(value)]));
}
