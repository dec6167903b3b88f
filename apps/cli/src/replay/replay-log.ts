import type { Position } from '#ledger';
import { LineReplay } from '#projections';
import type { Body } from '#wire';
import type { LedgerAccess } from '../access/ledger-access.js';
import { Refused } from '../exit-code.js';
import { compareViews } from './compare-views.js';
import { LogCheck, type Difference } from './log-check.js';

export interface ReplayResult {
  readonly position: Position;
  readonly events: number;
  readonly streams: number;
  readonly lines: number;
  readonly differences: readonly Difference[];
  /** Why there were no views to compare with; null if they were compared. */
  readonly notCompared: string | null;
}

/**
 * Folds the whole log from scratch, checking it on the way, and compares it with the live views at one position: that
 * of the views, up to which the log is read.
 */
export async function replayLog(ledger: LedgerAccess, onPosition: (position: Position) => void): Promise<ReplayResult> {
  const replay = new LineReplay();
  const check = new LogCheck();
  const foldUpTo = async (last: Position): Promise<void> => {
    for await (const batch of ledger.log(check.position)) {
      const wanted = batch.filter(({ position }) => position <= last);
      replay.fold(wanted.filter((stored) => check.check(stored)));
      onPosition(check.position);
      if (wanted.length < batch.length) return;
    }
  };
  await foldUpTo(Number((await ledger.countries()).position));
  // Under load the views have moved on: fold what they have seen since, and compare there.
  const live = await viewsAt(ledger, check.position);
  const position = Number(live.position);
  if (position > check.position) await foldUpTo(position);
  const atViews: Difference[] = check.position === position ? [] : [notThere(position, check.position)];
  const differences = [...check.differences, ...atViews, ...compareViews(replay.lines(), live, await ledger.companyLines(position))];
  return { position, events: check.events, streams: check.streams, lines: replay.lines().size, differences, notCompared: null };
}

async function viewsAt(ledger: LedgerAccess, position: Position): Promise<Body<'CountryList'>> {
  const live = await ledger.countries({ minPosition: position });
  if (Number(live.position) >= position) return live;
  throw new Refused(`The views of ${ledger.where} stand at ${live.position} and do not reach ${position}, where the log is: try again.`);
}

function notThere(position: Position, last: Position): Difference {
  return { where: 'log', what: 'position', expected: `an event at ${position}, where the views stand`, found: `the end at ${last}` };
}
