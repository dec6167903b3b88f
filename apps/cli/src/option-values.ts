import { InvalidArgumentError, Option, type Command } from 'commander';
import { instantMs } from '#rulebook';

const dayForm = /^\d{4}-\d{2}-\d{2}$/;

/** A day, which is its midnight UTC, or an RFC 3339 time: what every option that names a time takes. @returns RFC 3339 in UTC */
export function instant(text: string): string {
  const ms = instantMs(dayForm.test(text) ? `${text}T00:00:00Z` : text);
  if (ms !== undefined) return new Date(ms).toISOString();
  throw new InvalidArgumentError('Write a day as 2026-06-30 (its midnight UTC) or a time as 2026-06-30T14:00:00Z.');
}

/** A position of the log. */
export function position(text: string): string {
  if (/^(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text))) return text;
  throw new InvalidArgumentError('A position is a whole number of 0 or more.');
}

/** @returns reads a whole number in plain digits from `min` to `max` */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    if (/^\d{1,16}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
    throw new InvalidArgumentError(`Write a whole number from ${min} to ${max} in plain digits.`);
  };
}

/** A country's code, in capitals or not. */
export function countryCode(text: string): string {
  if (/^[A-Za-z]{2}$/.test(text)) return text.toUpperCase();
  throw new InvalidArgumentError('Write the ISO 3166-1 alpha-2 code of a country, as AE.');
}

type Collect<Value> = (text: string, before?: readonly Value[]) => readonly Value[];

const repeatable = new WeakSet<object>();

/** For an option that may be given several times: gathers what `read` makes of each. */
export function collecting<Value>(read: (text: string) => Value): Collect<Value> {
  const collect: Collect<Value> = (text, before = []) => [...before, read(text)];
  repeatable.add(collect);
  return collect;
}

/** The texts of an option that may be given several times. */
export const collect = collecting((text) => text);

/** `--as-of` and `--at-position`: an earlier point of the log. */
export function withPointInTime(command: Command): Command {
  return command
    .addOption(new Option('--as-of <time>', 'as it was at this day (its midnight UTC) or RFC 3339 time').argParser(instant).conflicts('atPosition'))
    .addOption(new Option('--at-position <position>', 'as it was right after the event at this position of the log').argParser(position));
}

/** An option that is given twice means two things: all commands below `command` refuse it, except where it may be repeated. */
export function refuseRepeatedOptions(command: Command): void {
  for (const option of command.options) {
    const parse = option.parseArg;
    if (!option.required || (parse !== undefined && repeatable.has(parse))) continue;
    let isGiven = false;
    option.argParser((text: string, before: unknown) => {
      if (isGiven) throw new InvalidArgumentError('It is given twice: give it once.');
      isGiven = true;
      return parse === undefined ? text : parse(text, before);
    });
  }
  command.commands.forEach(refuseRepeatedOptions);
}
