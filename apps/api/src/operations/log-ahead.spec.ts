import type { LineView } from '#projections';
import { linesAhead, logAheadMs, logAheadWarning } from './log-ahead.js';

const now = Date.parse('2026-06-15T12:00:00Z');
const viewsOf = (recordedAt: string | null, lines: Readonly<Record<string, string>> = {}) => ({
  recordedAt,
  lines: new Map(Object.entries(lines).map(([line, at]) => [line, { line, recordedAt: at } as LineView])),
});

describe('a log that is ahead of the clock', () => {
  it('names its lines, the furthest first', () => {
    const { lines } = viewsOf(null, { 'country:AE': '2026-06-15T12:00:05Z', 'country:SA': '2026-07-15T12:00:00Z', 'country:IN': '2026-06-15T12:00:00Z' });
    expect(linesAhead(lines.values(), now)).toMatchObject([
      { line: 'country:SA', aheadMs: 30 * 86_400_000 },
      { line: 'country:AE', aheadMs: 5_000 },
    ]);
  });

  it('is as far ahead as its newest event or the furthest line', () => {
    expect(logAheadMs(viewsOf('2026-06-15T12:00:03Z', { 'country:AE': '2026-06-15T12:00:01Z' }), now)).toBe(3_000);
    expect(logAheadMs(viewsOf('2026-06-15T11:00:00Z', { 'country:AE': '2026-06-15T12:00:01Z' }), now)).toBe(1_000);
    expect(logAheadMs(viewsOf('2026-06-15T12:00:00Z', { 'country:AE': '2026-06-15T11:59:59Z' }), now)).toBe(0);
    expect(logAheadMs(viewsOf(null), now)).toBe(0);
  });

  it('says at the start which line, how far, and what follows', () => {
    const warning = logAheadWarning(viewsOf('2026-06-15T12:00:00Z', { 'country:AE': '2026-07-15T12:00:00.000Z' }), now);
    expect(warning).toContain('30 days ahead of the clock, which is at 2026-06-15T12:00:00.000Z');
    expect(warning).toContain('the newest event of country:AE was recorded at 2026-07-15T12:00:00.000Z');
    expect(logAheadWarning(viewsOf('2026-06-15T12:01:30Z'), now)).toContain('90 seconds ahead');
    expect(logAheadWarning(viewsOf('2026-06-15T12:00:00.900Z'), now)).toBeUndefined();
    expect(logAheadWarning(viewsOf(null), now)).toBeUndefined();
  });
});
