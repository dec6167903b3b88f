import { burnDown, margin, type Asked, type Day } from './burn-down.js';

const period = { from: '2025-01-01', to: '2027-12-31' };
const day = (date: string, exported: number, reserved: number, allocation: number | null = 1_000): Day => ({ date, exported, reserved, allocation });
const drawn = (days: readonly Day[], over: Partial<Asked> = {}) => burnDown({ days, period, range: period, expected: null, ...over }, 640, 300);
const pointsOf = (path: string): readonly (readonly [number, number])[] => {
  const numbers = [...path.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number);
  return numbers.flatMap((x, index) => (index % 2 === 0 ? [[Math.round(x), Math.round(numbers[index + 1] ?? 0)] as const] : []));
};
const topOf = (path: string): number => Math.min(...pointsOf(path).map(([, y]) => y));
const right = 640 - margin.right;

describe('the chart of a line', () => {
  const days = [day('2025-01-01', 0, 0), day('2026-01-01', 400, 100)];

  it('falls from the cap to what is left, with what is reserved on top', () => {
    const { edge, reserved, yOf, todayX } = drawn(days);
    expect([yOf(1_000), yOf(0)]).toEqual([margin.top, 300 - margin.bottom]);
    expect(pointsOf(edge).at(-1)).toEqual([Math.round(todayX), Math.round(yOf(500))]);
    expect(pointsOf(reserved).some(([, y]) => y === Math.round(yOf(600)))).toBe(true);
  });

  it('draws a change of the cap as a step, and goes on to the end of what is shown', () => {
    const { cap, yOf } = drawn([day('2025-01-01', 0, 0, 500), day('2026-01-01', 0, 0, 1_000)]);
    expect([topOf(cap), pointsOf(cap).at(-1)]).toEqual([margin.top, [right, margin.top]]);
    expect(pointsOf(cap).filter(([, y]) => y === Math.round(yOf(500)))).toHaveLength(2);
  });

  it('has an even pace from the cap to nothing at the end of the period, cut to what is shown', () => {
    const { pace, yOf } = drawn(days);
    expect(pointsOf(pace)).toEqual([[margin.left, margin.top], [right, Math.round(yOf(0))]]);
    const half = drawn(days, { range: { from: '2025-01-01', to: '2026-07-02' } });
    expect(pointsOf(half.pace).at(-1)).toEqual([right, Math.round(half.yOf(500))]);
  });

  it('has a band to the days on which eight of ten futures have nothing left', () => {
    const { band, xOf, yOf } = drawn(days, { expected: { from: '2026-06-01', expected: '2026-08-01', to: '2026-12-01' } });
    const on = (date: string) => Math.round(xOf(date));
    const bottom = Math.round(yOf(0));
    expect(pointsOf(band)).toEqual([[on('2026-01-01'), Math.round(yOf(500))], [on('2026-06-01'), bottom], [on('2026-12-01'), bottom]]);
  });

  it('cuts a band that goes beyond what is drawn', () => {
    const { band } = drawn(days, { expected: { from: '2027-06-01', expected: '2027-10-01', to: null } });
    const points = pointsOf(band);
    expect(points.slice(2).every(([x]) => x === right)).toBe(true);
    expect(points).toHaveLength(4);
  });

  it('has no cap, pace or band where nothing limits the line, and grows to what was used', () => {
    const { cap, pace, band, yOf, lower } = drawn([day('2025-01-01', 0, 0, null), day('2026-01-01', 700, 300, null)], { expected: { from: '2026-06-01', expected: '2026-08-01', to: null } });
    expect([cap, pace, band, yOf(1_000), topOf(lower)]).toEqual(['', '', '', margin.top, Math.round(yOf(700))]);
  });

  it('of a part of the period begins with the last day before it', () => {
    const { edge, yOf } = drawn([...days, day('2026-03-01', 500, 0)], { range: { from: '2026-02-01', to: '2026-05-01' } });
    expect(pointsOf(edge)[0]).toEqual([margin.left, Math.round(yOf(500))]);
  });
});
