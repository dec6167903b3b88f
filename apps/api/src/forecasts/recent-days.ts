import { available } from '#ledger';
import { dayNumber, dayOfNumber, historyPoints, msOf, windowDays, type LineDay } from '#projections';
import { lineOfCountry, noTpp, type CompiledRulebook } from '#rulebook';
import type { Body } from '#wire';

export type Recent = NonNullable<Body<'CountryView'>['recent']>;

/** The first of the 90 days that end with this one. */
export function firstRecentDay(today: string): string {
  return dayOfNumber(dayNumber(today) - windowDays + 1);
}

/**
 * What was left of a country's cap at the end of each of 90 days.
 * @param days those of the line with events, in order, and the last one before
 * @param leftToday TPP, at the moment asked about
 */
export function recentDays(country: string, today: string, days: readonly LineDay[], leftToday: number | null, rulebook: CompiledRulebook): Recent {
  const from = firstRecentDay(today);
  const untouched = (day: string) => ({ allocation: rulebook.allocationOf(country, Math.max(msOf(day), rulebook.period.startMs)), exported: noTpp, reserved: noTpp });
  const left = historyPoints({ from, to: today, interval: 'day' }, days, untouched).map(({ balance }) => available(balance));
  return { from, available: [...left.slice(0, -1).map((milliTpp) => (milliTpp === null ? null : milliTpp / 1000)), leftToday] };
}

/** What the views are asked for. */
export function recentQuestion(countries: readonly string[], today: string) {
  return { lines: countries.map(lineOfCountry), from: firstRecentDay(today), to: today };
}
