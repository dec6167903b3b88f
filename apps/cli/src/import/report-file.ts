import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../exit-code.js';
import type { RowResult } from './row-result.js';

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

/** One line per row of the imported file, in its order. New columns come at the end: scripts may read them by number. */
export function renderReport(results: readonly RowResult[]): string {
  return csvLines([
    ['line', 'action', 'reason', 'detail', 'id', 'recorded', 'row', 'exporter', 'destination', 'quantity', 'tpp'],
    ...results.map(({ line, outcome, reason, detail, id, recorded, row, exporter, destination, quantity, tpp }) => {
      return [line, outcome, reason, detail, id, recorded, row, exporter, destination, quantity ?? '', tpp ?? ''];
    }),
  ]);
}

/** A CSV file of these rows, the header among them. */
export function csvLines(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((cells) => `${cells.map(cell).join(',')}\n`).join('');
}

/** A text that a spreadsheet would take for a formula begins with an apostrophe; a number does not. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^\s*[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
