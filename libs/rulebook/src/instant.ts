const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;

/** The moment that an RFC 3339 date-time names, in milliseconds since 1970, UTC; undefined if it names none. */
export function instantMs(text: string): number | undefined {
  const [, year, month, day] = rfc3339.exec(text) ?? [];
  if (day === undefined) return undefined;
  // Date.parse takes 30 February for 2 March.
  const daysInMonth = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (Number(day) > daysInMonth) return undefined;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : atMs;
}
