import { tppMax } from '#rulebook';
import { isDay } from './calendar-day.js';
import { countriesCalled, countryCode } from './country-names.js';
import { datesMeant } from './dates-meant.js';
import { nearlyWhole, roundHalfEven } from './decimal.js';
import { adviceOn, readNumber } from './number-readings.js';
import type { Fault } from '../row-action.js';

/** What a cell says, or what is wrong with it. */
export type Read<Value> = { readonly value: Value } | { readonly fault: Fault };

const quantityMax = 1_000_000_000n;

/** A country by its code or name, as its alpha-2 code. */
export function readCountry(column: string, text: string): Read<string> {
  if (text === '') return fault('no-country', `${column} is empty.`);
  const code = countryCode(text);
  if (code !== undefined) return { value: code };
  const called = countriesCalled(text);
  if (called.length === 0) return fault('unknown-country', `${column} ${quoted(text)} is no country that is known: write its ISO code.`);
  return fault('unknown-country', `${column} ${quoted(text)} is the name of more than one country: write ${called.join(' or ')}.`);
}

/** A number of units: a whole number, or one within a millionth of it (spreadsheets write 30000.000000000004). */
export function readQuantity(column: string, text: string): Read<number> {
  if (text === '') return fault('no-quantity', `${column} is empty.`);
  const number = readNumber(text);
  const advice = 'value' in number ? undefined : adviceOn(number.readings);
  if (advice !== undefined) return fault('bad-quantity', `${column} ${quoted(text)} ${advice}`);
  const whole = 'value' in number ? nearlyWhole(number.value) : undefined;
  if (whole === undefined) return fault('bad-quantity', `${column} ${quoted(text)} is no whole number of units.`);
  if (whole < 1n || whole > quantityMax) {
    return fault('bad-quantity', `${column} ${quoted(text)} is not between 1 and ${quantityMax.toLocaleString('en')}.`);
  }
  return { value: Number(whole) };
}

/** An amount of TPP from a number times ten to the power of `exponent`, half-even to thousandths. */
export function readTpp(column: string, text: string, exponent = 0): Read<number> {
  const number = readNumber(text);
  const advice = 'value' in number ? undefined : adviceOn(number.readings);
  if (advice !== undefined) return fault('bad-tpp', `${column} ${quoted(text)} ${advice}`);
  const thousandths = 'value' in number ? roundHalfEven(number.value, exponent + 3) : undefined;
  if (thousandths === undefined || thousandths < 0n || thousandths > BigInt(Number.MAX_SAFE_INTEGER)) {
    return fault('bad-tpp', `${column} ${quoted(text)} is no amount of TPP between 0 and ${tppMax.toLocaleString('en')}.`);
  }
  return { value: Number(thousandths) / 1000 };
}

/**
 * A die area in square millimetres.
 * @param isZeroTaken false for a file that states the whole area: only an applicable one may be 0
 */
export function readDieArea(column: string, text: string, isZeroTaken = true): Read<number> {
  const number = readNumber(text);
  if ('value' in number && number.value.digits > (isZeroTaken ? -1n : 0n)) return { value: Number(text.trim()) };
  const advice = 'value' in number ? undefined : adviceOn(number.readings);
  return fault('bad-die-area', `${column} ${quoted(text)} ${advice ?? `is no area in mm² ${isZeroTaken ? 'of 0 or more' : 'above 0'}.`}`);
}

const day = /^(\d{4})-(\d{2})-(\d{2})$/;
const instant = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/i;

/** A day (its midnight UTC) or an RFC 3339 time, as RFC 3339 in UTC. */
export function readTime(column: string, text: string): Read<string> {
  if (text === '') return fault('no-date', `${column} is empty.`);
  const match = day.exec(text) ?? instant.exec(text);
  const time = new Date(text);
  if (match === null || Number.isNaN(time.getTime()) || !isDay(Number(match[1]), Number(match[2]), Number(match[3]))) {
    return fault('bad-date', `${column} ${quoted(text)} ${dateAdvice(text)}`);
  }
  return { value: time.toISOString() };
}

function dateAdvice(text: string): string {
  const meant = datesMeant(text);
  if (meant.length === 0) return 'is no date: write 2025-03-31 or 2025-03-31T14:00:00Z.';
  if (meant.length === 1) return `is written otherwise here: write ${meant[0] ?? ''}.`;
  return `can be read in two ways: write ${meant.join(' or ')}.`;
}

export function fault(reason: string, detail: string): { readonly fault: Fault } {
  return { fault: { reason, detail } };
}

/** A cell's text for a message: on one line and not longer than a line. */
export function quoted(text: string): string {
  const oneLine = text.replace(/\s+/g, ' ').trim();
  return `"${oneLine.length > 60 ? `${oneLine.slice(0, 57)}...` : oneLine}"`;
}
