import type { CountryView } from './api/answers.js';
import { dayOf } from './format.js';

type ExpectedDay = NonNullable<NonNullable<CountryView['forecast']>['exhaustedOn']>;

const dayMs = 86_400_000;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** A wider interval is told in months: its days would say more than is known. */
const inDaysMax = 120;

const parts = (day: string) => ({ day: Number(day.slice(8, 10)), month: months[Number(day.slice(5, 7)) - 1] ?? '', year: day.slice(0, 4) });

/** As `intervalText`, without a year that goes without saying: "11 Dec – 2 Jan". */
export function shortIntervalText(day: Pick<ExpectedDay, 'from' | 'to'>, nowMs: number): string {
  const text = intervalText(day);
  const isSoon = Date.parse(day.to ?? '9999-12-31') - nowMs < 300 * dayMs;
  return isSoon ? text.replace(/ \d{4}$/, '') : text;
}

/** "11 Dec – 2 Jan 2027", "Mar – Jul 2027", "from 12 Jan 2027". */
export function intervalText({ from, to }: Pick<ExpectedDay, 'from' | 'to'>): string {
  if (to === null) return `from ${dayOf(from)}`;
  if (from === to) return dayOf(from);
  const [first, last] = [parts(from), parts(to)];
  // Within a year of each other the last year says it.
  const year = Date.parse(to) - Date.parse(from) < 300 * dayMs ? '' : ` ${first.year}`;
  if ((Date.parse(to) - Date.parse(from)) / dayMs > inDaysMax) return `${first.month}${year} – ${last.month} ${last.year}`;
  return `${first.day} ${first.month}${year} – ${last.day} ${last.month} ${last.year}`;
}

/** "between 11 Dec 2026 and 2 Jan 2027", "after 12 Jan 2027". */
export function betweenText({ from, to }: Pick<ExpectedDay, 'from' | 'to'>): string {
  if (to === null) return `after ${dayOf(from)}`;
  return from === to ? `on ${dayOf(from)}` : `between ${dayOf(from)} and ${dayOf(to)}`;
}

/** "7 weeks", "10 months": how long from one day to another, roughly. */
export function spanText(fromDay: string, toDay: string): string {
  const days = Math.round((Date.parse(toDay) - Date.parse(fromDay)) / dayMs);
  if (days < 14) return `${days} ${days === 1 ? 'day' : 'days'}`;
  return days < 100 ? `${Math.round(days / 7)} weeks` : `${Math.round(days / 30.4)} months`;
}

/** Why a view has no day on which it runs out: said by its figures. */
export function noDayText({ allocation, available, lastEventAt, burnPerDay, status }: CountryView, daysToEnd: number): string {
  if (allocation === null) return 'no cap';
  if (status === 'no-allocation' || allocation === 0) return 'no allocation';
  if (lastEventAt === null) return 'not used';
  const rate = burnPerDay?.d90 ?? 0;
  return rate > 0 && (available ?? 0) / rate <= daysToEnd ? 'no forecast yet' : 'not before the end';
}

/** The last day of the quota period. */
export const periodEnd = '2027-12-31';

/** Whole days from a moment (milliseconds) to the end of the period. */
export function daysToPeriodEnd(ms: number): number {
  return Math.round((Date.parse(periodEnd) - Math.floor(ms / dayMs) * dayMs) / dayMs);
}
