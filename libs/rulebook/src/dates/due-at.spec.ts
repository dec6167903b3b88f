import { dueAt, type DueFacts } from './due-at.js';
import { fromTpp } from '../milli-tpp.js';
import type { DueRule } from '../document/route-settings.js';

const at = (instant: string): DueFacts => ({ exportedAtMs: Date.parse(instant) });

describe('dueAt', () => {
  it.each<[DueRule, string, string | null]>([
    [{ when: 'before-export' }, '2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
    [{ when: 'before-export', days: 25 }, '2026-03-01T12:00:00Z', '2026-02-04T23:59:59.999Z'],
    [{ when: 'before-export', days: 0 }, '2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
    [{ when: 'with-export' }, '2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
    [{ when: 'after-export', days: 30 }, '2026-12-15T00:00:00Z', '2027-01-14T23:59:59.999Z'],
    [{ when: 'every-months', months: 6 }, '2026-08-31T00:00:00Z', '2027-02-28T23:59:59.999Z'],
    [{ when: 'years-after-export', years: 5 }, '2024-02-29T00:00:00Z', '2029-02-28T23:59:59.999Z'],
    [{ when: 'by', date: '2026-01-15T00:00:00Z' }, '2025-03-01T00:00:00Z', '2026-01-15T00:00:00.000Z'],
    [{ when: 'by', date: '2026-01-15T00:00:00Z' }, '2026-03-01T00:00:00Z', '2026-03-01T00:00:00.000Z'],
    [{ when: 'by', date: '2026-01-15' }, '2025-03-01T00:00:00Z', '2026-01-15T23:59:59.999Z'],
    [{ when: 'by', date: '2026-01-15' }, '2026-01-15T12:00:00Z', '2026-01-15T23:59:59.999Z'],
    [{ when: 'by', date: '2026-01-15' }, '2026-01-16T00:00:00Z', '2026-01-16T00:00:00.000Z'],
    [{ when: 'yearly', dates: ['01-15', '07-15'] }, '2026-03-01T00:00:00Z', '2026-07-15T23:59:59.999Z'],
    [{ when: 'yearly', dates: ['01-15', '07-15'] }, '2026-07-15T12:00:00Z', '2026-07-15T23:59:59.999Z'],
    [{ when: 'yearly', dates: ['01-15', '07-15'], upTo: ['01-01', '07-01'] }, '2026-01-10T00:00:00Z', '2026-07-15T23:59:59.999Z'],
    [{ when: 'yearly', dates: ['01-15', '07-15'], upTo: ['01-01', '07-01'] }, '2025-12-31T23:59:59.999Z', '2026-01-15T23:59:59.999Z'],
    [{ when: 'yearly', dates: ['02-01', '08-01'] }, '2026-08-02T00:00:00Z', '2027-02-01T23:59:59.999Z'],
    [{ when: 'after-incident', days: 30 }, '2026-08-02T00:00:00Z', null],
    [{ when: 'before-transfer', days: 60 }, '2026-08-02T00:00:00Z', null],
  ])('puts %j of an export on %s at %s', (due, exportedAt, expected) => {
    expect(dueAt(due, at(exportedAt))).toBe(expected);
  });

  it('is due once the limit is reached, with the shipment that reaches it', () => {
    const due: DueRule = { when: 'on-reaching', tpp: 253_000_000 };
    const reached = (received: number, milliTpp: number): string | null =>
      dueAt(due, { ...at('2026-03-01T00:00:00Z'), receivedMilliTpp: fromTpp(received), milliTpp: fromTpp(milliTpp) });
    expect(reached(252_000_000, 999_999.999)).toBeNull();
    expect(reached(252_000_000, 1_000_000)).toBe('2026-03-01T00:00:00.000Z');
    expect(reached(253_000_000, 1)).toBeNull();
    expect(reached(0, 253_000_000)).not.toBeNull();
  });

  it('counts from what happened, if it did, by the calendar', () => {
    const [exportedAtMs, happened] = [Date.parse('2026-08-02T00:00:00Z'), Date.parse('2026-09-01T23:00:00Z')];
    expect(dueAt({ when: 'after-incident', days: 30 }, { exportedAtMs, incidentAtMs: happened })).toBe(
      '2026-10-01T23:59:59.999Z',
    );
    expect(dueAt({ when: 'before-transfer', days: 60 }, { exportedAtMs, transferAtMs: happened })).toBe(
      '2026-07-03T23:59:59.999Z',
    );
  });

  it('is nowhere for an export at no date', () => {
    expect(dueAt({ when: 'with-export' }, { exportedAtMs: NaN })).toBeNull();
  });
});
