import { createHash } from 'node:crypto';
import { canonicalJson } from '#rulebook';
import type { CsvFile } from './csv-file.js';
import type { Row, RowAction } from './row-action.js';

/** A row with what it asks and the key that stands for it for ever. */
export interface PlannedRow {
  readonly line: number;
  readonly idempotencyKey: string;
  readonly action: RowAction;
}

/** Every row of the file in the order in which it is sent: oldest first, then those without a date, as in the file. */
export function planImport(format: string, file: CsvFile, actionOf: (row: Row) => RowAction): readonly PlannedRow[] {
  const occurrences = new Map<string, number>();
  const planned = file.rows.map((row): PlannedRow => {
    const hash = contentHash(format, row);
    const occurrence = (occurrences.get(hash) ?? 0) + 1;
    occurrences.set(hash, occurrence);
    return { line: row.line, idempotencyKey: `${hash}:${occurrence}`, action: actionOf(row) };
  });
  const ragged = file.ragged.map(({ line, detail }): PlannedRow => {
    return { line, idempotencyKey: '', action: { action: 'reject', reason: 'bad-row', detail } };
  });
  return [...planned, ...ragged].sort((a, b) => compareDates(dateOf(a), dateOf(b)) || a.line - b.line);
}

/**
 * Names repeat in real files, so only the whole content tells rows apart. The order of columns does not matter; a row
 * that occurs twice is two rows.
 */
function contentHash(format: string, { cells }: Row): string {
  return createHash('sha256').update(canonicalJson({ format, cells })).digest('base64url');
}

function dateOf({ action }: PlannedRow): string | null {
  return 'date' in action ? action.date : null;
}

/** RFC 3339 in UTC with milliseconds sorts as text. */
function compareDates(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}
