import { builtInRulebook, type DueRule } from '#rulebook';
import { reportingDates } from './reporting-dates.js';

const measured = builtInRulebook().route('uveu')?.dueOf('veu-chip-accounting');
const datesAt = (now: string, since = '2026-03-01', due: DueRule | undefined = measured): readonly string[] =>
  reportingDates(due, since, Date.parse(now));

describe('reportingDates', () => {
  it('are the days in 748 Supplement No. 10 that are over, from the first event of the line on', () => {
    expect(datesAt('2027-06-01T00:00:00Z')).toEqual(['2026-08-01', '2027-02-01']);
  });

  it('have a day once it is over', () => {
    expect(datesAt('2026-08-01T23:59:59.999Z')).toEqual([]);
    expect(datesAt('2026-08-02T00:00:00Z')).toEqual(['2026-08-01']);
  });

  it('have the day of the first event', () => {
    expect(datesAt('2026-08-02T00:00:00Z', '2026-08-01')).toEqual(['2026-08-01']);
    expect(datesAt('2026-08-03T00:00:00Z', '2026-08-02')).toEqual([]);
  });

  it('are none where the rulebook names no days of the year', () => {
    expect(reportingDates(undefined, '2026-03-01', Date.parse('2027-06-01T00:00:00Z'))).toEqual([]);
    expect(datesAt('2027-06-01T00:00:00Z', '2026-03-01', { when: 'every-months', months: 6 })).toEqual([]);
  });
});
