import { csvHeader, csvRows } from './csv.js';
import type { ReportRow } from '#projections';

const csvOf = (columns: readonly string[], rows: readonly ReportRow[]): string => csvHeader(columns) + csvRows(columns, rows);

describe('CSV', () => {
  it('has a header, and quotes what needs it', () => {
    expect(csvOf(['a', 'b', 'c'], [{ a: 'x, "y"', b: 1.5, c: null }, { a: 'two\nlines', b: true, c: 'plain' }])).toBe(
      'a,b,c\r\n"x, ""y""",1.5,\r\n"two\nlines",true,plain\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1'])('keeps a spreadsheet from running %j', (text) => {
    expect(csvOf(['a'], [{ a: text }])).toContain(`'${text}`);
  });

  it('leaves numbers below zero alone', () => {
    expect(csvOf(['a'], [{ a: -1 }])).toBe('a\r\n-1\r\n');
  });
});
