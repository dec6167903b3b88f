import { askedObligations, listHref, obligationsPath } from './asked-obligations.js';
import { untilDue } from './due.js';
import { cellText, parametersIn } from './report-cells.js';

const asked = (query: string) => askedObligations(new URLSearchParams(query));

describe('the filters of obligations', () => {
  it.each([
    ['', '/v1/obligations?status=open&limit=50'],
    ['exporter= acme &kind=lpp-notice', '/v1/obligations?status=open&exporter=acme&kind=lpp-notice&limit=50'],
    ['dueBefore=2026-12-31', '/v1/obligations?status=open&dueBefore=2026-12-31T00%3A00%3A00Z&limit=50'],
    ['dueBefore=2026-02-30', '/v1/obligations?status=open&limit=50'],
  ])('ask for %p', (query, path) => {
    expect(obligationsPath(asked(query), 'open', 50)).toBe(path);
  });

  it.each([
    ['status=late&dueBefore=2026-02-30', ['status=late', 'dueBefore=2026-02-30']],
    ['dueBefore=soon', ['dueBefore=soon']],
    ['status=done&dueBefore=2026-02-28', []],
  ])('name what cannot be in %p', (query, wrong) => {
    expect(asked(query).wrong).toEqual(wrong);
  });

  it('stay in the address when another list or page is opened', () => {
    const filters = asked('exporter=acme&kind=lpp-notice&dueBefore=2026-12-31&cursor=old');
    expect(listHref(filters, 'owed')).toBe('/app/obligations?exporter=acme&kind=lpp-notice&dueBefore=2026-12-31');
    expect(asked(listHref(filters, 'open', 'next').split('?')[1] ?? '')).toEqual({ ...filters, status: 'open', cursor: 'next' });
    expect(listHref(asked(''), 'owed')).toBe('/app/obligations');
  });
});

it.each([
  ['2026-12-01T23:59:59.999Z', 'today'],
  ['2026-12-02T00:00:00Z', 'in 1 day'],
  ['2026-12-13T08:00:00Z', 'in 12 days'],
  ['2026-11-30T23:59:59.999Z', '1 day ago'],
  ['2026-11-01T00:00:00Z', '30 days ago'],
])('what is due at %s on 1 December is due %s', (dueAt, text) => {
  expect(untilDue(dueAt, Date.parse('2026-12-01T12:00:00Z'))).toBe(text);
});

describe('a report', () => {
  it.each([
    ['tpp', 26_900_000, '26 900 000'],
    ['year', 2026, '2026'],
    ['dueAt', '2026-07-10T23:59:59.999Z', '10 Jul 2026'],
    ['limitReached', false, 'no'],
    ['noticeDueAt', null, '–'],
    ['parent', '2026 Holding', '2026 Holding'],
  ])('shows %s %p as %p', (column, value, text) => {
    expect(cellText(column, value).replace(/\u2009/g, ' ')).toBe(text);
  });

  it('takes from the address the parameters that it has', () => {
    expect(parametersIn(new URLSearchParams('exporter= acme &year=&asOf=2026-01-01'), ['exporter', 'year'])).toEqual({ exporter: 'acme' });
  });
});
