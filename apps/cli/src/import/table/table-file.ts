import path from 'node:path';
import { UsageError } from '../../exit-code.js';
import { readCsvFile } from './csv-file.js';
import type { Table } from './table.js';
import { readXlsxFile } from './xlsx-file.js';

/** The table in a file: an Excel file by its extension, else CSV. @throws UsageError if it cannot be read. */
export async function readTable(file: string): Promise<Table> {
  switch (path.extname(file).toLowerCase()) {
    case '.xlsx':
    case '.xlsm':
      return readXlsxFile(file);
    case '.xls':
    case '.ods':
      throw new UsageError(`${file} is in a format that is not read here: save it as .xlsx or as "CSV UTF-8 (comma delimited)".`);
    default:
      return readCsvFile(file);
  }
}
