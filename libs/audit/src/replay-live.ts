import type { Body } from '#wire';
import { compareLive } from './compare-live.js';
import { LogCheck, type Difference } from './log-check.js';
import type { LoggedEvent } from './logged-event.js';
import { eventsPerReport, type OnPosition, type ReplayResult } from './replay-result.js';

/** A ledger that goes on while its log is read. */
export interface LiveLedger {
  /** Its name in messages. */
  readonly where: string;
  /** The events behind a position, to the end of the log or further. */
  log(after: number): AsyncIterable<LoggedEvent>;
  /** The views of all countries, not before they reflect `minPosition` if the ledger can wait for that long. */
  countries(query?: { readonly minPosition?: number }): Promise<Body<'CountryList'>>;
  companyLines(minPosition: number): Promise<readonly Body<'CompanyLineView'>[]>;
}

/** The views did not reach the end of the log in time. */
export class ViewsBehind extends Error {
  override readonly name = 'ViewsBehind';
}

/**
 * Replays the log up to the position of the live views, and compares the lines there.
 * @throws ViewsBehind if the views do not reach the position that they had at the beginning
 */
export async function replayLive(ledger: LiveLedger, onPosition: OnPosition): Promise<ReplayResult> {
  const check = new LogCheck();
  const readUpTo = async (last: number): Promise<void> => {
    for await (const event of ledger.log(check.position)) {
      if (event.position > last) break;
      check.check(event);
      if (check.events % eventsPerReport === 0) onPosition(check.position);
    }
    onPosition(check.position);
  };
  await readUpTo(Number((await ledger.countries()).position));
  // Under load the views have moved on: read what they have seen since, and compare there.
  const live = await viewsAt(ledger, check.position);
  const position = Number(live.position);
  if (position > check.position) await readUpTo(position);
  const atViews: Difference[] = check.position === position ? [] : [notThere(position, check.position)];
  const differences = [...check.differences, ...atViews, ...compareLive(check.lines, live, await ledger.companyLines(position))];
  return { position, events: check.events, streams: check.streams, lines: check.lines.size, differences, notCompared: null };
}

async function viewsAt(ledger: LiveLedger, position: number): Promise<Body<'CountryList'>> {
  const live = await ledger.countries({ minPosition: position });
  if (Number(live.position) >= position) return live;
  throw new ViewsBehind(`The views of ${ledger.where} stand at ${live.position} and do not reach ${position}, where the log is: try again.`);
}

function notThere(position: number, last: number): Difference {
  return { where: 'log', what: 'position', expected: `an event at ${position}, where the views stand`, found: `the end at ${last}` };
}
