import { daysToReach, useIn } from './block-bootstrap.js';

const even = new Array<number>(90).fill(10);
/** One day in three has 30: the same mean, with chance in it. */
const uneven = even.map((_, index) => (index % 3 === 0 ? 30 : 0));
/** Nothing for sixty days, then a lot. */
const late = even.map((_, index) => (index < 60 ? 0 : 30));

describe('futures drawn from weeks of the past', () => {
  it.each([
    [10, 1],
    [101, 11],
    [700, 70],
  ])('with the same use every day reach %d on day %d, for certain', (amount, day) => {
    expect(daysToReach(even, [amount], 400)).toEqual([{ low: day, high: day }]);
  });

  it('reach smaller amounts sooner', () => {
    const [critical, exhausted] = daysToReach(uneven, [900, 1_000], 400);
    expect(critical?.low).toBeLessThanOrEqual(exhausted?.low ?? 0);
    expect(critical?.high).toBeLessThanOrEqual(exhausted?.high ?? 0);
  });

  it('are the wider the less even the past was', () => {
    const width = (days: readonly number[]): number => daysToReach(days, [1_000], 1_000).map(({ low, high }) => high - low)[0] ?? 0;
    expect(width(uneven)).toBeGreaterThan(0);
    expect(width(late)).toBeGreaterThan(width(uneven));
  });

  it('say nothing beyond the horizon', () => {
    expect(daysToReach(even, [1_000], 99)).toEqual([{ low: Infinity, high: Infinity }]);
    expect(daysToReach(even, [1_000], 100)).toEqual([{ low: 100, high: 100 }]);
  });

  it('reach nothing where more is given back than used', () => {
    expect(daysToReach(even.map(() => -5), [1], 400)).toEqual([{ low: Infinity, high: Infinity }]);
  });

  it('are the same whenever they are drawn', () => {
    expect(daysToReach(late, [500, 900], 300)).toEqual(daysToReach(late, [500, 900], 300));
    expect(useIn(late, [7, 30])).toEqual(useIn(late, [7, 30]));
  });

  it('use as much as the past in the mean', () => {
    expect(useIn(even, [7, 30, 90])).toEqual([70, 300, 900].map((used) => ({ low: used, high: used })));
    const [in90] = useIn(uneven, [90]);
    expect(in90?.low).toBeLessThan(900);
    expect(in90?.high).toBeGreaterThan(900);
  });

  it('find the first day on which an amount is reached, also within a week that ends lower', () => {
    // A week that begins with 40 reaches it at once, the others never do: after four weeks nine of ten futures have.
    const swinging = even.map((_, index) => (index % 2 === 0 ? 40 : -30));
    const [first] = daysToReach(swinging, [40], 400);
    expect(first).toEqual({ low: 1, high: 22 });
  });
});
