import { csvLines } from './report-file.js';

describe('a report', () => {
  it('quotes cells that need it', () => {
    expect(csvLines([['a', 'b'], [2, 'Say "when", please.']])).toBe('a,b\n2,"Say ""when"", please."\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1'])('keeps a spreadsheet from running %j', (text) => {
    expect(csvLines([[text, -1]])).toBe(`'${text},-1\n`);
  });
});
