const date = /(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/;
const time = /(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?/;
const offset = /(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)/;
const pattern = new RegExp(`^${date.source}T${time.source}${offset.source}$`);

/**
 * Milliseconds since 1970 of an RFC 3339 time in the years 1900 to 9999; undefined for anything else. Leap seconds
 * and the 30th of February are no times.
 */
export function instantMs(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  if (year < 1900 || Number(match[3]) > daysInMonth(year, Number(match[2]))) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The moment, in milliseconds since 1970, for people. Dates end 273,790 years from now; a number does not. */
export function shownInstant(ms: number): string {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : `${ms} ms since 1970`;
}
