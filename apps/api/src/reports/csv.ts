import type { ReportCell, ReportRow } from '#projections';

export const csvType = 'text/csv; charset=utf-8; header=present';

/** The header of a CSV file (RFC 4180). */
export function csvHeader(columns: readonly string[]): string {
  return lineOf(columns);
}

/**
 * Rows of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula begins with an apostrophe: names in it
 * are what strangers typed.
 */
export function csvRows(columns: readonly string[], rows: readonly ReportRow[]): string {
  return rows.map((row) => lineOf(columns.map((column) => row[column] ?? null))).join('');
}

function lineOf(cells: readonly ReportCell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: ReportCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = /^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
