import { deadlineMs } from '../dates/calendar-days.js';
import { isCountry } from '../countries/countries.js';
import { instantMs } from '../dates/instant.js';
import { isTpp } from '../milli-tpp.js';
import { memberOf, type Problems } from './problems.js';

/** Looks at the value at `pointer` and records what is wrong with it. */
export type Check = (value: unknown, pointer: string, problems: Problems) => void;

/** An object with all `required` members, some `optional` ones and no other. */
export function object(
  required: Readonly<Record<string, Check>>,
  optional: Readonly<Record<string, Check>> = {},
): Check {
  return (value, pointer, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.add(pointer, `must be an object, not ${shown(value)}`);
      return;
    }
    const members = value as Readonly<Record<string, unknown>>;
    for (const [name, check] of Object.entries(required)) {
      if (Object.hasOwn(members, name)) check(members[name], memberOf(pointer, name), problems);
      else problems.add(memberOf(pointer, name), 'is missing');
    }
    for (const name of Object.keys(members)) {
      if (problems.areFull) return;
      if (Object.hasOwn(required, name)) continue;
      const check = Object.hasOwn(optional, name) ? optional[name] : undefined;
      if (check === undefined) problems.add(memberOf(pointer, name), 'is not known here: remove it');
      else check(members[name], memberOf(pointer, name), problems);
    }
  };
}

/** An object whose members have names of this form and values of one kind. */
export function record(names: RegExp, each: Check): Check {
  return (value, pointer, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.add(pointer, `must be an object, not ${shown(value)}`);
      return;
    }
    for (const [name, member] of Object.entries(value)) {
      if (problems.areFull) return;
      if (names.test(name)) each(member, memberOf(pointer, name), problems);
      else problems.add(memberOf(pointer, name), `must have a name of the form ${names.source}`);
    }
  };
}

/** An array of at most `max` entries. */
export function list(each: Check, max = 10_000): Check {
  return (value, pointer, problems) => {
    if (!Array.isArray(value)) {
      problems.add(pointer, `must be an array, not ${shown(value)}`);
      return;
    }
    if (value.length > max) {
      problems.add(pointer, `must have at most ${max} entries, not ${value.length}`);
      return;
    }
    for (const [index, entry] of value.entries()) {
      if (problems.areFull) return;
      each(entry, memberOf(pointer, index), problems);
    }
  };
}

/** A text of 1 to 2,000 characters, of the form `pattern` if given; `form` says so in words. */
export function text(form = 'a text of 1 to 2,000 characters', pattern = /^/): Check {
  return must(form, (value) => isText(value) && pattern.test(value));
}

/** A number with at most three decimals from `min` to `max`. */
export function decimal(unit: string, min = 0, max = Number.MAX_SAFE_INTEGER / 1000): Check {
  return must(
    `a number of ${unit} from ${min} to ${max} with at most three decimals`,
    (value) => typeof value === 'number' && isTpp(value) && value >= min && value <= max,
  );
}

export function wholeNumber(unit: string, min: number, max: number): Check {
  return must(
    `a whole number of ${unit} from ${min} to ${max}`,
    (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
  );
}

export const share = must(
  'a share of the cap from 0 to 1',
  (value) => typeof value === 'number' && value >= 0 && value <= 1,
);

export const positive = must(
  'a number above 0',
  (value) => typeof value === 'number' && value > 0 && Number.isFinite(value),
);

export function above0To(max: number, unit: string): Check {
  return must(`a number of ${unit} above 0, up to ${max}`, (value) => typeof value === 'number' && value > 0 && value <= max);
}

export const flag = must('true or false', (value) => typeof value === 'boolean');

export const instant = must(
  'an RFC 3339 date-time such as 2025-01-01T00:00:00Z',
  (value) => typeof value === 'string' && instantMs(value) !== undefined,
);

export const deadline = must(
  'a day such as 2026-01-15, which counts to its end, or an RFC 3339 date-time',
  (value) => typeof value === 'string' && deadlineMs(value) !== undefined,
);

export const day = must(
  'a day such as 2026-01-15, which counts to its end',
  (value) => typeof value === 'string' && !value.includes('T') && deadlineMs(value) !== undefined,
);

export const country = must(
  'an ISO 3166-1 alpha-2 code in upper case',
  (value) => typeof value === 'string' && isCountry(value),
);

export function oneOf(values: readonly string[]): Check {
  return must(`one of ${values.join(', ')}`, (value) => typeof value === 'string' && values.includes(value));
}

export function nullOr(check: Check): Check {
  return (value, pointer, problems) => {
    if (value !== null) check(value, pointer, problems);
  };
}

function must(form: string, holds: (value: unknown) => boolean): Check {
  return (value, pointer, problems) => {
    if (!holds(value)) problems.add(pointer, `must be ${form}, not ${shown(value)}`);
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 2000 && value.isWellFormed();
}

/** The value as a message shows it: JSON, cut short. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 60)}...` : json;
}
