import { normalName } from '#rulebook';
import type { ReportFilter, ReportSource } from './report.js';

/** Whether the filter means this exporter, in whatever spelling; `exporter` is in the normal form of its name. */
export function isExporter(filter: ReportFilter, exporter: string): boolean {
  return filter.exporter === undefined || normalName(filter.exporter) === exporter;
}

/** Whether the filter means this company: by its id or its name. */
export function isParty({ parties }: ReportFilter, { id, name }: { readonly id: string; readonly name: string }): boolean {
  return parties === undefined || parties.includes(id) || parties.includes(name);
}

const step = 200;

/** Rows of many shipments, with a pause now and then: each row looks up what became of its obligations. */
export async function inSteps<Item, Row>(
  items: readonly Item[],
  { pause }: Pick<ReportSource, 'pause'>,
  rowsOf: (item: Item) => readonly Row[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [index, item] of items.entries()) {
    if (index % step === step - 1) await pause();
    rows.push(...rowsOf(item));
  }
  return rows;
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
