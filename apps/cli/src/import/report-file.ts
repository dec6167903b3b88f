import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../exit-code.js';
import type { RowResult } from './run-import.js';

/** Beside nobody's data: in the current folder, named after the imported file. */
export function defaultReportFile(importedFile: string): string {
  return `${path.basename(importedFile, path.extname(importedFile))}.import-report.csv`;
}

/** @throws UsageError if the file cannot be written. */
export async function writeReport(file: string, report: string): Promise<void> {
  try {
    await writeFile(file, report);
  } catch (error) {
    throw new UsageError(`Cannot write the report to ${file}: ${(error as Error).message}. Name another file with --report.`);
  }
}

/** One line per row of the imported file, in its order. */
export function renderReport(results: readonly RowResult[]): string {
  return csvLines([
    ['line', 'action', 'reason', 'detail', 'id', 'recorded'],
    ...results.map(({ line, outcome, reason, detail, id, replayed }) => {
      return [String(line), outcome, reason, detail, id, id === '' ? '' : replayed ? 'earlier' : 'now'];
    }),
  ]);
}

/** A CSV file of these rows, the header among them. */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
