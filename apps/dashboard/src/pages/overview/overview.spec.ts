import type { CountryView } from '../../api/answers.js';
import { inSentence, newsOf } from './news.js';
import { askedIn, columnsText, countsOf, rowsOf, type Column } from './rows.js';

const view = (country: string, name: string, over: Partial<CountryView> = {}): CountryView =>
  ({ country, name, status: 'open', available: 100, utilization: 0, allocation: 100, exported: 0, reserved: 0, group: 'allocation', lastEventAt: '2026-01-01T00:00:00Z', ...over }) as CountryView;

const india = view('IN', 'India', { status: 'critical', utilization: 0.95, available: 5 });
const emirates = view('AE', 'United Arab Emirates', { status: 'critical', utilization: 0.97, available: 3 });
const qatar = view('QA', 'Qatar', { status: 'exhausted', utilization: 1, available: 0 });
const malaysia = view('MY', 'Malaysia', { status: 'watch', utilization: 0.82, available: 18 });
const germany = view('DE', 'Germany', { status: 'no-cap', utilization: null, allocation: null, available: null, group: 'partner' });
const china = view('CN', 'China', { status: 'no-allocation', utilization: null, allocation: 0, available: 0, group: 'embargoed' });
const turkey = view('TR', 'Türkiye', { lastEventAt: null });

describe('the news', () => {
  it.each([
    [[india, emirates, qatar, malaysia, turkey], 'The United Arab Emirates and India are close to the cap', 'Qatar has nothing left. 1 country is being watched. 1 country is open.'],
    [[qatar, turkey], 'Qatar has nothing left', '1 country is open.'],
    [[malaysia], 'Malaysia has used most of the cap', '1 country is being watched. 0 countries are open.'],
    [[view('IN', 'India')], 'No country is close to its cap', '1 country is open.'],
    [[turkey], 'Nothing has been reserved or exported yet', '1 country is open.'],
  ])('of these countries is what the table says', (views, headline, rest) => {
    expect(newsOf(views, 0)).toEqual({ headline, rest });
  });

  it('says first which run out, when, and how sure that is', () => {
    const now = Date.parse('2026-12-01T00:00:00Z');
    const out = (from: string, expected: string, to: string | null) => ({ forecast: { criticalOn: null, exhaustedOn: { from, expected, to } } });
    const views = [{ ...india, ...out('2027-01-12', '2027-02-01', '2027-03-03') }, { ...emirates, ...out('2026-12-11', '2026-12-20', null) }, { ...malaysia, ...out('2027-08-01', '2027-09-01', null) }, qatar];
    expect(newsOf(views, now)).toEqual({
      headline: 'The United Arab Emirates and India run out within months',
      rest: 'Qatar has nothing left. The United Arab Emirates is expected to run out after 11 Dec 2026. India is expected to run out between 12 Jan 2027 and 3 Mar 2027. 1 country is being watched. 0 countries are open.',
    });
    expect(newsOf([{ ...india, ...out('2026-12-02', '2026-12-09', '2026-12-20') }], now).headline).toBe('India runs out within days');
  });

  it('names three, and says how many more', () => {
    const five = ['Aa', 'Bb', 'Cc', 'Dd', 'Ee'].map((name, index) => view(name, name, { status: 'critical', utilization: 0.99 - index / 100 }));
    expect(newsOf(five, 0).headline).toBe('Aa, Bb, Cc and 2 more are close to the cap');
  });

  it.each([
    ['Netherlands', 'the Netherlands'],
    ['Solomon Islands', 'the Solomon Islands'],
    ['India', 'India'],
  ])('writes %s in a sentence as %s', (name, text) => {
    expect(inSentence(name)).toBe(text);
  });
});

describe('the rows of the table', () => {
  const all = [germany, india, china, qatar, malaysia, emirates, turkey];
  const codes = (query: string): readonly string[] => rowsOf(all, askedIn(new URLSearchParams(query)).asked).map(({ country }) => country);

  it.each([
    ['', ['QA', 'AE', 'IN', 'MY', 'CN', 'DE']],
    ['order=down', ['MY', 'IN', 'AE', 'QA', 'CN', 'DE']],
    ['show=critical', ['AE', 'IN']],
    ['show=all&sort=country', ['CN', 'DE', 'IN', 'MY', 'QA', 'TR', 'AE']],
    ['q=turk', ['TR']],
    ['q=TÜRK', ['TR']],
    ['q=ae', ['AE']],
    ['sort=status', ['QA', 'IN', 'AE', 'MY', 'DE', 'CN']],
  ])('of the address %p', (query, expected) => {
    expect(codes(query)).toEqual(expected);
  });

  it('narrows them to a group, also beside a search', () => {
    expect([codes('show=all&group=partner'), codes('show=all&group=allocation&q=in'), codes('group=embargoed')]).toEqual([['DE'], ['IN'], ['CN']]);
  });

  it('holds the chosen columns in the address, and leaves out what is unknown', () => {
    const chosen = (query: string): readonly string[] => [...askedIn(new URLSearchParams(query)).asked.chosen];
    expect([chosen(''), chosen('columns=none'), chosen('columns=reserved,pace')]).toEqual([['recent', 'pace', 'runsOut'], [], ['pace', 'reserved']]);
    expect(['', 'columns=none', 'columns=pace,reserved'].map((query) => columnsText(new Set(chosen(query) as Column[])))).toEqual(['', 'none', 'pace,reserved']);
    expect(askedIn(new URLSearchParams('columns=pace,colour')).wrong).toEqual(['columns=colour']);
  });

  it('names the values of an address that cannot be', () => {
    expect(askedIn(new URLSearchParams('show=full&sort=country&order=sideways')).wrong).toEqual(['show=full', 'order=sideways']);
  });

  it('counts each status, and what is in use', () => {
    expect(countsOf(all)).toMatchObject({ used: 6, all: 7, critical: 2, exhausted: 1, watch: 1, open: 1, 'no-cap': 1, 'no-allocation': 1 });
  });
});
