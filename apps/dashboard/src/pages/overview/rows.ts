import type { CountryView, Status } from '../../api/answers.js';
import { chooserOf } from '../../asked.js';
import { statusOrder } from '../../status-order.js';
import { isUsed } from './news.js';

export const columns = ['country', 'status', 'utilization', 'available', 'recent', 'pace', 'runsOut', 'burn', 'allocation', 'exported', 'reserved', 'lastEventAt'] as const;
export type Column = (typeof columns)[number];
/** Columns that may be left out, and those of them that are shown until somebody chooses. */
export const optionalColumns = ['recent', 'pace', 'runsOut', 'burn', 'allocation', 'exported', 'reserved', 'lastEventAt'] as const satisfies readonly Column[];
const chosenAtFirst: readonly Column[] = ['recent', 'pace', 'runsOut'];
export const groups = ['allocation', 'partner', 'embargoed', 'home'] as const satisfies readonly CountryView['group'][];

/** What of the table is shown, as the address holds it. */
export interface Asked {
  /** `used`: those with any event; `all`: every country. */
  readonly show: Status | 'used' | 'all';
  readonly group: CountryView['group'] | 'any';
  readonly text: string;
  /** The optional columns. */
  readonly chosen: ReadonlySet<Column>;
  readonly sort: Column;
  readonly down: boolean;
}

/** The filter and order that an address asks for. A value that cannot be counts as left out and is named in `wrong`. */
export function askedIn(query: URLSearchParams): { readonly asked: Asked; readonly wrong: readonly string[] } {
  const { oneOf, wrong } = chooserOf(query);
  return {
    asked: {
      show: oneOf('show', ['used', 'all', ...statusOrder], 'used'),
      group: oneOf('group', ['any', ...groups], 'any'),
      text: query.get('q') ?? '',
      chosen: new Set(chosenIn(query.get('columns'), wrong)),
      sort: oneOf('sort', columns, 'available'),
      down: oneOf('order', ['up', 'down'], 'up') === 'down',
    },
    wrong,
  };
}

function chosenIn(text: string | null, wrong: string[]): readonly Column[] {
  if (text === null) return chosenAtFirst;
  const names = text.split(',').filter((name) => name !== '' && name !== 'none');
  const unknown = names.filter((name) => !optionalColumns.some((column) => column === name));
  if (unknown.length > 0) wrong.push(`columns=${unknown.join(',')}`);
  return optionalColumns.filter((column) => names.includes(column));
}

/** The `columns` of an address for these; empty for those that are shown at first. */
export function columnsText(chosen: ReadonlySet<Column>): string {
  const names = optionalColumns.filter((column) => chosen.has(column));
  if (names.join() === chosenAtFirst.join()) return '';
  return names.length === 0 ? 'none' : names.join();
}

/** The rows asked for, in the order asked for. What has no allocation, or no cap, has nothing left to sort by: it comes last. */
export function rowsOf(views: readonly CountryView[], { show, group, text, sort, down }: Asked): readonly CountryView[] {
  const words = plain(text);
  const shown = views.filter((view) => {
    if (group !== 'any' && view.group !== group) return false;
    if (words !== '') return plain(`${view.name} ${view.country}`).includes(words);
    return show === 'all' || (show === 'used' ? isUsed(view) : view.status === show);
  });
  const sign = down ? -1 : 1;
  return shown.sort((a, b) => compared(valueOf(a, sort), valueOf(b, sort), sign) || collator.compare(a.name, b.name));
}

/** Asked of each text anew, the order of letters costs ten times as much. */
const collator = new Intl.Collator('en');

function compared(a: string | number | null, b: string | number | null, sign: number): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return sign * (typeof a === 'string' ? collator.compare(a, String(b)) : a - Number(b));
}

function valueOf(view: CountryView, column: Column): string | number | null {
  if (column === 'country') return view.name;
  if (column === 'status') return statusOrder.indexOf(view.status);
  if (column === 'available' && view.status === 'no-allocation') return null;
  switch (column) {
    case 'recent':
      return usedLately(view);
    case 'pace':
      return view.pace ?? null;
    case 'runsOut':
      return view.status === 'exhausted' ? (view.exhaustedSince ?? '') : (view.forecast?.exhaustedOn?.expected ?? null);
    case 'burn':
      return view.burnPerDay?.d90 ?? null;
    default:
      return view[column];
  }
}

/** TPP used in the 90 days that the small chart shows. */
function usedLately({ recent }: CountryView): number | null {
  const first = recent?.available[0] ?? null;
  const last = recent?.available.at(-1) ?? null;
  return first === null || last === null ? null : first - last;
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
}

/** How many have each status, and how many were ever used. */
export function countsOf(views: readonly CountryView[]): Readonly<Record<Status | 'used' | 'all', number>> {
  const counts = { used: 0, all: views.length, ...Object.fromEntries(statusOrder.map((status) => [status, 0])) } as Record<Status | 'used' | 'all', number>;
  for (const view of views) {
    counts[view.status] += 1;
    if (isUsed(view)) counts.used += 1;
  }
  return counts;
}
