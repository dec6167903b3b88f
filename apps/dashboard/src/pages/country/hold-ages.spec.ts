import { heldByAge, lapsingWithin } from './hold-ages.js';

const nowMs = Date.parse('2026-12-01T12:00:00Z');
const dayMs = 86_400_000;
const hold = (ageDays: number, heldTpp: number, leftDays = 30) => ({
  heldTpp,
  createdAt: new Date(nowMs - ageDays * dayMs).toISOString(),
  expiresAt: new Date(nowMs + leftDays * dayMs).toISOString(),
});

describe('holds by age', () => {
  it('are each in one group; one from a clock ahead is new', () => {
    expect(heldByAge([hold(-1, 1), hold(29.9, 2), hold(30, 4), hold(59, 8), hold(60, 16), hold(89.9, 32), hold(90, 64), hold(400, 128)], nowMs)).toEqual([3, 12, 48, 192]);
  });

  it('that lapse soon are counted, those that hold nothing any more are not', () => {
    expect(lapsingWithin([hold(1, 5, 6), hold(1, 0, 6), hold(1, 5, 8)], nowMs, 7 * dayMs)).toBe(1);
  });
});
