import { shipmentAction } from './shipments.js';
import type { RowAction } from './row-action.js';

function actionOf(cells: Readonly<Record<string, string>>): RowAction {
  return shipmentAction({ line: 2, row: 2, cells }, { exporter: 'import', home: new Set(['US']) });
}

const chip = { destination: 'AE', chip: 'nvidia-h100-sxm5', quantity: '1000', exportedAt: '2025-03-31' };
const board = { destination: 'India', description: 'custom board', tppPerUnit: '20919.2', quantity: '3', exportedAt: '2025-03-31T14:00:00+02:00' };

describe('a country of more than one name', () => {
  it('is named with its codes', () => {
    expect(actionOf({ ...chip, destination: 'Congo' })).toMatchObject({
      action: 'reject',
      reason: 'unknown-country',
      detail: 'destination "Congo" is the name of more than one country: write CG (Congo (Republic)) or CD (Congo (Democratic Republic)).',
    });
  });
});

describe('a number or date that is written otherwise', () => {
  it.each<[Readonly<Record<string, string>>, string, string]>([
    [{ ...chip, quantity: '1.000' }, 'bad-quantity', 'quantity "1.000" can be read in two ways: write 1 or 1000.'],
    [{ ...chip, quantity: '1,000' }, 'bad-quantity', 'quantity "1,000" can be read in two ways: write 1 or 1000.'],
    [{ ...chip, quantity: '1 000' }, 'bad-quantity', 'quantity "1 000" is written otherwise here: write 1000.'],
    [{ ...board, tppPerUnit: '15.832' }, 'bad-tpp', 'tppPerUnit "15.832" can be read in two ways: write 15.8320 or 15832.'],
    [{ ...board, tppPerUnit: '20.919,2' }, 'bad-tpp', 'tppPerUnit "20.919,2" is written otherwise here: write 20919.2.'],
    [{ ...board, dieAreaMm2: '814,5' }, 'bad-die-area', 'dieAreaMm2 "814,5" is written otherwise here: write 814.5.'],
    [{ ...chip, exportedAt: '31.03.2025' }, 'bad-date', 'exportedAt "31.03.2025" is written otherwise here: write 2025-03-31.'],
    [{ ...chip, exportedAt: '03/04/2025' }, 'bad-date', 'exportedAt "03/04/2025" can be read in two ways: write 2025-04-03 or 2025-03-04.'],
  ])('%p is rejected as %s, with what to write', (cells, reason, detail) => {
    expect(actionOf(cells)).toEqual({ action: 'reject', reason, detail });
  });
});

describe('a row of shipments', () => {
  it('is an export of a chip', () => {
    expect(actionOf(chip)).toEqual({
      action: 'export',
      date: '2025-03-31T00:00:00.000Z',
      body: {
        destination: 'AE',
        exporter: 'import',
        items: [{ chip: 'nvidia-h100-sxm5', quantity: 1000 }],
        exportedAt: '2025-03-31T00:00:00.000Z',
      },
    });
  });

  it('is an export of a described item', () => {
    expect(actionOf({ ...board, exporter: 'acme-semi', eccn: '4A090.a', dieAreaMm2: '814', itn: 'X2025', reference: 'PO-1', route: 'licence' })).toEqual({
      action: 'export',
      date: '2025-03-31T12:00:00.000Z',
      body: {
        destination: 'IN',
        exporter: 'acme-semi',
        route: 'licence',
        items: [{ description: 'custom board', quantity: 3, tppPerUnit: 20919.2, dieAreaMm2: 814, eccn: '4A090.a' }],
        exportedAt: '2025-03-31T12:00:00.000Z',
        itn: 'X2025',
        reference: 'PO-1',
      },
    });
  });

  it('has an applicable die area of 0 where no die counts', () => {
    expect(actionOf({ ...board, dieAreaMm2: '0' })).toMatchObject({ body: { items: [{ dieAreaMm2: 0 }] } });
  });

  it('is a reservation when it says so', () => {
    expect(actionOf({ ...chip, action: 'reserve', exportedAt: '', expiresAt: '2027-01-01' })).toEqual({
      action: 'reserve',
      date: null,
      body: {
        destination: 'AE',
        exporter: 'import',
        items: [{ chip: 'nvidia-h100-sxm5', quantity: 1000 }],
        expiresAt: '2027-01-01T00:00:00.000Z',
      },
    });
  });

  it('to the home country is skipped', () => {
    expect(actionOf({ ...chip, destination: 'US' })).toMatchObject({ action: 'skip', reason: 'home-country' });
  });

  it.each<[Readonly<Record<string, string>>, string]>([
    [{ ...chip, action: 'ship' }, 'unknown-action'],
    [{ ...chip, destination: '' }, 'no-country'],
    [{ ...chip, destination: 'ZZ' }, 'unknown-country'],
    [{ ...chip, chip: '' }, 'no-chip'],
    [{ ...chip, description: 'too' }, 'no-chip'],
    [{ ...chip, tppPerUnit: '1' }, 'bad-row'],
    [{ ...chip, quantity: '1.5' }, 'bad-quantity'],
    [{ ...chip, exportedAt: '' }, 'no-date'],
    [{ ...chip, exportedAt: '31.03.2025' }, 'bad-date'],
    [{ ...chip, exportedAt: '2025-04-31T00:00:00Z' }, 'bad-date'],
    [{ ...chip, expiresAt: '2027-01-01' }, 'bad-row'],
    [{ ...chip, action: 'reserve' }, 'bad-row'],
    [{ ...board, tppPerUnit: '' }, 'no-tpp'],
    [{ ...board, tppPerUnit: '-1' }, 'bad-tpp'],
    [{ ...board, tppPerUnit: '1e20' }, 'bad-tpp'],
    [{ ...board, dieAreaMm2: '-1' }, 'bad-die-area'],
  ])('%p is rejected as %s', (cells, reason) => {
    expect(actionOf(cells)).toMatchObject({ action: 'reject', reason });
  });
});
