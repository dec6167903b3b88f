import { historyOf } from './run-demo.js';

describe('the history of a demo', () => {
  it.each([
    ['ends today, 18 months after it began', '2026-12-01T12:00:00.000Z', '2025-06-01T12:00:00.000Z', '2026-12-01T12:00:00.000Z'],
    ['begins with the quota period at the earliest', '2025-08-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z', '2025-08-01T00:00:00.000Z'],
    ['leaves some of the quota period to go on in', '2029-01-01T00:00:00.000Z', '2026-04-03T00:00:00.000Z', '2027-10-03T00:00:00.000Z'],
    ['is not empty before the quota period', '2024-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z', '2025-04-01T00:00:00.000Z'],
  ])('%s', (_, now, start, end) => {
    const { startMs, endMs } = historyOf(Date.parse(now));
    expect([startMs, endMs].map((ms) => new Date(ms).toISOString())).toEqual([start, end]);
  });
});
