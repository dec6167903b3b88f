import { Problem } from '../http/problem.js';

export interface RegisterPage<Entry> {
  readonly items: readonly Entry[];
  readonly nextCursor: string | null;
}

/**
 * A page of what the register lists in the order of its beginning, the newest first. A cursor names the place of an
 * entry, which never changes: nothing leaves the register.
 * @throws Problem (400) for what is not a cursor of this list.
 */
export function registerPage<Entry>(
  entries: Iterable<Entry>,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  isWanted: (entry: Entry) => boolean,
): RegisterPage<Entry> {
  const all = [...entries];
  const items: Entry[] = [];
  let last = 0;
  for (let place = placeOf(cursor, all.length) - 1; place >= 0; place -= 1) {
    const entry = all[place];
    if (entry === undefined || !isWanted(entry)) continue;
    if (items.length === limit) return { items, nextCursor: cursorOf(last) };
    items.push(entry);
    last = place;
  }
  return { items, nextCursor: null };
}

function cursorOf(place: number): string {
  return Buffer.from(`r${place}`).toString('base64url');
}

/** Where to go on: entries before this place. */
function placeOf(cursor: string | undefined, size: number): number {
  if (cursor === undefined) return size;
  const digits = /^r(0|[1-9]\d{0,9})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  const place = digits === undefined ? NaN : Number(digits);
  if (place <= size && cursorOf(place) === cursor) return place;
  throw new Problem('invalid-cursor', 'This cursor is none of this list.', {
    errors: [{ in: 'query', pointer: '/cursor', message: 'cursor is not one of this list' }],
  });
}
