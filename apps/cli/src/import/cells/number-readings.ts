import { parseDecimal, type Decimal } from './decimal.js';

/** Marks that group digits in some country: blanks of several widths, apostrophes, and the two that others make decimals with. */
const groupMarks = ['.', ',', ' ', '\u00a0', '\u2009', '\u202f', "'", '\u2019', '_'] as const;
const decimalMarks = ['.', ','] as const;

const anyMark = (marks: readonly string[]): string => marks.map((mark) => (mark === '.' ? '\\.' : mark)).join('|');

/** Groups of three digits after one to three; the last group may have a decimal part. */
const groupedPattern = new RegExp(`^([1-9]\\d{0,2}(?:(${anyMark(groupMarks)})\\d{3})(?:\\2\\d{3})*)(?:(${anyMark(decimalMarks)})(\\d+))?$`);
/** `1,00,000`, as in India. */
const indianPattern = /^([1-9]\d?(?:(,)\d{2})+,\d{3})(?:(\.)(\d+))?$/;
const commaPattern = /^(\d+),(\d+(?:e[+-]?\d{1,3})?)$/i;

/** What a text says as a number: exactly one value, or what it may mean where people write numbers otherwise. */
export type NumberRead = { readonly value: Decimal } | { readonly readings: readonly string[] };

/**
 * Reads a number as it is written here: digits, a decimal point, an exponent. A number that can be read in two ways
 * (`1.000` is one, or a thousand) has no value; neither has one that is written otherwise (`1 000`).
 */
export function readNumber(text: string): NumberRead {
  const trimmed = text.trim();
  const value = parseDecimal(trimmed);
  const otherwise = otherReadings(trimmed);
  if (value !== undefined && otherwise.length === 0) return { value };
  return { readings: [...new Set(value === undefined ? otherwise : [asWritten(trimmed), ...otherwise])] };
}

/** `quantity "1.000" can be read in two ways: write 1 or 1000.`; undefined where no reading is known. */
export function adviceOn(readings: readonly string[]): string | undefined {
  if (readings.length === 0) return undefined;
  if (readings.length === 1) return `is written otherwise here: write ${readings[0] ?? ''}.`;
  return `can be read in two ways: write ${readings.join(' or ')}.`;
}

function otherReadings(text: string): readonly string[] {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const unsigned = text.slice(sign.length);
  const readings: string[] = [];
  const comma = commaPattern.exec(unsigned);
  if (comma) readings.push(`${comma[1] ?? ''}.${comma[2] ?? ''}`);
  const grouped = groupedPattern.exec(unsigned) ?? indianPattern.exec(unsigned);
  if (grouped) {
    const [, whole = '', groupMark = '', decimalMark, fraction] = grouped;
    const digits = whole.replace(/\D/g, '');
    // "1.000.5" and "1,000,5" are no numbers anywhere.
    if (decimalMark === undefined) readings.push(digits);
    else if (decimalMark !== groupMark && fraction !== undefined) readings.push(`${digits}.${fraction}`);
  }
  return readings.map((reading) => `${sign === '-' ? '-' : ''}${asWritten(reading)}`);
}

/** A number so that it can be read in one way only. */
export function asWritten(text: string): string {
  const short = /^[+-]?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '') : text;
  return groupedPattern.test(short.replace(/^[+-]/, '')) ? `${short}0` : short;
}
