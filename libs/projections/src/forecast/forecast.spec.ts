import { milliTpp } from '#rulebook';
import { dayNumber, dayOfNumber, type UseDay } from '../views/daily-use/daily-use.js';
import { forecastOf, type ForecastInput } from './forecast.js';

const today = '2026-06-30';
const daysAgo = (days: number): string => dayOfNumber(dayNumber(today) - days);
/** The same use on each of the last days, the newest today. */
const uses = (count: number, milli: number): readonly UseDay[] =>
  Array.from({ length: count }, (_, index) => ({ day: daysAgo(count - 1 - index), milliTpp: milli, debits: 1 }));

const input = (over: Partial<ForecastInput> & { readonly allocation?: number | null; readonly used?: number } = {}): ForecastInput => {
  const { allocation = 1_000_000, used = 900, ...rest } = over;
  return {
    balance: { allocation: allocation === null ? null : milliTpp(allocation), exported: milliTpp(used), reserved: milliTpp(0) },
    isInUse: true,
    uses: uses(90, 10_000),
    today,
    firstDay: '2025-01-01',
    lastDay: '2027-12-31',
    critical: 0.9,
    criticalSince: null,
    exhaustedSince: null,
    ...rest,
  };
};

describe('the forecast of a line', () => {
  it('is the day on which the rest is used up at the mean rate of 90 days', () => {
    const { burnMilliTpp, exhaustedOn, criticalOn, reason } = forecastOf(input({ used: 900_000 }));
    expect(burnMilliTpp).toEqual({ d30: 10_000, d90: 10_000 });
    // 100,000 are left, 10,000 a day.
    expect([exhaustedOn?.expected, criticalOn?.expected, reason]).toEqual(['2026-07-10', today, null]);
  });

  it('has an interval that holds the expected day', () => {
    const bursts = uses(90, 0).map((use, index) => ({ ...use, milliTpp: index % 9 === 0 ? 90_000 : 0 }));
    const { exhaustedOn } = forecastOf(input({ used: 100_000, uses: bursts }));
    expect(exhaustedOn).toEqual({ from: expect.any(String), expected: '2026-09-28', to: expect.any(String) });
    expect(exhaustedOn && exhaustedOn.from <= exhaustedOn.expected && exhaustedOn.expected <= (exhaustedOn.to ?? '')).toBe(true);
    expect(exhaustedOn?.from).not.toBe(exhaustedOn?.to);
  });

  it('does not reach beyond the period', () => {
    // 549 days from 30 June 2026 to 31 December 2027.
    expect(forecastOf(input({ used: 0, allocation: 5_490_000 })).exhaustedOn?.expected).toBe('2027-12-31');
    expect(forecastOf(input({ used: 0, allocation: 5_490_001 }))).toMatchObject({ exhaustedOn: null, reason: 'not-in-period' });
    expect(forecastOf(input({ used: 0, allocation: 5_490_001 })).criticalOn?.expected).toBe('2027-11-07');
  });

  it.each([
    ['no-cap', { allocation: null }],
    ['no-cap', { allocation: 0, used: 0 }],
    ['not-used', { isInUse: false, used: 0, uses: [] }],
    ['too-few-events', { uses: uses(9, 10_000) }],
    ['too-few-events', { uses: uses(90, 10_000).map((use) => ({ ...use, day: dayOfNumber(dayNumber(use.day) - 90) })) }],
    ['not-in-period', { uses: uses(90, -10) }],
  ])('is none because of %s', (reason, over) => {
    expect(forecastOf(input(over))).toMatchObject({ exhaustedOn: null, reason });
  });

  it('counts the days of the window alone', () => {
    const older = { day: daysAgo(90), milliTpp: 9_000_000, debits: 50 };
    const tomorrow = { day: daysAgo(-1), milliTpp: 9_000_000, debits: 50 };
    expect(forecastOf(input({ uses: [older, ...uses(90, 10_000), tomorrow] })).burnMilliTpp.d90).toBe(10_000);
  });

  it('says of what has come the day on which it came', () => {
    const came = { from: '2026-05-01', expected: '2026-05-01', to: '2026-05-01' };
    const criticalSince = '2026-05-01T09:00:00.000Z';
    expect(forecastOf(input({ used: 950_000, criticalSince })).criticalOn).toEqual(came);
    expect(forecastOf(input({ used: 1_000_000, criticalSince, exhaustedSince: criticalSince, uses: [] }))).toMatchObject({ criticalOn: came, exhaustedOn: came, reason: null });
  });

  it('has the pace: 1 is even use', () => {
    const half = { firstDay: '2026-01-01', lastDay: '2026-12-31', today: '2026-07-01' };
    // 182 of 365 days.
    expect(forecastOf(input({ ...half, used: 500_000 })).pace).toBeCloseTo(0.5 / (182 / 365), 10);
    expect(forecastOf(input({ ...half, today: '2025-12-31' })).pace).toBeNull();
    expect(forecastOf(input({ ...half, today: '2027-03-01', used: 500_000 })).pace).toBe(0.5);
    expect(forecastOf(input({ allocation: null })).pace).toBeNull();
  });
});
