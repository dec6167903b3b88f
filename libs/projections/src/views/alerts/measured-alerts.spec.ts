import { milliTpp } from '#rulebook';
import type { ShareMeasurement } from '../lines/lines.js';
import { measuredCrossings, type MeasuredAlert } from './measured-alerts.js';

interface Given {
  /** Of a limit of 1,000. */
  readonly used: number;
  readonly on?: string;
  readonly limit?: number;
  readonly isClosed?: boolean;
}

function measurement({ used, on = '2026-08-01', limit = 1000, isClosed = false }: Given): ShareMeasurement {
  return {
    line: 'uveu:falcon',
    measuredOn: on,
    balance: { allocation: milliTpp(limit), exported: milliTpp(used), reserved: milliTpp(0) },
    isClosed,
    eventId: '00000000-0000-5000-8000-000000000001',
    position: 7,
    recordedAt: '2026-06-15T00:00:00.000Z',
  };
}

/** Measures on one date after the other, and tells what each did, as `+2026-08-01` and `-2026-08-01`. */
function when(measured: readonly Given[]): readonly string[] {
  let newest: MeasuredAlert | undefined;
  const raisedOn = new Map<string, string>();
  return measured.map((given) => {
    const crossings = measuredCrossings(measurement(given), newest);
    for (const { alertId, direction, measuredOn = '' } of crossings) {
      if (direction === 'closed') newest = newest && { ...newest, isOpen: false };
      else newest = { alertId, measuredOn, isOpen: true };
      if (direction === 'raised') raisedOn.set(alertId, measuredOn);
    }
    return crossings.map(({ alertId, direction }) => `${direction === 'raised' ? '+' : '-'}${raisedOn.get(alertId)}`).join(' ');
  });
}

const [august, february, next] = ['2026-08-01', '2027-02-01', '2027-08-01'];

describe('measuredCrossings', () => {
  const cases: readonly [string, readonly Given[], readonly string[]][] = [
    ['raises nothing for a share that is used up', [{ used: 1000 }], ['']],
    ['raises one for a share that is beyond its limit', [{ used: 1001 }], [`+${august}`]],
    ['raises one for a share that permits nothing and is used', [{ used: 1, limit: 0 }], [`+${august}`]],
    ['raises once for a date', [{ used: 1001 }, { used: 1001 }], [`+${august}`, '']],
    ['stays silent for a date before that of the newest alert', [{ used: 1001, on: february }, { used: 1001 }], [`+${february}`, '']],
    ['closes on a later date within the limits', [{ used: 1001 }, { used: 900, on: february }], [`+${august}`, `-${august}`]],
    ['closes once', [{ used: 1001 }, { used: 900, on: february }, { used: 900, on: next }], [`+${august}`, `-${august}`, '']],
    [
      'raises one of its own on each date beyond, which takes the place of the one before',
      [{ used: 1001 }, { used: 1001, on: february }, { used: 1, on: next }],
      [`+${august}`, `-${august} +${february}`, `-${february}`],
    ],
    ['raises nothing on a line that a merger closed', [{ used: 1001, isClosed: true }], ['']],
    ['closes on the date after the line was closed', [{ used: 1001 }, { used: 1001, on: february, isClosed: true }], [`+${august}`, `-${august}`]],
  ];
  it.each(cases)('%s', (_name, measured, told) => expect(when(measured)).toEqual(told));

  it('says what was measured, and names the newest event of that day', () => {
    expect(measuredCrossings(measurement({ used: 1250 }), undefined)).toEqual([
      {
        line: 'uveu:falcon',
        level: 'measured',
        direction: 'raised',
        alertId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        threshold: 1,
        utilization: 1.25,
        measuredOn: '2026-08-01',
        balance: { allocation: 1000, exported: 1250, reserved: 0 },
        eventId: '00000000-0000-5000-8000-000000000001',
        position: 7,
        recordedAt: '2026-06-15T00:00:00.000Z',
      },
    ]);
  });
});
