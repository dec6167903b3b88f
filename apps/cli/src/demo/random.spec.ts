import { Random } from './random.js';

const draw = (random: Random, count: number): readonly number[] => Array.from({ length: count }, () => random.next());

describe('Random', () => {
  it('gives the same numbers for a seed on every machine, and others for another one', () => {
    expect(draw(new Random(1), 3).map((each) => Math.floor(each * 1e6))).toEqual([627073, 2735, 527447]);
    expect(draw(new Random(7), 50)).toEqual(draw(new Random(7), 50));
    expect(draw(new Random(7), 50)).not.toEqual(draw(new Random(8), 50));
  });

  it('keeps to its bounds, and reaches them', () => {
    const random = new Random(3);
    const dice = Array.from({ length: 500 }, () => random.integer(1, 6));
    expect([...new Set(dice)].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    for (const each of draw(random, 500)) expect(each >= 0 && each < 1).toBe(true);
    for (let count = 0; count < 500; count += 1) expect(random.wait(10)).toBeGreaterThanOrEqual(0);
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
    expect(() => random.pick([])).toThrow('empty list');
  });

  it('waits as long as it was told, on average', () => {
    const random = new Random(5);
    const waits = Array.from({ length: 5_000 }, () => random.wait(10));
    expect(waits.reduce((sum, each) => sum + each, 0) / waits.length).toBeCloseTo(10, -0.5);
  });
});
