import { decodeEvent, quotaStreamOf, stateAfter, type EventStore, type LineEvent, type Position, type Revision, type StoredEvent } from '#ledger';
import type { Views } from '../views.js';
import type { LineView, ThresholdTimes } from '../views/lines/lines.js';
import type { AdoptedRulebook } from '../views/rulebooks/rulebooks.js';

/** A moment of the past: a time, or a place in the log. Both are inclusive. */
export type Moment =
  { readonly at: 'time'; readonly ms: number } | { readonly at: 'position'; readonly position: Position };

/** A line at some moment, whether now or long ago. */
export type LineThen = ThresholdTimes &
  Pick<LineView, 'revision' | 'position' | 'recordedAt' | 'balance' | 'counts' | 'suspended' | 'shares' | 'closedInto'>;

/** What the ledger stood at in the past: read from the log, not kept. */
export class PastStates {
  readonly #store: Pick<EventStore, 'readAll' | 'readStream'>;
  readonly #views: Pick<Views, 'ask' | 'rulebooks'>;

  constructor(store: Pick<EventStore, 'readAll' | 'readStream'>, views: Pick<Views, 'ask' | 'rulebooks'>) {
    this.#store = store;
    this.#views = views;
  }

  /**
   * A line as it stood at a moment; undefined if it had no event yet. Each event carries the whole state of its line,
   * and positions and times grow with the revision.
   */
  async line(now: LineView, moment: Moment): Promise<LineThen | undefined> {
    if (isBy(moment, now)) return now;
    const found = await newestBy(this.#store, quotaStreamOf(now.line), now.revision, ({ position, json }) =>
      isBy(moment, { position, recordedAt: decodeEvent(json).recordedAt }),
    );
    if (found === undefined) return undefined;
    const { revision, position, json } = found;
    const event = decodeEvent(json) as LineEvent;
    const { balance, counts, suspended, shares, closedInto } = stateAfter(event);
    const since = await this.#views.ask('thresholdTimesAt', { line: now.line, position });
    const ofCompany = { ...(shares && { shares }), ...(closedInto !== undefined && { closedInto }) };
    return { revision, position, recordedAt: event.recordedAt, balance, counts, suspended, ...ofCompany, ...since };
  }

  /** When the event at a position was recorded; null if the log has none there. */
  async recordedAt(position: Position): Promise<string | null> {
    const [stored] = position === 0 ? [] : await this.#store.readAll({ after: position - 1, limit: 1 });
    return stored?.position === position ? decodeEvent(stored.json).recordedAt : null;
  }

  /** The rulebook in force then; before the first adoption, the first one. */
  rulebook(moment: Moment): AdoptedRulebook | undefined {
    const { rulebooks } = this.#views;
    return rulebooks.findLast(({ event, position }) => isBy(moment, { position, recordedAt: event.recordedAt })) ?? rulebooks[0];
  }
}

/**
 * The newest event of a stream, no newer than a revision, that `isBy` holds for: as for all events before it, and none behind.
 * Found by a binary search over revisions: twenty reads in a stream of a million events.
 */
export async function newestBy(
  store: Pick<EventStore, 'readStream'>,
  stream: string,
  revision: Revision,
  isBy: (stored: StoredEvent) => boolean,
): Promise<StoredEvent | undefined> {
  let found: StoredEvent | undefined;
  let first = 0;
  let last = revision;
  while (first <= last) {
    const middle = Math.floor((first + last) / 2);
    const [stored] = await store.readStream(stream, { from: middle, limit: 1 });
    if (stored !== undefined && isBy(stored)) {
      found = stored;
      first = middle + 1;
    } else last = middle - 1;
  }
  return found;
}

function isBy(moment: Moment, { position, recordedAt }: Pick<LineView, 'position' | 'recordedAt'>): boolean {
  return moment.at === 'position' ? position <= moment.position : Date.parse(recordedAt) <= moment.ms;
}
