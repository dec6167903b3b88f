/** Fewer debits than this in the window say nothing about the future. */
export const debitsMin = 10;

/** Days until exhaustion within which the alert is raised, and beyond which it is closed. */
const raisedWithinDays = 90;
const closedBeyondDays = 100;

/** What is expected of a line at one of its events. */
export interface Outlook {
  /** Exhaustion is expected within 90 days and before the period's end. */
  readonly raises: boolean;
  /** It is not, nor within 100 days. */
  readonly closes: boolean;
}

/**
 * Whole days from today until what is left is used up at a rate: 0 where nothing is left, `Infinity` where nothing is used.
 * @param milliTppPerDay the burn rate
 */
export function daysUntil(leftMilliTpp: number, milliTppPerDay: number): number {
  if (leftMilliTpp <= 0) return 0;
  return milliTppPerDay > 0 ? Math.ceil(leftMilliTpp / milliTppPerDay) : Infinity;
}

/** What a `forecast` alert goes by. Without a forecast nothing is expected: an open alert closes. */
export function outlookOf(daysLeft: number | undefined, daysToPeriodEnd: number): Outlook {
  const isInPeriod = daysLeft !== undefined && daysLeft <= daysToPeriodEnd;
  return {
    raises: isInPeriod && daysLeft <= raisedWithinDays,
    closes: !isInPeriod || daysLeft > closedBeyondDays,
  };
}
