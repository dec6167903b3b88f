import type { LineBalance } from '#ledger';
import type { LineDay } from '#projections';
import { balanceBody, type BalanceBody } from '../reservations/line-balance.js';

export type Interval = 'day' | 'week' | 'month';

/** The amounts at the end of an interval. `date` is its last day, or the end of the range. */
export interface HistoryPoint extends BalanceBody {
  readonly date: string;
}

const dayMs = 86_400_000;

/**
 * One point for each day, week (Monday to Sunday) or month of the range, carried on over intervals without events.
 * @param days those with events, in order, and the last one before the range if there is one
 * @param before the amounts on a day before the first event
 */
export function historyPoints(
  range: { readonly from: string; readonly to: string; readonly interval: Interval },
  days: readonly LineDay[],
  before: (day: string) => LineBalance,
): HistoryPoint[] {
  const points: HistoryPoint[] = [];
  let next = 0;
  let balance: LineBalance | undefined;
  for (let ms = msOf(range.from); ms <= msOf(range.to); ms += dayMs) {
    const day = dayOf(ms);
    for (let at = days[next]; at !== undefined && at.day <= day; at = days[next]) {
      balance = at.balance;
      next += 1;
    }
    if (day === range.to || isLastOf(range.interval, ms))
      points.push({ date: day, ...balanceBody(balance ?? before(day)) });
  }
  return points;
}

export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export function msOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function isLastOf(interval: Interval, ms: number): boolean {
  const nextDay = new Date(ms + dayMs);
  switch (interval) {
    case 'day':
      return true;
    case 'week':
      return nextDay.getUTCDay() === 1;
    case 'month':
      return nextDay.getUTCDate() === 1;
  }
}
