import { canonicalJson } from '../canonical-json.js';

/** One thing in which two documents differ. */
export interface RulebookDifference {
  /** Names of members from the top; entries of lists by what names them: `/chips/nvidia-a100/tppPerUnit`. */
  readonly member: string;
  readonly change: 'added' | 'removed' | 'changed' | 'reordered';
  /** Left out where it was added or reordered. */
  readonly before?: unknown;
  /** Left out where it was removed or reordered. */
  readonly after?: unknown;
}

/**
 * Everything in which two rulebook documents (parsed JSON) differ, in the order of the first. Entries of lists are
 * matched by what names them (id, country, group, dates), so that one entry more is one difference. Empty exactly
 * when their hashes are equal. Pure.
 */
export function compareRulebooks(before: unknown, after: unknown): readonly RulebookDifference[] {
  const found: RulebookDifference[] = [];
  compare(before, after, '', found);
  return found;
}

function compare(before: unknown, after: unknown, member: string, found: RulebookDifference[]): void {
  if (canonicalJson(before) === canonicalJson(after)) return;
  if (Array.isArray(before) && Array.isArray(after)) {
    compareMembers(keyed(before), keyed(after), member, found);
  } else if (isObject(before) && isObject(after)) {
    compareMembers(new Map(Object.entries(before)), new Map(Object.entries(after)), member, found);
  } else {
    found.push({ member, change: 'changed', before, after });
  }
}

type Members = ReadonlyMap<string, unknown>;

function compareMembers(before: Members, after: Members, member: string, found: RulebookDifference[]): void {
  const known = found.length;
  for (const [name, value] of before) {
    const at = `${member}/${name}`;
    if (after.has(name)) compare(value, after.get(name), at, found);
    else found.push({ member: at, change: 'removed', before: value });
  }
  for (const [name, value] of after) {
    if (!before.has(name)) found.push({ member: `${member}/${name}`, change: 'added', after: value });
  }
  // They are not equal and have the same entries: a list in another order.
  if (found.length === known) found.push({ member, change: 'reordered' });
}

/** Entries of a list by what names them; a second one of the same name is told apart by its number. */
function keyed(entries: readonly unknown[]): Members {
  const members = new Map<string, unknown>();
  const seen = new Map<string, number>();
  for (const entry of entries) {
    const name = nameOf(entry);
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    members.set(count === 1 ? name : `${name}#${count}`, entry);
  }
  return members;
}

const naming = ['id', 'kind', 'paragraph', 'group', 'country', 'chip', 'name', 'from', 'until'] as const;

/** `group` beside `country` is what a membership says, not its name. */
function nameOf(entry: unknown): string {
  if (!isObject(entry)) return String(entry);
  const isMembership = entry['country'] !== undefined;
  const parts = naming.flatMap((name) => {
    const value = entry[name];
    return typeof value === 'string' && !(name === 'group' && isMembership) ? [value] : [];
  });
  if (typeof entry['id'] === 'string') return entry['id'];
  return parts.length > 0 ? parts.join(' ') : canonicalJson(entry);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
