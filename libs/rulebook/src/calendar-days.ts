const dayMs = 86_400_000;

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
