import { decodeEvent, quotaStreamOf, type EventStore, type LineEvent, type Revision } from '#ledger';
import { balanceAfter, usedOf, useOfEvent, type UseDay } from '../views/daily-use/daily-use.js';

const page = 200;

/** What the events of a line up to a revision brought on the day on which the newest of them was recorded. */
export async function useOnLastDay(
  store: Pick<EventStore, 'readStream'>,
  line: string,
  revision: Revision,
  recordedOn: string,
): Promise<readonly UseDay[]> {
  const events: LineEvent[] = [];
  let from = revision;
  for (;;) {
    const read = await store.readStream(quotaStreamOf(line), { from, limit: page, backwards: true });
    for (const { json } of read) {
      const event = decodeEvent(json) as LineEvent;
      events.push(event);
      // The one before that day tells what was used until then.
      if (event.recordedAt.slice(0, 10) < recordedOn) return changesOf(line, events.reverse());
    }
    from -= read.length;
    if (read.length < page || from < 0) return changesOf(line, [undefined, ...events.reverse()]);
  }
}

function changesOf(line: string, [before, ...events]: readonly (LineEvent | undefined)[]): readonly UseDay[] {
  const days = new Map<string, { milliTpp: number; debits: number }>();
  let used = before === undefined ? 0 : usedOf(balanceAfter(line, before));
  for (const event of events) {
    if (event === undefined) continue;
    const change = useOfEvent(line, event, used);
    used = usedOf(balanceAfter(line, event));
    if (change === undefined) continue;
    const day = days.get(change.day) ?? { milliTpp: 0, debits: 0 };
    day.milliTpp += change.milliTpp;
    day.debits += change.milliTpp > 0 ? 1 : 0;
    days.set(change.day, day);
  }
  return Array.from(days, ([day, use]) => ({ day, ...use }));
}

/** The use of a line as two parts of its history tell it, by day. */
export function addedUses(these: readonly UseDay[], those: readonly UseDay[]): readonly UseDay[] {
  const sums = new Map(these.map((use) => [use.day, use]));
  for (const { day, milliTpp, debits } of those) {
    const known = sums.get(day);
    sums.set(day, { day, milliTpp: milliTpp + (known?.milliTpp ?? 0), debits: debits + (known?.debits ?? 0) });
  }
  return [...sums.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}
