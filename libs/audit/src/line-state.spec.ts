import type { LineEvent, RecordedShares } from './line-event.js';
import { shownBalance, stateAfter, type LineState } from './line-state.js';

const thresholds = { watch: 0.8, critical: 0.9, exhausted: 1, hysteresis: 0.02 };

/** The line after events that leave so many thousandths of a cap of 1,000 in use. */
function after(...used: readonly number[]): LineState {
  let state: LineState | undefined;
  for (const [revision, exported] of used.entries()) state = next(state, revision, { allocation: 1000, exported, reserved: 0 });
  return state as LineState;
}

function next(state: LineState | undefined, revision: number, balanceMilliTpp: LineEvent['balanceMilliTpp'], shares?: RecordedShares): LineState {
  const counts = { exports: 0, openReservations: 0, refusals: 0 };
  const event = { type: 'ExportFiled', recordedAt: `at ${revision}`, balanceMilliTpp, counts, ...(shares && { shares }) } as const;
  const logged = { stream: 's', revision, position: revision, id: `id ${revision}`, json: '' };
  return stateAfter(state, 'uveu:gulf', logged, event, thresholds);
}

describe('the alert levels of a line', () => {
  it.each<[readonly number[], readonly string[]]>([
    [[799], []],
    [[800], ['watch']],
    [[1000], ['watch', 'critical', 'exhausted']],
    [[900, 880], ['watch', 'critical']],
    [[900, 879], ['watch']],
    [[800, 780], ['watch']],
    [[800, 779], []],
    [[1000, 981], ['watch', 'critical', 'exhausted']],
    [[1000, 980], ['watch', 'critical', 'reopened']],
    [[1000, 980, 999], ['watch', 'critical', 'reopened']],
    [[1000, 980, 1000], ['watch', 'critical', 'exhausted']],
    [[1000, 0], ['reopened']],
  ])('after %j are %j', (used, levels) => {
    expect(after(...used).openLevels).toEqual(levels);
  });

  it('end on a line that has no cap any more', () => {
    expect(next(after(1000), 1, { allocation: null, exported: 1000, reserved: 0 })).toMatchObject({ openLevels: [], criticalSince: null });
  });
});

it('a line is critical and exhausted since it has been so without a break', () => {
  expect(after(900, 1000, 1000)).toMatchObject({ criticalSince: 'at 0', exhaustedSince: 'at 1' });
  expect(after(1000, 899, 1000)).toMatchObject({ criticalSince: 'at 2', exhaustedSince: 'at 2' });
});

it('a cap of 0 is exhausted once something is used', () => {
  expect(next(undefined, 0, { allocation: 0, exported: 0, reserved: 0 }).exhaustedSince).toBeNull();
  expect(next(undefined, 0, { allocation: 0, exported: 1, reserved: 0 }).exhaustedSince).toBe('at 0');
});

it('a line with shares is as tight as its tightest one, and shows what is outside of partner countries', () => {
  const balance = { allocation: null, exported: 950, reserved: 0 };
  const shares = {
    'outside-partners': { limitMilliTpp: 2000, exported: 500, reserved: 100 },
    'country:AE': { limitMilliTpp: 1000, exported: 900, reserved: 0 },
  };
  const state = next(undefined, 0, balance, shares);
  expect([state.openLevels, shownBalance(state)]).toEqual([['watch', 'critical'], { allocation: 2000, exported: 500, reserved: 100 }]);
  expect(shownBalance(next(undefined, 0, balance))).toEqual(balance);
});
