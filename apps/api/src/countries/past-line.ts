import { decodeEvent, quotaStreamOf, stateAfter, type EventStore, type LineEvent, type StoredEvent } from '#ledger';
import type { LineView } from '#projections';
import type { AlertThresholds } from '#rulebook';
import { utilizationOf, type LineThen } from './country-view.js';

/** A moment of the past: a time, or a place in the log. Both are inclusive. */
export type Moment =
  | { readonly at: 'time'; readonly ms: number }
  | { readonly at: 'position'; readonly position: number };

/** Most events that are read to find since when a line had been critical. */
const scanMax = 5000;
const page = 250;

/**
 * A line as it stood at a moment; undefined if it had no event yet. Each event carries the whole state of its line,
 * and positions and times grow with the revision, so a binary search over revisions finds it: twenty reads on a line
 * of a million events.
 */
export async function lineAt(store: EventStore, now: LineView, moment: Moment, thresholds: AlertThresholds): Promise<LineThen | undefined> {
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
  const since = (threshold: number): Promise<string | null> => heldSince(store, stream, found, threshold);
  return {
    revision, position, recordedAt: event.recordedAt, balance, counts, suspended,
    criticalSince: await since(thresholds.critical),
    exhaustedSince: await since(thresholds.exhausted),
  };
}

function isBy(moment: Moment, position: number, recordedAt: string): boolean {
  return moment.at === 'position' ? position <= moment.position : Date.parse(recordedAt) <= moment.ms;
}

/** Since when utilization had been at or above a threshold without a break; null if it was not, or for too long to tell. */
async function heldSince(store: EventStore, stream: string, until: StoredEvent, threshold: number): Promise<string | null> {
  let since: string | null = null;
  let from = until.revision;
  for (let read = 0; read < scanMax && from >= 0; read += page) {
    const events = await store.readStream(stream, { from, limit: page, backwards: true });
    for (const stored of events) {
      const event = eventOf(stored);
      if ((utilizationOf(event.balanceMilliTpp, 'allocation') ?? 0) < threshold) return since;
      since = event.recordedAt;
    }
    from -= page;
  }
  return from < 0 ? since : null;
}

function eventOf({ json }: StoredEvent): LineEvent {
  return decodeEvent(json) as LineEvent;
}
