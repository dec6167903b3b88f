import type { LineBalance } from '#ledger';
import { dayNumber, dayOfNumber, daysUntil, debitsMin, usedOf, windowDays, windowUpTo, type UseDay } from '../views/daily-use/daily-use.js';
import { blockDays, daysToReach, draws, seed } from './block-bootstrap.js';

/** Days as `YYYY-MM-DD`. Eight of ten futures are between `from` and `to`; `to` null: later than the period. */
export interface ExpectedDay {
  readonly from: string;
  readonly expected: string;
  readonly to: string | null;
}

export type NoForecast = 'no-cap' | 'not-used' | 'too-few-events' | 'not-in-period';

/** When a line will have used its cap up. */
export interface Forecast {
  /** The UTC day that it was made for. */
  readonly asOf: string;
  readonly method: string;
  readonly windowDays: number;
  /** Mean use of a day, in thousandths of TPP. */
  readonly burnMilliTpp: { readonly d30: number; readonly d90: number };
  /** Used share of the cap by elapsed share of the period: 1 is even use. Null without a cap, and before the period. */
  readonly pace: number | null;
  readonly criticalOn: ExpectedDay | null;
  readonly exhaustedOn: ExpectedDay | null;
  /** Why `exhaustedOn` is null. */
  readonly reason: NoForecast | null;
}

/** A line on a day, as far as its future follows from it. */
export interface ForecastInput {
  readonly balance: LineBalance;
  /** Whether anything was ever recorded on the line, and it is not closed. */
  readonly isInUse: boolean;
  /** At least the days of the window that have a change, in order. */
  readonly uses: readonly UseDay[];
  /** `YYYY-MM-DD`, as are the first and the last day on which the cap may be used. */
  readonly today: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** Share of the cap from which a line is critical. */
  readonly critical: number;
  /** RFC 3339. */
  readonly criticalSince: string | null;
  readonly exhaustedSince: string | null;
}

const method =
  `mean daily use of the last ${windowDays} days; 80 % interval by block bootstrap of these days ` +
  `(${draws} draws, blocks of ${blockDays} days, seed ${seed})`;

/**
 * What is to be expected of a line: the day on which the rest of its cap is used up at the mean rate of the last 90 days, with an 80 %
 * interval. What has come already has the day on which it came.
 */
export function forecastOf(input: ForecastInput): Forecast {
  const { balance, uses, today } = input;
  const last = dayNumber(today);
  const { days, debits } = windowUpTo(last, uses);
  const mean = (count: number): number => days.slice(-count).reduce((sum, each) => sum + each, 0) / count;
  const told = { asOf: today, method, windowDays, burnMilliTpp: { d30: mean(30), d90: mean(windowDays) }, pace: paceOf(input) };
  const none = (reason: NoForecast, criticalOn: ExpectedDay | null = null): Forecast => ({ ...told, criticalOn, exhaustedOn: null, reason });

  const { allocation } = balance;
  if (allocation === null || allocation === 0) return none('no-cap');
  if (!input.isInUse) return none('not-used');
  const critical = input.criticalSince === null ? undefined : on(input.criticalSince);
  if (input.exhaustedSince !== null) {
    const since = on(input.exhaustedSince);
    return { ...told, criticalOn: critical ?? since, exhaustedOn: since, reason: null };
  }
  if (debits < debitsMin) return none('too-few-events', critical);
  const left = allocation - usedOf(balance);
  const toCritical = Math.ceil(input.critical * allocation) - usedOf(balance);
  const horizon = dayNumber(input.lastDay) - last;
  const [criticalIn, exhaustedIn] = daysToReach(days, [Math.max(1, toCritical), Math.max(1, left)], horizon);
  const dayAt = (amount: number, interval: typeof criticalIn): ExpectedDay | null => {
    const expected = daysUntil(amount, told.burnMilliTpp.d90);
    if (interval === undefined || expected > horizon) return null;
    const to = Math.max(interval.high, expected);
    return {
      from: dayOfNumber(last + Math.min(interval.low, expected)),
      expected: dayOfNumber(last + expected),
      to: to > horizon ? null : dayOfNumber(last + to),
    };
  };
  const criticalOn = critical ?? dayAt(toCritical, criticalIn);
  const exhaustedOn = dayAt(left, exhaustedIn);
  return exhaustedOn === null ? none('not-in-period', criticalOn) : { ...told, criticalOn, exhaustedOn, reason: null };
}

function on(since: string): ExpectedDay {
  const day = since.slice(0, 10);
  return { from: day, expected: day, to: day };
}

function paceOf({ balance, today, firstDay, lastDay }: ForecastInput): number | null {
  const { allocation } = balance;
  const elapsed = Math.min(dayNumber(today), dayNumber(lastDay)) - dayNumber(firstDay) + 1;
  if (allocation === null || allocation === 0 || elapsed <= 0) return null;
  return usedOf(balance) / allocation / (elapsed / (dayNumber(lastDay) - dayNumber(firstDay) + 1));
}
