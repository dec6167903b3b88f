import type { Chip } from '../../api/answers.js';
import { chooserOf } from '../../asked.js';
import { csvText } from '../../download.js';
import { grouped } from '../../format.js';

export const columns = ['name', 'arithmetic', 'tppPerUnit', 'performanceDensity', 'eccn'] as const;
export type Column = (typeof columns)[number];
export const levels = ['a', 'b', 'c', 'uncontrolled', 'unknown'] as const;

/** What of the catalogue is shown, as the address holds it. */
export interface Asked {
  readonly level: Chip['level'] | 'all';
  readonly kind: 'chip' | 'system' | 'all';
  /** Empty: of all. */
  readonly vendor: string;
  readonly text: string;
  readonly sort: Column;
  readonly down: boolean;
}

/** The filter and order that an address asks for. A value that cannot be counts as left out and is named in `wrong`. */
export function askedIn(query: URLSearchParams, vendors: readonly string[]): { readonly asked: Asked; readonly wrong: readonly string[] } {
  const { oneOf, wrong } = chooserOf(query);
  return {
    asked: {
      level: oneOf('level', ['all', ...levels], 'all'),
      kind: oneOf('kind', ['all', 'chip', 'system'], 'all'),
      vendor: oneOf('vendor', ['', ...vendors], ''),
      text: query.get('q') ?? '',
      sort: oneOf('sort', columns, 'tppPerUnit'),
      down: oneOf('order', ['up', 'down'], 'down') === 'down',
    },
    wrong,
  };
}

/** The chips asked for, in the order asked for. What is not known comes last. */
export function rowsOf(chips: readonly Chip[], { level, kind, vendor, text, sort, down }: Asked): readonly Chip[] {
  const words = text.trim().toLowerCase();
  const shown = chips.filter(
    (chip) =>
      (level === 'all' || chip.level === level) &&
      (kind === 'all' || chip.kind === kind) &&
      (vendor === '' || chip.vendor === vendor) &&
      `${chip.vendor ?? ''} ${chip.name ?? ''} ${chip.id ?? ''} ${chip.eccn}`.toLowerCase().includes(words),
  );
  const sign = down ? -1 : 1;
  return shown.sort((a, b) => compared(valueOf(a, sort), valueOf(b, sort), sign) || nameOf(a).localeCompare(nameOf(b)));
}

function compared(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return sign * (typeof a === 'string' ? a.localeCompare(String(b)) : a - Number(b));
}

function valueOf(chip: Chip, column: Column): string | number | null {
  if (column === 'name') return nameOf(chip);
  return column === 'arithmetic' ? chip.denseTops : chip[column];
}

/** "NVIDIA H100 SXM5". */
export function nameOf({ vendor, name }: Chip): string {
  return `${vendor ?? ''} ${name ?? ''}`.trim();
}

/** How its TPP comes about, in one line: dense TOPS times bit length, or the sum of the parts. */
export function sumOf({ denseTops, bitLength, format, parts }: Chip): string {
  if (denseTops !== null && bitLength !== null) return `${grouped(denseTops)} × ${bitLength} bit${format === null ? '' : `, ${format}`}`;
  return parts.map(({ chip, quantity }) => `${grouped(quantity)} × ${chip}`).join(' + ');
}

export const levelTexts: Readonly<Record<Chip['level'], string>> = {
  a: 'Level a',
  b: 'Level b',
  c: 'Level c',
  uncontrolled: 'Not controlled',
  unknown: 'Not known',
};

const members = [
  ...['id', 'vendor', 'name', 'kind', 'format', 'denseTops', 'bitLength', 'tppPerUnit', 'dieAreaMm2', 'performanceDensity', 'eccn', 'paragraph', 'level'],
] as readonly Extract<keyof Chip, 'id' | 'tppPerUnit'>[];

/** Every figure of each chip, and its arithmetic as one text. */
export function csvOf(chips: readonly Chip[]): string {
  const rows = chips.map((chip) => [...members.map((member) => chip[member]), String(chip.datacenter), chip.arithmetic.map(({ text }) => text).join(' ')]);
  return csvText([...members, 'datacenter', 'arithmetic'], rows);
}
