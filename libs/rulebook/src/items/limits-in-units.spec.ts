import { builtInRulebook } from '../document/built-in-rulebook.js';
import { loadRulebook } from '../document/load-rulebook.js';
import { fromTpp, noTpp } from '../milli-tpp.js';
import { limitsInUnits } from './limits-in-units.js';

const rulebook = builtInRulebook();
const [early, late] = [Date.parse('2025-01-20T00:00:00Z'), Date.parse('2027-12-31T00:00:00Z')];

/** How often 15,832 (H100), 36,000 (B200), 40,000 (GB200), 60,000 (GB300) and 4,992 TPP (A100) fit, by hand. */
const byHand: readonly (readonly [limit: string, atMs: number, units: readonly number[]])[] = [
  ['LPP notice', early, [202, 88, 80, 53, 641]],
  ['LPP, a year', early, [1_699, 747, 672, 448, 5_388]],
  ['AIA filing', early, [15_980, 7_027, 6_325, 4_216, 50_681]],
  ['Country allocation', early, [49_898, 21_944, 19_750, 13_166, 158_253]],
  ['Country allocation, raised', early, [99_797, 43_888, 39_500, 26_333, 316_506]],
  ['NVEU, 2025 Q1', early, [39_982, 17_583, 15_825, 10_550, 126_802]],
  ['NVEU, 2027 Q1-Q4', late, [319_858, 140_666, 126_600, 84_400, 1_014_423]],
];

describe('limitsInUnits', () => {
  it.each(byHand)('counts how many fit: %s', (limit, atMs, units) => {
    const chips = ['nvidia-h100-sxm5', 'nvidia-b200', 'nvidia-gb200', 'nvidia-gb300', 'nvidia-a100'];
    const found = chips.map((id) => {
      const each = rulebook.chip(id)?.milliTppPerUnit ?? noTpp;
      return limitsInUnits(rulebook, each, atMs).find((row) => row.limit === limit);
    });
    expect(found.map((row) => row?.units)).toEqual(units);
    for (const row of found) expect(row?.citation).toMatch(/^15 CFR/);
  });

  it('has no room to count for what has no TPP', () => expect(limitsInUnits(rulebook, noTpp, early)).toEqual([]));

  it('leaves out what a rulebook does not have, and a schedule that has not begun', () => {
    const { routes: _, ...document } = rulebook.document;
    const limits = limitsInUnits(loadRulebook(document), fromTpp(1), early).map(({ limit }) => limit);
    expect(limits).toEqual(['Country allocation', 'Country allocation, raised']);
    const before = limitsInUnits(rulebook, fromTpp(1), Date.parse('2024-12-31T00:00:00Z'));
    expect(before.some(({ limit }) => limit.startsWith('NVEU'))).toBe(false);
  });
});
