import { dutyPeriods, type DueRule } from '#rulebook';

/**
 * The reporting dates that are over at `nowMs` (milliseconds since 1970), as UTC days `YYYY-MM-DD` in order: a day is
 * measured at its end. Empty for a line whose shares are not measured on days of the year (15 CFR Part 748, Supplement
 * No. 10, paragraph 6).
 * @param since the UTC day of the line's first event
 */
export function reportingDates(measured: DueRule | undefined, since: string, nowMs: number): readonly string[] {
  if (measured?.when !== 'yearly') return [];
  const dates = Array.from(dutyPeriods(measured, Date.parse(since), nowMs), ({ dueMs }) => dayOf(dueMs));
  return dates.filter((day) => day < dayOf(nowMs));
}

/** The UTC day of a moment (milliseconds since 1970), `YYYY-MM-DD`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
