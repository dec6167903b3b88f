import { milliTpp } from '#rulebook';
import type { Crossing } from './line-view.js';
import { alertIdOf, foldAlerts, noAlerts, type OpenAlerts } from './alert-levels.js';

const thresholds = { watch: 0.8, critical: 0.9, exhausted: 1, hysteresis: 0.02 };

interface Step {
  readonly used: number;
  readonly cap?: number | null;
}

/** Folds one event per step and tells the crossings of each, as `+watch` and `-watch`. */
function crossingsOf(steps: readonly (number | Step)[], rules = thresholds): readonly string[] {
  let open: OpenAlerts = noAlerts;
  return steps.map((step, index) => {
    const { used, cap = 1000 } = typeof step === 'number' ? { used: step } : step;
    const alarm = foldAlerts(open, changeOf(index, used, cap), rules);
    open = alarm.open;
    return alarm.crossings.map(({ level, direction }) => `${direction === 'raised' ? '+' : '-'}${level}`).join(' ');
  });
}

function changeOf(index: number, used: number, cap: number | null) {
  return {
    line: 'country:AE',
    eventId: `00000000-0000-5000-8000-00000000000${index}`,
    position: index + 1,
    recordedAt: '2026-03-01T00:00:00.000Z',
    balance: { allocation: cap === null ? null : milliTpp(cap), exported: milliTpp(0), reserved: milliTpp(used) },
  };
}

describe('foldAlerts', () => {
  const cases: readonly [string, readonly (number | Step)[], readonly string[]][] = [
    ['raises nothing below the lowest threshold', [799], ['']],
    ['raises a level when its threshold is reached exactly', [800], ['+watch']],
    ['raises once while utilization stays up', [800, 850, 899], ['+watch', '', '']],
    ['raises every level that a jump skips, from the lowest to the highest', [1000], ['+watch +critical +exhausted']],
    ['raises one level after the other', [800, 900, 1000], ['+watch', '+critical', '+exhausted']],
    ['keeps a level open at threshold less hysteresis', [800, 780], ['+watch', '']],
    ['closes a level below threshold less hysteresis', [800, 779], ['+watch', '-watch']],
    ['does not flap within the hysteresis', [800, 790, 800, 785, 805], ['+watch', '', '', '', '']],
    ['raises again after it was closed', [800, 700, 800], ['+watch', '-watch', '+watch']],
    ['keeps exhausted open while less than the hysteresis is free', [1000, 981], ['+watch +critical +exhausted', '']],
    [
      'reopens when exactly the hysteresis is free',
      [1000, 980],
      ['+watch +critical +exhausted', '-exhausted +reopened'],
    ],
    [
      'closes reopened when the line is exhausted again',
      [1000, 980, 990, 1000],
      ['+watch +critical +exhausted', '-exhausted +reopened', '', '+exhausted -reopened'],
    ],
    [
      'closes all levels from the highest to the lowest on a deep fall, and reopens',
      [1000, 0],
      ['+watch +critical +exhausted', '-exhausted +reopened -critical -watch'],
    ],
    ['raises when the cap is lowered', [{ used: 500 }, { used: 500, cap: 550 }], ['', '+watch +critical']],
    [
      'raises exhausted when the cap is lowered below what is used',
      [500, { used: 500, cap: 400 }],
      ['', '+watch +critical +exhausted'],
    ],
    ['closes when the cap is raised', [800, { used: 800, cap: 2000 }], ['+watch', '-watch']],
    ['never alerts without a cap', [{ used: 5000, cap: null }], ['']],
    [
      'closes without reopening when the cap is taken away',
      [1000, { used: 1000, cap: null }],
      ['+watch +critical +exhausted', '-exhausted -critical -watch'],
    ],
    ['takes a cap of 0 with use as exhausted', [10, { used: 10, cap: 0 }], ['', '+watch +critical +exhausted']],
    ['takes a cap of 0 without use as quiet', [{ used: 0, cap: 0 }], ['']],
  ];
  it.each(cases)('%s', (_name, steps, crossings) => expect(crossingsOf(steps)).toEqual(crossings));

  it('does not flap without a hysteresis', () => {
    const rules = { ...thresholds, hysteresis: 0 };
    expect(crossingsOf([1000, 1000, 999], rules)).toEqual(['+watch +critical +exhausted', '', '-exhausted +reopened']);
  });

  it('names the crossing event in the id of the alert, and closes under the same id', () => {
    const raised = foldAlerts(noAlerts, changeOf(0, 800, 1000), thresholds);
    const closed = foldAlerts(raised.open, changeOf(1, 0, 1000), thresholds);
    const [up, down] = [raised.crossings[0], closed.crossings[0]] as [Crossing, Crossing];
    expect(up.alertId).toBe(alertIdOf('country:AE', 'watch', changeOf(0, 800, 1000).eventId));
    expect(up).toMatchObject({ threshold: 0.8, utilization: 0.8, position: 1, direction: 'raised' });
    expect(down).toMatchObject({
      alertId: up.alertId,
      threshold: 0.8,
      utilization: 0,
      position: 2,
      direction: 'closed',
    });
  });
});
