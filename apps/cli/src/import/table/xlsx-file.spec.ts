import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTable } from './table-file.js';
import { xlsxOf, type TestCell } from '../../testing/xlsx-under-test.js';

describe('an Excel file', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'quota-xlsx-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function tableOfRows(...rows: readonly (readonly TestCell[])[]): ReturnType<typeof readTable> {
    const file = path.join(folder, 'x.xlsx');
    await writeFile(file, xlsxOf(rows));
    return readTable(file);
  }

  it('has texts, numbers, days and moments, written as in a CSV file', async () => {
    const cells = ['Ægir & Söhne', 1000, 15.832, new Date('2025-03-31'), new Date('2025-03-31T14:00:00Z'), null] as const;
    const { columns, rows } = await tableOfRows(['a', 'b', 'c', 'd', 'e', 'f'], cells);
    expect(columns).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(rows).toEqual([
      { line: 2, row: 2, cells: { a: 'Ægir & Söhne', b: '1000', c: '15.8320', d: '2025-03-31', e: '2025-03-31T14:00:00Z', f: '' } },
    ]);
  });

  it('counts its rows, empty ones too', async () => {
    const { rows, ragged } = await tableOfRows(['a', 'b'], [null, null], ['x', 1], [null, null], ['y']);
    expect(rows.map(({ row, cells }) => [row, cells['a'], cells['b']])).toEqual([
      [3, 'x', '1'],
      [5, 'y', ''],
    ]);
    expect(ragged).toEqual([]);
  });

  it('is named when it is none', async () => {
    const file = path.join(folder, 'x.xlsx');
    await writeFile(file, 'a,b\n1,2\n');
    await expect(readTable(file)).rejects.toThrow(`${file} is no Excel file`);
    await expect(readTable(path.join(folder, 'none.xlsx'))).rejects.toThrow('Cannot read');
    await expect(readTable(path.join(folder, 'old.xls'))).rejects.toThrow('save it as .xlsx');
  });
});
