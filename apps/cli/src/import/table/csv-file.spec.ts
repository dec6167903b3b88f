import { parseCsv, readCsvFile } from './csv-file.js';
import { checkColumns } from './table.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

describe('a CSV file', () => {
  it('is read with byte order mark, quotes and line ends inside cells, and says at which line a row begins', () => {
    const { columns, rows } = parseCsv('\ufeffName,Note\r\na,"one\r\ntwo\nthree"\r\n\r\nb,"say ""hi"", please"\r\nc,', 'x.csv');
    expect(columns).toEqual(['Name', 'Note']);
    expect(rows).toEqual([
      { line: 2, row: 2, cells: { Name: 'a', Note: 'one\r\ntwo\nthree' } },
      { line: 6, row: 4, cells: { Name: 'b', Note: 'say "hi", please' } },
      { line: 7, row: 5, cells: { Name: 'c', Note: '' } },
    ]);
  });

  it('has no rows and columns of nothing but commas; lines and rows are counted all the same', () => {
    const { columns, rows, ragged } = parseCsv('a,b,,\r\n,,,\r\n1,2,,\r\n , ,\r\n3,4,,,,\r\n', 'x.csv');
    expect([columns, ragged]).toEqual([['a', 'b'], []]);
    expect(rows).toEqual([
      { line: 3, row: 3, cells: { a: '1', b: '2' } },
      { line: 5, row: 5, cells: { a: '3', b: '4' } },
    ]);
  });

  it.each([
    ['a,,b\n1,,2\n3,x,4\n', 'Column 2 of x.csv has no name, but text in line 3'],
    ['a;b\n1;2\n', 'x.csv is separated by semicolons'],
    ['\ufeff"a";"b"\r\n"1";"2,5"\r\n', 'x.csv is separated by semicolons'],
    ['a\tb\n1\t2\n', 'x.csv is separated by tabs'],
  ])('%j stops with what to do', (text, words) => {
    expect(() => parseCsv(text, 'x.csv')).toThrow(words);
  });

  it('sets rows apart that have more or fewer cells than the header', () => {
    const { rows, ragged } = parseCsv('a,b\n1,2\n3\n4,5,6\n\n', 'x.csv');
    expect(rows.map(({ line }) => line)).toEqual([2]);
    expect(ragged.map(({ line }) => line)).toEqual([3, 4]);
    expect(ragged[0]?.detail).toContain('1 cells, the header 2');
  });

  it.each([
    ['', 'no header line'],
    ['\n1,2\n', 'no header line'],
    ['a,b,a\n1,2,3\n', '"a" twice'],
    ['a,b\n"1,2\n', 'no CSV file'],
    ['a,b\n1"2,3\n', 'no CSV file'],
  ])('is refused with its name: %p', (text, words) => {
    expect(() => parseCsv(text, 'x.csv')).toThrow(words);
    expect(() => parseCsv(text, 'x.csv')).toThrow('x.csv');
  });

  it('names the columns that it lacks and those that nobody knows', () => {
    expect(() => checkColumns('x.csv', ['a'], ['a', 'b'])).toThrow('x.csv lacks the column "b". It has "a".');
    expect(() => checkColumns('x.csv', ['a', 'c'], ['a'], ['a', 'b'])).toThrow('x.csv has the unknown column "c". Known are "a", "b".');
    expect(() => checkColumns('x.csv', ['a', 'c'], ['a'])).not.toThrow();
  });

  describe('on disk', () => {
    let folder = '';
    beforeEach(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'quota-csv-'));
    });
    afterEach(() => rm(folder, { recursive: true }));

    it('is named when it is missing, a folder or not UTF-8', async () => {
      const file = path.join(folder, 'x.csv');
      await expect(readCsvFile(file)).rejects.toThrow(`Cannot read ${file}`);
      await expect(readCsvFile(folder)).rejects.toThrow(`Cannot read ${folder}`);
      await writeFile(file, Buffer.from('a\nMünchen\n', 'latin1'));
      await expect(readCsvFile(file)).rejects.toThrow('not UTF-8');
    });
  });
});
