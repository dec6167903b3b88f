import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from '../exit-code.js';
import type { RowResult } from './run-import.js';

/** Beside nobody's data: in the current folder, named after the imported file. */
export function defaultReportFile(importedFile: string): string {
  return `${path.basename(importedFile, path.extname(importedFile))}.import-report.csv`;
}

/** One line per row of the imported file, in its order. @throws UsageError if the file cannot be written. */
export async function writeReport(file: string, results: readonly RowResult[]): Promise<void> {
  try {
    await writeFile(file, renderReport(results));
  } catch (error) {
    throw new UsageError(`Cannot write the report to ${file}: ${(error as Error).message}. Name another file with --report.`);
  }
}

export function renderReport(results: readonly RowResult[]): string {
  const rows = results.map(({ line, outcome, reason, detail, id, replayed }) =>
    [String(line), outcome, reason, detail, id, id === '' ? '' : replayed ? 'earlier' : 'now'].map(cell).join(','),
  );
  return ['line,action,reason,detail,id,recorded', ...rows, ''].join('\n');
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
