import { milliTpp } from '#rulebook';
import { historyPoints } from './line-history.js';

const balance = (reserved: number) => ({
  allocation: milliTpp(10_000),
  exported: milliTpp(0),
  reserved: milliTpp(reserved),
});
const day = (date: string, reserved: number) => ({
  day: date,
  position: 1,
  balance: balance(reserved),
  counts: { exports: 0, openReservations: 1, refusals: 0 },
});
const before = () => balance(0);

describe('historyPoints', () => {
  it('carries the amounts on over days without events', () => {
    const points = historyPoints(
      { from: '2026-01-01', to: '2026-01-04', interval: 'day' },
      [day('2026-01-02', 1000), day('2026-01-04', 3000)],
      before,
    );
    expect(points.map(({ date, balance: { reserved } }) => [date, reserved])).toEqual([
      ['2026-01-01', 0],
      ['2026-01-02', 1000],
      ['2026-01-03', 1000],
      ['2026-01-04', 3000],
    ]);
  });

  it('starts from the last day before the range', () => {
    const points = historyPoints(
      { from: '2026-01-03', to: '2026-01-03', interval: 'day' },
      [day('2025-12-24', 2000)],
      before,
    );
    expect(points).toEqual([{ date: '2026-01-03', balance: balance(2000) }]);
  });

  it('ends weeks on Sunday and the last one where the range ends', () => {
    const points = historyPoints({ from: '2026-01-01', to: '2026-01-14', interval: 'week' }, [], before);
    expect(points.map(({ date }) => date)).toEqual(['2026-01-04', '2026-01-11', '2026-01-14']);
  });

  it('ends months on their last day', () => {
    const points = historyPoints({ from: '2027-12-15', to: '2028-02-29', interval: 'month' }, [], before);
    expect(points.map(({ date }) => date)).toEqual(['2027-12-31', '2028-01-31', '2028-02-29']);
  });
});
