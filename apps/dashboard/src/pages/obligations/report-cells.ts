import { dayOf, grouped } from '../../format.js';

export type Cell = string | number | boolean | null;

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** A cell of a report for people; the CSV has it as it is. */
export function cellText(column: string, value: Cell): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return column === 'year' ? String(value) : grouped(value);
  return instant.test(value) ? dayOf(value) : value;
}

/** Parameters of a report that the address gives; others are left out. */
export function parametersIn(query: URLSearchParams, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = query.get(name)?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}
