import { UsageError } from '../../exit-code.js';
import type { Row } from '../row-action.js';

/** The rows of a file, by the columns of its header. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Rows that have more or fewer cells than there are columns: nobody can say which cell is which. */
  readonly ragged: readonly (Omit<Row, 'cells'> & { readonly detail: string })[];
}

/** A row as it stands in the file, the header among them. */
export interface TableRecord {
  readonly line: number;
  readonly row: number;
  readonly cells: readonly string[];
}

/**
 * The table of a file. A row without any text is no row, and a column without name and text is no column:
 * spreadsheets write both where cells were once used.
 * @param file for messages
 * @throws UsageError that names the file and the column if the header names a column twice, or text stands in a column without
 *   a name.
 */
export function tableOf([header, ...records]: readonly TableRecord[], file: string): Table {
  const named = (header?.cells ?? []).map((name) => name.trim());
  const columns = named.filter((name) => name !== '');
  if (columns.length === 0) throw new UsageError(`${file} has no header line with the names of its columns.`);
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`${file} has the column "${twice}" twice: rename or remove one of them.`);
  const rows: Row[] = [];
  const ragged: Table['ragged'][number][] = [];
  for (const { line, row, cells } of records) {
    if (cells.every(isEmpty)) continue;
    const isWhole = cells.length === named.length || (cells.length > named.length && cells.slice(named.length).every(isEmpty));
    if (!isWhole) {
      const detail = `The row has ${cells.length} cells, the header ${named.length}: is a quote or a comma missing, or a comma in a number?`;
      ragged.push({ line, row, detail });
      continue;
    }
    const nameless = cells.findIndex((cell, index) => named[index] === '' && !isEmpty(cell));
    if (nameless >= 0) {
      const advice = 'name the column in the header or empty it';
      throw new UsageError(`Column ${nameless + 1} of ${file} has no name, but text in line ${line}: ${advice}.`);
    }
    const cellsByName = named.flatMap((name, index) => (name === '' ? [] : [[name, cells[index] ?? ''] as const]));
    rows.push({ line, row, cells: Object.fromEntries(cellsByName) });
  }
  return { columns, rows, ragged };
}

/** @throws UsageError that names the file and what is missing or unknown. */
export function checkColumns(file: string, columns: readonly string[], needed: readonly string[], known?: readonly string[]): void {
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new UsageError(`${file} lacks the column${missing.length > 1 ? 's' : ''} ${listed(missing)}. It has ${listed(columns)}.`);
  }
  const unknown = known === undefined ? [] : columns.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UsageError(`${file} has the unknown column${unknown.length > 1 ? 's' : ''} ${listed(unknown)}. Known are ${listed(known ?? [])}.`);
  }
}

const isEmpty = (cell: string): boolean => cell.trim() === '';

const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
