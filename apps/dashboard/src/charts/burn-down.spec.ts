import { burnDown, margin, type Day } from './burn-down.js';

const period = { from: '2025-01-01', to: '2027-12-31' };
const day = (date: string, exported: number, reserved: number, allocation: number | null = 1_000): Day => ({ date, exported, reserved, allocation });
const numbersOf = (path: string): readonly number[] => [...path.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number);

describe('the chart of a line', () => {
  it('has the cap at the top, nothing at the bottom, and the end of the period at the right', () => {
    const { yOf, cap } = burnDown([day('2025-01-01', 0, 0), day('2026-01-01', 400, 100)], period, 640, 300);
    expect([yOf(1_000), yOf(0)]).toEqual([margin.top, 300 - margin.bottom]);
    expect(numbersOf(cap).slice(-2)).toEqual([640 - margin.right, margin.top]);
  });

  it('stacks what is reserved on what is exported', () => {
    const { exported, reserved, yOf } = burnDown([day('2025-01-01', 0, 0), day('2026-01-01', 400, 100)], period, 640, 300);
    const tops = (path: string): number => Math.min(...numbersOf(path).filter((_, index) => index % 2 === 1));
    expect([tops(exported), tops(reserved)].map(Math.round)).toEqual([yOf(400), yOf(500)].map(Math.round));
  });

  it('draws a change of the cap as a step', () => {
    const { cap } = burnDown([day('2025-01-01', 0, 0, 500), day('2026-01-01', 0, 0, 1_000)], period, 640, 300);
    const points = numbersOf(cap);
    // Level to the day of the change, then straight up, then level to the end.
    expect(points).toHaveLength(8);
    expect([points[1] === points[3], points[2] === points[4], points[5] === points[7]]).toEqual([true, true, true]);
  });

  it('has no cap and no pace where nothing limits the line, and scales to what was used', () => {
    const { cap, pace, yOf } = burnDown([day('2025-01-01', 0, 0, null), day('2026-01-01', 700, 300, null)], period, 640, 300);
    expect([cap, pace, yOf(1_000)]).toEqual(['', '', margin.top]);
  });

  it('names each year of the period', () => {
    expect(burnDown([day('2025-01-01', 0, 0)], period, 320, 300).years.map(({ text }) => text)).toEqual(['2025', '2026', '2027']);
  });
});
