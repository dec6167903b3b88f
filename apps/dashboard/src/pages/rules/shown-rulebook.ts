import type { RulebookSummary } from '../../api/answers.js';

/** The rulebook that an address names as id/version; else the newest that was adopted by then. */
export function shownOf(items: readonly RulebookSummary[], named: string | null, instant: string | undefined): RulebookSummary | undefined {
  if (named !== null) return items.find(({ id, version }) => `${id}/${version}` === named);
  if (instant === undefined) return items.find((item) => item.inForce);
  const before = items.filter(({ adoptedAt }) => Date.parse(adoptedAt) <= Date.parse(instant));
  return before.reduce<RulebookSummary | undefined>((newest, item) => (newest === undefined || Number(item.position) > Number(newest.position) ? item : newest), undefined);
}
