import { companySlug } from '#rulebook';
import type { ReportFilter } from './report.js';

/** Whether the filter means this company: by its id or its name. */
export function isParty({ party }: ReportFilter, { id, name }: { readonly id: string; readonly name: string }): boolean {
  return party === undefined || party === id || party === name || companySlug(party) === id;
}

/** Keeps rows by a key, in the order of their first shipment. */
export function grouped<Item, Group>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  begin: (item: Item) => Group,
  add: (group: Group, item: Item) => void,
): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const key = keyOf(item);
    let group = groups.get(key);
    if (group === undefined) groups.set(key, (group = begin(item)));
    add(group, item);
  }
  return [...groups.values()];
}
