import { dutyPeriods } from './duty-periods.js';
import type { RecurringDue } from '../document/route-settings.js';

const at = (instant: string): number => Date.parse(instant);
const iso = (ms: number): string => new Date(ms).toISOString();
const periodsOf = (due: RecurringDue, since: string, until: string): readonly (readonly string[])[] =>
  Array.from(dutyPeriods(due, at(since), at(until)), ({ fromMs, untilMs, dueMs }) => [iso(fromMs), iso(untilMs), iso(dueMs)]);

const reports: RecurringDue = { when: 'yearly', dates: ['01-15', '07-15'], upTo: ['01-01', '07-01'] };

describe('the periods of a duty that comes back', () => {
  it('are half-years where a report covers what happened before a day', () => {
    expect(periodsOf(reports, '2025-11-05T00:00:00Z', '2026-07-01T00:00:00Z')).toEqual([
      ['2025-07-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', '2026-01-15T23:59:59.999Z'],
      ['2026-01-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z', '2026-07-15T23:59:59.999Z'],
      ['2026-07-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z', '2027-01-15T23:59:59.999Z'],
    ]);
  });

  it('end with the day on which it is due where nothing else is said', () => {
    expect(periodsOf({ when: 'yearly', dates: ['02-01', '08-01'] }, '2026-02-01T12:00:00Z', '2026-02-02T00:00:00Z')).toEqual([
      ['2025-08-02T00:00:00.000Z', '2026-02-02T00:00:00.000Z', '2026-02-01T23:59:59.999Z'],
      ['2026-02-02T00:00:00.000Z', '2026-08-02T00:00:00.000Z', '2026-08-01T23:59:59.999Z'],
    ]);
  });

  it('are so many months from the first shipment, by the calendar', () => {
    expect(periodsOf({ when: 'every-months', months: 6 }, '2026-08-31T06:00:00Z', '2027-09-01T00:00:00Z')).toEqual([
      ['2026-08-31T06:00:00.000Z', '2027-02-28T06:00:00.000Z', '2027-02-28T23:59:59.999Z'],
      ['2027-02-28T06:00:00.000Z', '2027-08-31T06:00:00.000Z', '2027-08-31T23:59:59.999Z'],
      ['2027-08-31T06:00:00.000Z', '2028-02-29T06:00:00.000Z', '2028-02-29T23:59:59.999Z'],
    ]);
  });

  it('are none before anything happened, or at no date', () => {
    expect(periodsOf(reports, '2026-03-01T00:00:00Z', '2025-03-01T00:00:00Z')).toEqual([]);
    expect([...dutyPeriods(reports, NaN, 0), ...dutyPeriods(reports, 0, NaN)]).toEqual([]);
  });
});
