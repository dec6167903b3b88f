import { isDay } from './calendar-day.js';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Days since 30 December 1899, as spreadsheets count them, from 1954 on: a smaller number is no date that is meant. */
const serialPattern = /^([2-7]\d{4})(?:\.0+)?$/;
const yearFirst = /^(\d{4})([-/. ]?)(\d{1,2})\2(\d{1,2})$/;
const numbers = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})$/;
const dayAndName = /^(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([a-z]+)[-/., ]+(\d{4}|\d{2})$/i;
const nameAndDay = /^([a-z]+)[-/. ]+(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4}|\d{2})$/i;
const time = /^(.*?)[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * The dates that a text may mean which is none here, as they are written here: `31.03.2025` is 2025-03-31, `03/04/2025` is
 * one of two. For advice only: a date is never guessed.
 */
export function datesMeant(text: string): readonly string[] {
  const trimmed = text.trim();
  const timed = time.exec(trimmed);
  if (timed) {
    const [, date = '', hour = '', minute = '', second = '00', zone = 'Z'] = timed;
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return [];
    const offset = zone.toUpperCase() === 'Z' ? 'Z' : zone.replace(/^(...):?/, '$1:');
    return daysMeant(date.trim()).map((day) => `${day}T${hour.padStart(2, '0')}:${minute}:${second}${offset}`);
  }
  return daysMeant(trimmed);
}

function daysMeant(text: string): readonly string[] {
  const serial = serialPattern.exec(text);
  if (serial) return [new Date(Date.UTC(1899, 11, 30 + Number(serial[1]))).toISOString().slice(0, 10)];
  const iso = yearFirst.exec(text);
  if (iso) return days([[iso[1], iso[3], iso[4]]]);
  const numeric = numbers.exec(text);
  if (numeric) {
    const [, first, , second, year] = numeric;
    return days([
      [year, second, first],
      [year, first, second],
    ]);
  }
  const named = dayAndName.exec(text);
  if (named) return days([[named[3], monthOf(named[2]), named[1]]]);
  const american = nameAndDay.exec(text);
  return american ? days([[american[3], monthOf(american[1]), american[2]]]) : [];
}

type Parts = readonly [year: string | undefined, month: string | undefined, day: string | undefined];

function days(parts: readonly Parts[]): readonly string[] {
  const meant = parts.flatMap(([year = '', month = '', day = '']) => {
    const full = year.length === 2 ? `20${year}` : year;
    if (!isDay(Number(full), Number(month), Number(day))) return [];
    return [`${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`];
  });
  return [...new Set(meant)];
}

/** `sep`, `Sept` and `September` are 9. */
function monthOf(name = ''): string {
  const index = months.indexOf(name.slice(0, 3).toLowerCase());
  return index < 0 ? '' : String(index + 1);
}
