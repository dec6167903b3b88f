import { instantMs } from './instant.js';

const dayMs = 86_400_000;
const dayForm = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Calendar days (UTC) from one moment to another, in milliseconds since 1970: dates are compared, not spans of 24 hours.
 * From 4 February at 23:00 to 1 March at 01:00 they are 25.
 */
export function calendarDaysBetween(fromMs: number, toMs: number): number {
  return Math.floor(toMs / dayMs) - Math.floor(fromMs / dayMs);
}

/** The last moment of the day so many calendar days (UTC) later, or earlier where `days` is negative. */
export function endOfDay(atMs: number, days = 0): number {
  return (Math.floor(atMs / dayMs) + days + 1) * dayMs - 1;
}

/**
 * The last moment, in milliseconds since 1970, at which something is in time that is due by this: a day such as
 * `2026-01-15` counts to its end (UTC), an RFC 3339 date-time is itself that moment. Undefined for anything else.
 */
export function deadlineMs(by: string): number | undefined {
  if (!dayForm.test(by)) return instantMs(by);
  const begin = instantMs(`${by}T00:00:00Z`);
  return begin === undefined ? undefined : endOfDay(begin);
}
