/** Whether there is such a day: JavaScript turns 31 April into 1 May, but a date of a file means what it says. */
export function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
