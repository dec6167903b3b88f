import type { CountryView } from '../../api/answers.js';

/** How a country changed between two moments; amounts in TPP. */
export interface Change {
  readonly country: string;
  readonly name: string;
  readonly before: CountryView['status'];
  readonly after: CountryView['status'];
  readonly allocation: number;
  readonly exported: number;
  readonly reserved: number;
  /** Null where nothing limits the country, then or later. */
  readonly available: number | null;
}

/** The countries that differ between two moments, those with the largest change of use first. */
export function differenceOf(before: readonly CountryView[], after: readonly CountryView[]): readonly Change[] {
  const then = new Map(before.map((view) => [view.country, view]));
  const changes = after.flatMap((now): readonly Change[] => {
    const was = then.get(now.country);
    if (was === undefined) return [];
    const change = {
      country: now.country,
      name: now.name,
      before: was.status,
      after: now.status,
      allocation: less(now.allocation ?? 0, was.allocation ?? 0),
      exported: less(now.exported, was.exported),
      reserved: less(now.reserved, was.reserved),
      available: now.available === null || was.available === null ? null : less(now.available, was.available),
    };
    const isSame = change.exported === 0 && change.reserved === 0 && change.allocation === 0 && change.before === change.after;
    return isSame ? [] : [change];
  });
  const size = ({ exported, reserved }: Change): number => Math.abs(exported + reserved);
  return changes.sort((a, b) => size(b) - size(a) || a.name.localeCompare(b.name));
}

/** Exact in thousandths. */
function less(a: number, b: number): number {
  return (Math.round(a * 1000) - Math.round(b * 1000)) / 1000;
}
