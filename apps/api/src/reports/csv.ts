import type { ReportCell, ReportRow } from '#projections';

export const csvType = 'text/csv; charset=utf-8; header=present';

/**
 * Rows as CSV (RFC 4180), with a header. A text that a spreadsheet would take for a formula begins with an apostrophe:
 * names in it are what strangers typed.
 */
export function csvOf(columns: readonly string[], rows: readonly ReportRow[]): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))];
  return lines.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: ReportCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = /^\s*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
