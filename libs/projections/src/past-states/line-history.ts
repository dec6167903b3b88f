import type { LineBalance } from '#ledger';
import { dayOf, type LineDay } from '../views/lines/lines.js';

type Interval = 'day' | 'week' | 'month';

/** Days as `YYYY-MM-DD`, both inclusive. */
export interface HistoryRange {
  readonly from: string;
  readonly to: string;
  readonly interval: Interval;
}

/** The amounts at the end of an interval. `date` is its last day, or the end of the range. */
export interface HistoryPoint {
  readonly date: string;
  readonly balance: LineBalance;
}

const dayMs = 86_400_000;

/**
 * One point for each day, week (Monday to Sunday) or month of the range, carried on over intervals without events.
 * @param days those with events, in order, and the last one before the range if there is one
 * @param before the amounts on a day before the first event
 */
export function historyPoints(
  { from, to, interval }: HistoryRange,
  days: readonly LineDay[],
  before: (day: string) => LineBalance,
): HistoryPoint[] {
  const points: HistoryPoint[] = [];
  let next = 0;
  let balance: LineBalance | undefined;
  for (let date = lastDayOf(interval, from); ; date = lastDayOf(interval, dayOf(msOf(date) + dayMs))) {
    const day = date < to ? date : to;
    for (let at = days[next]; at !== undefined && at.day <= day; at = days[next]) {
      balance = at.balance;
      next += 1;
    }
    points.push({ date: day, balance: balance ?? before(day) });
    if (day === to) return points;
  }
}

/** How many points a range has, give or take one. */
export function pointsOf({ from, to, interval }: HistoryRange): number {
  return Math.ceil((msOf(to) - msOf(from)) / dayMs / { day: 1, week: 7, month: 28 }[interval]) + 1;
}

/** The begin of a UTC day, in milliseconds since 1970. */
export function msOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The last day of the interval that holds the day. */
function lastDayOf(interval: Interval, day: string): string {
  const date = new Date(msOf(day));
  switch (interval) {
    case 'day':
      return day;
    case 'week':
      return dayOf(date.getTime() + ((7 - date.getUTCDay()) % 7) * dayMs);
    case 'month':
      return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0));
  }
}
