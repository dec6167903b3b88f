import { readFile, stat } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';
import { UsageError } from '../exit-code.js';
import type { Row } from './row-action.js';

const bytesMax = 256 * 1024 * 1024;

export interface CsvFile {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Rows that have more or fewer cells than there are columns: nobody can say which cell is which. */
  readonly ragged: readonly { readonly line: number; readonly detail: string }[];
}

/**
 * Reads a CSV file (UTF-8, with or without byte order mark, header in the first line). Blank lines are no rows.
 * @throws UsageError that names the file (and the line) if it cannot be read, is not UTF-8 or not CSV.
 */
export async function readCsvFile(file: string): Promise<CsvFile> {
  return parseCsv(await readText(file), file);
}

/** The same for text that was read already; `file` is for messages. */
export function parseCsv(text: string, file: string): CsvFile {
  const records = parseRecords(text, file);
  const columns = (records[0]?.cells ?? []).map((name) => name.trim());
  if (columns.every((name) => name === '')) throw new UsageError(`${file} has no header line with the names of its columns.`);
  const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`${file} has the column "${twice}" twice: rename or remove one of them.`);
  const rows: Row[] = [];
  const ragged: { line: number; detail: string }[] = [];
  for (const { line, cells } of records.slice(1)) {
    if (cells.length === columns.length) {
      rows.push({ line, cells: Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])) });
    } else if (cells.length > 1 || cells[0]?.trim() !== '') {
      ragged.push({ line, detail: `The row has ${cells.length} cells, the header ${columns.length}: is a quote or a comma missing?` });
    }
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

async function readText(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > bytesMax) throw new UsageError(`${file} is larger than ${bytesMax / 1024 / 1024} MiB: split it.`);
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`Cannot read ${file}: ${(error as Error).message}.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8 text: save it as "CSV UTF-8".`);
  }
}

/** Lines are counted from the text itself: csv-parse counts a line end of two characters inside a cell twice. */
function parseRecords(text: string, file: string): readonly { readonly line: number; readonly cells: readonly string[] }[] {
  try {
    const records = parse(text, {
      bom: true,
      raw: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as readonly { readonly raw: string; readonly record: readonly string[] }[];
    let line = 1;
    return records.map(({ raw, record }) => {
      const first = line;
      line += raw.match(/\r\n|\n|\r/g)?.length ?? 0;
      return { line: first, cells: record };
    });
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`${file} is no CSV file: ${error.message}.`);
    throw error;
  }
}

const listed = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
