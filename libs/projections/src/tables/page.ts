import type { Database } from 'better-sqlite3';
import type { Position } from '#ledger';
import { cursorAt, positionOf } from './cursor.js';

export interface Page<Row> {
  readonly items: readonly Row[];
  /** Opaque; null at the end. */
  readonly nextCursor: string | null;
  /** What the page reflects. */
  readonly position: Position;
}

export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
  /** Only rows after this position. */
  readonly after?: Position;
}

/**
 * Rows of a table that has a `position`, newest first.
 * @param where what columns must be; undefined: anything
 * @throws InvalidCursor
 */
export function newestFirst<Row extends { readonly position: Position }>(
  database: Database,
  table: string,
  where: Readonly<Record<string, number | string | undefined>>,
  { limit, cursor, after = -1 }: PageQuery,
): { readonly rows: readonly Row[]; readonly nextCursor: string | null } {
  const asked = Object.entries(where).filter(([, value]) => value !== undefined);
  const conditions = [...asked.map(([column]) => `${column} = ?`), 'position > ?', 'position < ?'].join(' AND ');
  const sql = `SELECT * FROM ${table} WHERE ${conditions} ORDER BY position DESC LIMIT ?`;
  const found = database.prepare(sql).all(...asked.map(([, value]) => value), after, positionOf(cursor), limit + 1) as Row[];
  const rows = found.slice(0, limit);
  return { rows, nextCursor: found.length > limit ? cursorAt(rows.at(-1)?.position) : null };
}
