import { parseCsv } from './table/csv-file.js';
import { planImport, type PlannedRow } from './plan-import.js';
import { shipmentAction } from './shipments.js';

const header = 'destination,chip,quantity,exportedAt\n';

function plan(text: string): readonly PlannedRow[] {
  return planImport(parseCsv(text, 'x.csv'), {
    format: 'shipments',
    actionOf: (row) => shipmentAction(row, { exporter: 'import', home: new Set(['US']) }),
    writtenExporter: () => 'import',
  });
}

describe('the plan of an import', () => {
  it('sends the oldest first, rows of one day as they stand, rows without a date last', () => {
    const rows = plan(`${header}AE,c,1,2026-01-01\nAE,c,2,\nAE,c,3,2025-01-01\nIN,c,4,2025-01-01\n`);
    expect(rows.map(({ line }) => line)).toEqual([4, 5, 2, 3]);
  });

  it('gives equal texts keys of their own, by their occurrence', () => {
    const keys = plan(`${header}AE,c,1,2026-01-01\nAE,c,2,2026-01-01\nAE,c,1,2026-01-01\n`).map(({ textKey }) => textKey);
    expect(new Set(keys).size).toBe(3);
    expect(keys[2]).toBe(keys[0]?.replace(/:1$/, ':2'));
    for (const key of keys) expect(key).toMatch(/^[\x20-\x7e]{8,200}$/);
  });

  it('keeps the key of a text, by which files were imported before rows were known by their meaning', () => {
    const [row] = plan(`${header}AE,nvidia-h100-sxm5,100,2026-03-31\n`);
    expect(row?.textKey).toBe('EHREFATiRSEEx26CnLM0R9TA9I0Vb3w5D_pab9eMJEo:1');
  });

  it('keeps the key of a meaning', () => {
    const [row] = plan(`${header}AE,nvidia-h100-sxm5,100,2026-03-31\n`);
    expect(row?.meaningKey).toBe('gjiEUp-LtUzlyOas9J8VPvUyZ73qt6Ou8WPe34UuBa8');
  });

  it('gives a text the same key wherever it stands and in whatever order its columns are', () => {
    const [, moved] = plan(`${header}IN,c,9,2025-05-05\nAE,c,1,2026-01-01\n`);
    const [reordered] = plan('chip,exportedAt,destination,quantity\nc,2026-01-01,AE,1\n');
    expect(moved?.textKey).toBe(reordered?.textKey);
  });
});
