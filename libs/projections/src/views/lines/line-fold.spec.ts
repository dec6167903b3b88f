import { SampleLog } from '../../testing/sample-log.js';
import type { LineView } from './line-view.js';
import { foldLines, LineReplay } from '../../testing/line-replay.js';
import { utilizationOf } from './utilization.js';

const lineOf = (log: SampleLog): LineView => foldLines(log.events).get('country:AE') as LineView;

describe('the view of a line', () => {
  it('is the state that its newest event carries', () => {
    const log = new SampleLog().adopt().reserve('a', 100).reserve('b', 50).export('x', 30, 'a').refuse('c', 5000);
    const last = log.events.at(-1);
    expect(lineOf(log)).toMatchObject({
      line: 'country:AE',
      revision: 3,
      position: 5,
      eventId: last?.id,
      balance: { allocation: 1000, exported: 30, reserved: 120 },
      counts: { exports: 1, openReservations: 2, refusals: 1 },
      suspended: false,
      criticalSince: null,
      exhaustedSince: null,
      openLevels: [],
    });
  });

  it('tells since when it is critical and exhausted without a break', () => {
    const log = new SampleLog().adopt().reserve('a', 700);
    const criticalAt = log.now;
    log.reserve('b', 200);
    const exhaustedAt = log.now;
    log.reserve('c', 100);
    expect(lineOf(log)).toMatchObject({
      criticalSince: criticalAt,
      exhaustedSince: exhaustedAt,
      openLevels: ['watch', 'critical', 'exhausted'],
    });
    log.release('c');
    expect(lineOf(log)).toMatchObject({
      criticalSince: criticalAt,
      exhaustedSince: null,
      openLevels: ['watch', 'critical', 'reopened'],
    });
    log.release('b');
    expect(lineOf(log)).toMatchObject({ criticalSince: null, exhaustedSince: null });
    const again = log.now;
    log.reserve('d', 300);
    expect(lineOf(log)).toMatchObject({ criticalSince: again, exhaustedSince: again });
  });

  it('follows the thresholds of the rulebook in force at its place in the log', () => {
    const log = new SampleLog().adopt().reserve('a', 500);
    expect(lineOf(log).openLevels).toEqual([]);
    log.adopt({ watch: 0.4, critical: 0.5, exhausted: 1, hysteresis: 0.02 }).reserve('b', 1);
    expect(lineOf(log).openLevels).toEqual(['watch', 'critical']);
  });

  it('is never critical without a rulebook', () => {
    expect(lineOf(new SampleLog().reserve('a', 1000))).toMatchObject({ criticalSince: null, openLevels: [] });
  });

  it('is the same in one piece and in many', () => {
    const log = new SampleLog().adopt().reserve('a', 900).release('a').reserve('b', 850, { destination: 'SA' });
    const replay = new LineReplay();
    for (const event of log.events) replay.fold([event]);
    expect(replay.lines()).toEqual(foldLines(log.events));
    expect(replay).toMatchObject({ position: 4, events: 4 });
  });

  it('has no utilization without a cap or with a cap of 0 and no use', () => {
    const balance = new SampleLog().balance();
    expect(utilizationOf({ ...balance, allocation: null })).toBeNull();
    expect(utilizationOf({ ...balance, allocation: balance.exported })).toBeNull();
    expect(utilizationOf(new SampleLog().reserve('a', 500).balance())).toBe(0.5);
  });
});
