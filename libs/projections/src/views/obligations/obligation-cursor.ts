import { InvalidCursor } from '../../tables/cursor.js';

/** Where an obligation stands in the order of lists: by due date, then by what it is about. */
export interface ObligationKey {
  readonly due: number;
  readonly subject: number;
  readonly kind: string;
  readonly period: number;
}

/** Negative if `a` comes first. */
export function compareKeys(a: ObligationKey, b: ObligationKey): number {
  const byKind = a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0;
  return a.due - b.due || a.subject - b.subject || byKind || a.period - b.period;
}

export function obligationCursor({ due, subject, kind, period }: ObligationKey): string {
  return Buffer.from(JSON.stringify([due, subject, kind, period])).toString('base64url');
}

/**
 * The last obligation of the page before; undefined for the first page.
 * @throws InvalidCursor
 */
export function keyOfCursor(cursor: string | undefined): ObligationKey | undefined {
  if (cursor === undefined) return undefined;
  const key = parsed(cursor);
  if (key === undefined || obligationCursor(key) !== cursor) throw InvalidCursor.of(cursor);
  return key;
}

function parsed(cursor: string): ObligationKey | undefined {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
  if (!Array.isArray(value) || value.length !== 4) return undefined;
  const [due, subject, kind, period] = value as unknown[];
  if (typeof kind !== 'string' || ![due, subject, period].every(Number.isSafeInteger)) return undefined;
  return { due: due as number, subject: subject as number, kind, period: period as number };
}
