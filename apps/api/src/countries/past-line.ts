import { decodeEvent, quotaStreamOf, stateAfter, type EventStore, type LineEvent, type StoredEvent } from '#ledger';
import type { LineView, Views } from '#projections';
import type { LineThen } from './country-view.js';

/** A moment of the past: a time, or a place in the log. Both are inclusive. */
export type Moment =
  { readonly at: 'time'; readonly ms: number } | { readonly at: 'position'; readonly position: number };

/**
 * A line as it stood at a moment; undefined if it had no event yet. Each event carries the whole state of its line,
 * and positions and times grow with the revision, so a binary search over revisions finds it: twenty reads on a line
 * of a million events.
 */
export async function lineAt(
  store: EventStore,
  views: Views,
  now: LineView,
  moment: Moment,
): Promise<LineThen | undefined> {
  if (isBy(moment, now.position, now.recordedAt)) return now;
  const stream = quotaStreamOf(now.line);
  let found: StoredEvent | undefined;
  let first = 0;
  let last = now.revision;
  while (first <= last) {
    const middle = Math.floor((first + last) / 2);
    const [stored] = await store.readStream(stream, { from: middle, limit: 1 });
    if (stored !== undefined && isBy(moment, stored.position, eventOf(stored).recordedAt)) {
      found = stored;
      first = middle + 1;
    } else {
      last = middle - 1;
    }
  }
  if (found === undefined) return undefined;
  const event = eventOf(found);
  const { balance, counts, suspended } = stateAfter(event);
  const { revision, position } = found;
  const since = await views.ask('thresholdTimesAt', { line: now.line, position });
  return { revision, position, recordedAt: event.recordedAt, balance, counts, suspended, ...since };
}

function isBy(moment: Moment, position: number, recordedAt: string): boolean {
  return moment.at === 'position' ? position <= moment.position : Date.parse(recordedAt) <= moment.ms;
}

function eventOf({ json }: StoredEvent): LineEvent {
  return decodeEvent(json) as LineEvent;
}
