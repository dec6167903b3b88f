import type { Alert } from '../../api/answers.js';
import { askedAlerts, byDay } from './asked-alerts.js';

describe('the alerts that an address asks for', () => {
  it.each([
    ['', { state: 'open', level: 'any', days: 'all', wrong: [] }],
    ['state=all&level=forecast&days=7', { state: 'all', level: 'forecast', days: '7', wrong: [] }],
    ['state=shut&level=high&days=8', { state: 'open', level: 'any', days: 'all', wrong: ['state=shut', 'level=high', 'days=8'] }],
  ])('of %p', (query, expected) => {
    expect(askedAlerts(new URLSearchParams(query))).toEqual(expected);
  });

  it('are those of the days asked for, by day, and none of the future of the moment that is shown', () => {
    const at = (raisedAt: string): Alert => ({ id: raisedAt, raisedAt }) as Alert;
    const alerts = [at('2026-11-30T10:00:00Z'), at('2026-12-01T09:00:00Z'), at('2026-11-30T12:00:00Z'), at('2026-11-20T00:00:00Z'), at('2026-12-02T00:00:00Z')];
    const nowMs = Date.parse('2026-12-01T12:00:00Z');
    expect(byDay(alerts, { days: '7' }, nowMs).map(({ day, alerts: of }) => [day, of.map(({ id }) => id)])).toEqual([
      ['2026-12-01', ['2026-12-01T09:00:00Z']],
      ['2026-11-30', ['2026-11-30T12:00:00Z', '2026-11-30T10:00:00Z']],
    ]);
    expect(byDay(alerts, { days: 'all' }, nowMs)).toHaveLength(3);
  });
});
