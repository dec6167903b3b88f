import { canonicalText } from './canonical-text.js';
import { LogCheck, type Difference } from './log-check.js';
import type { LoggedEvent } from './logged-event.js';
import { eventsPerReport, type OnPosition, type ReplayResult } from './replay-result.js';

/** The lines of a ledger that is not running, as its views were stored last. */
export interface StoredLines {
  /** Position of the event up to which they were folded. */
  readonly position: number;
  /** The members of `LineState`, by line. */
  readonly lines: ReadonlyMap<string, object>;
}

/**
 * Replays a log to its end, and compares the lines with the stored ones at the position of these.
 * @param stored a text says why there are none
 */
export async function replayStored(log: AsyncIterable<LoggedEvent>, stored: StoredLines | string, onPosition: OnPosition): Promise<ReplayResult> {
  const check = new LogCheck();
  let atStored: ReadonlyMap<string, object> | undefined;
  for await (const event of log) {
    if (typeof stored !== 'string' && event.position > stored.position) atStored ??= new Map(check.lines);
    check.check(event);
    if (check.events % eventsPerReport === 0) onPosition(check.position);
  }
  onPosition(check.position);
  const { position, events, streams, lines } = check;
  const differences = typeof stored === 'string' ? [] : compareStored(atStored ?? lines, stored.lines);
  return {
    ...{ position, events, streams, lines: lines.size },
    differences: [...check.differences, ...differences],
    notCompared: typeof stored === 'string' ? stored : null,
  };
}

function compareStored(replayed: ReadonlyMap<string, object>, stored: ReadonlyMap<string, object>): readonly Difference[] {
  return [...new Set([...replayed.keys(), ...stored.keys()])].flatMap((where) => {
    const [expected, found] = [membersOf(replayed.get(where)), membersOf(stored.get(where))];
    return [...new Set([...Object.keys(expected), ...Object.keys(found)])].flatMap((what) => {
      const difference = { where, what, expected: expected[what] ?? 'nothing', found: found[what] ?? 'nothing' };
      return difference.expected === difference.found ? [] : [difference];
    });
  });
}

function membersOf(line: object = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(line).map(([name, value]) => [name, canonicalText(value)]));
}
