import type { CountryView } from '../../api/answers.js';

export const orders = ['runsOut', 'used', 'name'] as const;
export type Order = (typeof orders)[number];

/** The order that an address asks for; the first where it asks for none, or for one that cannot be. */
export function orderIn(query: URLSearchParams): Order {
  const given = query.get('order');
  return orders.find((order) => order === given) ?? 'runsOut';
}

/** Those that are exhausted first, then those that run out, then the others by what is used. */
export function inOrder(views: readonly CountryView[], order: Order): readonly CountryView[] {
  const byName = (a: CountryView, b: CountryView): number => a.name.localeCompare(b.name);
  const byUse = (a: CountryView, b: CountryView): number => (b.utilization ?? 0) - (a.utilization ?? 0) || byName(a, b);
  const day = (view: CountryView): string => (view.status === 'exhausted' ? '' : (view.forecast?.exhaustedOn?.expected ?? '9999'));
  const byDay = (a: CountryView, b: CountryView): number => day(a).localeCompare(day(b)) || byUse(a, b);
  return [...views].sort({ runsOut: byDay, used: byUse, name: byName }[order]);
}
