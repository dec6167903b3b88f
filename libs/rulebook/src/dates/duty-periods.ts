import { endOfDay } from './calendar-days.js';
import type { RecurringDue } from '../document/route-settings.js';

const yearsMax = 200;

/** One turn of a duty that comes back: it covers `fromMs` until before `untilMs` and must be done by `dueMs`. */
export interface DutyPeriod {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly dueMs: number;
}

/**
 * The periods of a duty that comes back, in order: from the one that holds `sinceMs` (what first gave rise to it) to the
 * last that has begun at `atMs`; none if that is before, or if either is no date. Milliseconds since 1970, UTC.
 */
export function* dutyPeriods(due: RecurringDue, sinceMs: number, atMs: number): Iterable<DutyPeriod> {
  if (!(Math.abs(sinceMs) <= dateMsMax) || !(atMs <= dateMsMax)) return;
  for (const period of due.when === 'yearly' ? onDates(due, sinceMs) : everyMonths(due.months, sinceMs)) {
    if (period.fromMs > atMs) return;
    yield period;
  }
}

/** The same day so many months later, or the last day of a shorter month. */
export function monthsLater(fromMs: number, months: number): number {
  const from = new Date(fromMs);
  const later = new Date(fromMs);
  later.setUTCMonth(from.getUTCMonth() + months, 1);
  const days = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  return later.setUTCDate(Math.min(from.getUTCDate(), days));
}

/** Where dates end, 273,790 years from now. */
const dateMsMax = 8.64e15;

type YearlyDue = Extract<RecurringDue, { readonly when: 'yearly' }>;

/** A report covers what happened since the one before: up to the day that `upTo` names, else up to its own day. */
function* onDates({ dates, upTo }: YearlyDue, sinceMs: number): Iterable<DutyPeriod> {
  const year = new Date(sinceMs).getUTCFullYear();
  const turns = Array.from({ length: yearsMax }, (_, index) => year - 2 + index)
    .flatMap((each) => dates.map((date, index) => turnOf(each, date, upTo?.[index])))
    .sort((a, b) => a.untilMs - b.untilMs);
  let fromMs = NaN;
  for (const turn of turns) {
    if (sinceMs < turn.untilMs) yield { fromMs, ...turn };
    fromMs = turn.untilMs;
  }
}

function turnOf(year: number, date: string, upTo: string | undefined): { readonly untilMs: number; readonly dueMs: number } {
  const dueMs = Date.parse(`${year}-${date}T23:59:59.999Z`);
  if (upTo === undefined) return { untilMs: dueMs + 1, dueMs };
  return { untilMs: Date.parse(`${upTo <= date ? year : year - 1}-${upTo}T00:00:00.000Z`), dueMs };
}

function* everyMonths(months: number, sinceMs: number): Iterable<DutyPeriod> {
  let fromMs = sinceMs;
  for (let turn = 1; turn <= yearsMax * 12; turn += 1) {
    const untilMs = monthsLater(sinceMs, turn * months);
    yield { fromMs, untilMs, dueMs: endOfDay(untilMs) };
    fromMs = untilMs;
  }
}
