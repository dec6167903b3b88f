import { ReportDesk } from './report-desk.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the report desk', () => {
  it('makes four at once, twenty more wait, and the next one is refused', async () => {
    const desk = new ReportDesk();
    const begun: number[] = [];
    const ends: (() => void)[] = [];
    const order = (n: number): Promise<void> => desk.make(() => (begun.push(n), new Promise((resolve) => ends.push(resolve))));
    const all = Array.from({ length: 24 }, (_, n) => order(n));
    await settled();
    expect(begun).toEqual([0, 1, 2, 3]);
    await expect(order(24)).rejects.toMatchObject({ code: 'busy', status: 503 });
    for (let n = 0; n < 24; n += 1) {
      ends[n]?.();
      await settled();
      expect(begun.length).toBe(Math.min(24, n + 5));
    }
    await Promise.all(all);
  });

  it('goes on after one that failed', async () => {
    const desk = new ReportDesk();
    const failing = [1, 2, 3].map(() => desk.make(() => Promise.reject(new Error('no'))).catch(() => 'failed'));
    expect(await Promise.all(failing)).toEqual(['failed', 'failed', 'failed']);
    expect(await desk.make(() => Promise.resolve('made'))).toBe('made');
  });
});
