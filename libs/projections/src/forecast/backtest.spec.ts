import { dayNumber, dayOfNumber, type UseDay } from '../views/daily-use/daily-use.js';
import { backtest, type LineUseHistory } from './backtest.js';

const first = dayNumber('2025-01-01');
const history = (useOn: (index: number) => number, count = 300): LineUseHistory => {
  const known: readonly UseDay[] = Array.from({ length: count }, (_, index) => ({ day: dayOfNumber(first + index), milliTpp: useOn(index), debits: 1 }));
  return { known, knownOn: (day) => known.filter((use) => use.day <= day) };
};
const last = dayOfNumber(first + 299);

describe('the back-test', () => {
  it('finds that even use was forecast exactly', async () => {
    const results = await backtest([history(() => 10)], last);
    // Each week from day 89 on: as long as the horizon is over.
    expect(results).toEqual([
      { days: 7, forecasts: 30, coverage: 1, bias: 0, error: 0 },
      { days: 30, forecasts: 26, coverage: 1, bias: 0, error: 0 },
      { days: 90, forecasts: 18, coverage: 1, bias: 0, error: 0 },
    ]);
  });

  it('finds that use which doubled was forecast too low', async () => {
    const [, month] = await backtest([history((index) => (index < 180 ? 10 : 20))], last);
    expect(month?.coverage).toBeLessThan(1);
    expect(month?.bias).toBeLessThanOrEqual(0);
    expect(month?.error).toBeGreaterThan(0);
  });

  it('uses what was known on the day alone', async () => {
    const all = history(() => 10);
    const unknown: LineUseHistory = { ...all, knownOn: () => [] };
    expect((await backtest([unknown], last)).map(({ forecasts }) => forecasts)).toEqual([0, 0, 0]);
  });

  it('has nothing to say of a line without use, or of one that began lately', async () => {
    const none = await backtest([{ known: [], knownOn: () => [] }, history(() => 10, 60)], dayOfNumber(first + 59));
    expect(none[0]).toEqual({ days: 7, forecasts: 0, coverage: NaN, bias: NaN, error: NaN });
  });
});
