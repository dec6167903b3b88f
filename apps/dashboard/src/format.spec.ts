import { csvCell, csvText } from './download.js';
import { counted, dayOf, grouped, listed, percent, scaled } from './format.js';

const plain = (text: string): string => text.replace(/\u2009/g, ' ');

describe('figures for people', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1_000, '1 000'],
    [790_000_000, '790 000 000'],
    [-12_345, '−12 345'],
    [1_234.5, '1 234.5'],
  ])('%d is grouped as %s', (value, text) => {
    expect(plain(grouped(value))).toBe(text);
  });

  it.each([
    [771_912_000, '771.9', 'M'],
    [7_040_000_000, '7.0', 'G'],
    [12, '12', ''],
  ])('%d is scaled to %s %s', (value, figure, unit) => {
    expect(scaled(value)).toEqual({ figure, unit });
  });

  it.each([
    [0, '0.0 %'],
    [0.962, '96.2 %'],
    [0.99999, '99.9 %'],
    [1, '100.0 %'],
    [1.234, '123.4 %'],
  ])('%d is the share %s: nothing is full while something is left', (share, text) => {
    expect(plain(percent(share))).toBe(text);
  });

  it('names days in UTC, lists and counts', () => {
    expect(dayOf('2026-09-04T23:59:59.999Z')).toBe('4 Sep 2026');
    expect(listed(['India'])).toBe('India');
    expect(listed(['India', 'Qatar', 'Oman'])).toBe('India, Qatar and Oman');
    expect([counted(1, 'country', 'countries'), counted(2, 'country', 'countries')]).toEqual(['1 country', '2 countries']);
  });
});

describe('a download', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('defuses %j, which a spreadsheet would run', (text) => {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  });

  it('keeps numbers as they are, and quotes what would end a cell', () => {
    expect(csvText(['a', 'b'], [[-1, 'x,"y"'], [null, 'z']])).toBe('a,b\r\n-1,"x,""y"""\r\n,z\r\n');
  });
});
