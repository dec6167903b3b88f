import { UsageError } from '../../exit-code.js';
import { readBytes } from './file-bytes.js';
import { asWritten } from '../cells/number-readings.js';
import { tableOf, type Table } from './table.js';

type Cell = string | number | boolean | Date | null;

/**
 * Reads the first sheet of an Excel file (.xlsx, header in the first row). A formula counts with its last value.
 * @throws UsageError that names the file if it cannot be read or is no such file.
 */
export async function readXlsxFile(file: string): Promise<Table> {
  const bytes = await readBytes(file);
  const rows = await sheetOf(bytes, file);
  return tableOf(rows.map((cells, index) => ({ line: index + 1, row: index + 1, cells: cells.map(textOf) })), file);
}

async function sheetOf(bytes: Buffer, file: string): Promise<readonly (readonly Cell[])[]> {
  // Loaded only for these files.
  const { readSheet } = await import('read-excel-file/node');
  try {
    return (await readSheet(bytes, { trim: false })) as Cell[][];
  } catch (error) {
    throw new UsageError(`${file} is no Excel file (.xlsx) that can be read: ${(error as Error).message}`);
  }
}

/** A cell as it is written in a CSV file. A number of a sheet is a number: it is written so that it can be read in one way only. */
function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return asWritten(String(cell));
  if (cell instanceof Date) return timeOf(cell);
  return String(cell);
}

/** Sheets count days, and a time of the day is a fraction of one: exact to the second. */
function timeOf(date: Date): string {
  const time = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString();
  return time.replace(/T00:00:00\.000Z$/, '').replace('.000Z', 'Z');
}
