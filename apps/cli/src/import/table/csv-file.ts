import { CsvError, parse } from 'csv-parse/sync';
import { UsageError } from '../../exit-code.js';
import { readBytes } from './file-bytes.js';
import { tableOf, type Table, type TableRecord } from './table.js';

/**
 * Reads a CSV file (UTF-8, with or without byte order mark, header in the first line).
 * @throws UsageError that names the file (and the line) if it cannot be read, is not UTF-8 or not CSV.
 */
export async function readCsvFile(file: string): Promise<Table> {
  return parseCsv(await readText(file), file);
}

/** The same for text that was read already; `file` is for messages. */
export function parseCsv(text: string, file: string): Table {
  refuseOtherSeparator(text, file);
  return tableOf(parseRecords(text, file), file);
}

/** A header without commas that other separators would cut. */
function refuseOtherSeparator(text: string, file: string): void {
  const [header = ''] = text.split(/[\r\n]/, 1);
  const [separator, name] = header.includes(';') ? [';', 'semicolons'] : ['\t', 'tabs'];
  if (header.includes(',') || !header.includes(separator)) return;
  throw new UsageError(
    `${file} is separated by ${name}: separate the cells by commas (in a spreadsheet save it as "CSV UTF-8 (comma delimited)" ` +
      'with English number formats, or import the .xlsx file itself).',
  );
}

async function readText(file: string): Promise<string> {
  const bytes = await readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8 text: save it as "CSV UTF-8".`);
  }
}

/** Lines are counted from the text itself: csv-parse counts a line end of two characters inside a cell twice. */
function parseRecords(text: string, file: string): readonly TableRecord[] {
  try {
    const records = parse(text, {
      bom: true,
      raw: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as readonly { readonly raw: string; readonly record: readonly string[] }[];
    let line = 1;
    return records.map(({ raw, record }, index) => {
      const first = line;
      line += raw.match(/\r\n|\n|\r/g)?.length ?? 0;
      return { line: first, row: index + 1, cells: record };
    });
  } catch (error) {
    if (error instanceof CsvError) throw new UsageError(`${file} is no CSV file: ${error.message}.`);
    throw error;
  }
}
