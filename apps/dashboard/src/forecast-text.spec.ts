import type { CountryView } from './api/answers.js';
import { betweenText, daysToPeriodEnd, intervalText, noDayText, shortIntervalText, spanText } from './forecast-text.js';

describe('an expected day is said', () => {
  it.each([
    [{ from: '2026-12-11', to: '2027-01-02' }, '11 Dec – 2 Jan 2027', 'between 11 Dec 2026 and 2 Jan 2027'],
    [{ from: '2027-01-11', to: '2027-02-02' }, '11 Jan – 2 Feb 2027', 'between 11 Jan 2027 and 2 Feb 2027'],
    [{ from: '2027-03-11', to: '2027-07-30' }, 'Mar – Jul 2027', 'between 11 Mar 2027 and 30 Jul 2027'],
    [{ from: '2027-03-11', to: null }, 'from 11 Mar 2027', 'after 11 Mar 2027'],
    [{ from: '2026-09-04', to: '2026-09-04' }, '4 Sep 2026', 'on 4 Sep 2026'],
  ])('%j as %s', (day, short, long) => {
    expect([intervalText(day), betweenText(day)]).toEqual([short, long]);
  });

  it.each([
    ['2027-01-01', '2027-01-02', '1 day'],
    ['2027-01-01', '2027-02-19', '7 weeks'],
    ['2027-02-28', '2027-12-31', '10 months'],
  ])('%s to %s as %s', (from, to, text) => {
    expect(spanText(from, to)).toBe(text);
  });
});

it('leaves out a year that goes without saying', () => {
  const nowMs = Date.parse('2026-12-01T00:00:00Z');
  expect(shortIntervalText({ from: '2026-12-11', to: '2027-01-02' }, nowMs)).toBe('11 Dec – 2 Jan');
  expect(shortIntervalText({ from: '2027-11-11', to: '2027-12-02' }, nowMs)).toBe('11 Nov – 2 Dec 2027');
  expect(shortIntervalText({ from: '2027-01-11', to: null }, nowMs)).toBe('from 11 Jan 2027');
});

describe('where there is no day', () => {
  const view = { allocation: 100, available: 50, lastEventAt: '2026-01-01T00:00:00Z', burnPerDay: { d30: 1, d90: 1 }, status: 'open' } as unknown as CountryView;
  it.each([
    [{}, 'no forecast yet'],
    [{ available: 99_999 }, 'not before the end'],
    [{ burnPerDay: { d30: 0, d90: 0 } }, 'not before the end'],
    [{ lastEventAt: null }, 'not used'],
    [{ allocation: null }, 'no cap'],
    [{ allocation: 0, status: 'no-allocation' as const }, 'no allocation'],
  ])('because of %j the table says %s', (over, text) => {
    expect(noDayText({ ...view, ...over }, daysToPeriodEnd(Date.parse('2026-12-01T12:00:00Z')))).toBe(text);
  });
});
