import type { Position } from '#ledger';

/** A cursor that no list handed out. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';

  static of(cursor: string): InvalidCursor {
    return new InvalidCursor(`Not a cursor of a list: ${JSON.stringify(cursor.slice(0, 40))}. Take \`nextCursor\` of the page before.`);
  }
}

/** Lists go from the newest entry to the oldest: a cursor is the place of the last one shown. */
export function cursorAt(position: Position | undefined): string | null {
  return position === undefined ? null : Buffer.from(`<${position}`).toString('base64url');
}

/**
 * The position before which the page begins.
 * @throws InvalidCursor
 */
export function positionOf(cursor: string | undefined): Position {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  const digits = /^<([1-9][0-9]{0,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (digits === undefined || cursorAt(Number(digits)) !== cursor) throw InvalidCursor.of(cursor);
  return Number(digits);
}
