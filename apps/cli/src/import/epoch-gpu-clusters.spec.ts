import { clusterAction, readHardware } from './epoch-gpu-clusters.js';
import type { Row, RowAction } from './row-action.js';

const hardware = readHardware([
  chip('NVIDIA H100 SXM5 80GB', '1.5832e+16', '814.0'),
  chip('NVIDIA GB200', '4e+16', ''),
  chip('Odd chip', '1042079999999998.4', '500.0'),
  chip('Cerebras CS-3', '', ''),
  chip('Broken', 'fast', ''),
]);

function chip(name: string, tpp: string, dieArea: string): Row {
  return { line: 2, row: 2, cells: { 'Hardware name': name, 'Total processing performance (bit-OP/s)': tpp, 'Die Size (mm^2)': dieArea } };
}

const complete = {
  Name: 'Falcon',
  Status: 'Existing',
  'Chip type (primary)': 'NVIDIA H100 SXM5 80GB',
  'Chip quantity (primary)': '30000.000000000004',
  Country: 'Korea (Republic of)',
  'First Operational Date': '2025-03-31',
};

function actionOf(change: Partial<typeof complete> = {}): RowAction {
  return clusterAction({ line: 7, row: 7, cells: { ...complete, ...change } }, { hardware, exporter: 'epoch', home: new Set(['US']) });
}

describe('a cluster of the Epoch file', () => {
  it('that exists is an export on its first day', () => {
    expect(actionOf()).toEqual({
      action: 'export',
      date: '2025-03-31T00:00:00.000Z',
      body: {
        destination: 'KR',
        exporter: 'epoch',
        items: [{ description: 'NVIDIA H100 SXM5 80GB', quantity: 30_000, tppPerUnit: 15_832, dieAreaMm2: 814 }],
        reference: 'Falcon',
        exportedAt: '2025-03-31T00:00:00.000Z',
      },
    });
  });

  it('that was decommissioned was exported all the same', () => {
    expect(actionOf({ Status: 'Decommissioned' })).toMatchObject({ action: 'export', date: '2025-03-31T00:00:00.000Z' });
  });

  it('that is planned is a reservation, and needs no date', () => {
    const planned = actionOf({ Status: 'Planned', 'First Operational Date': '' });
    expect(planned).toMatchObject({ action: 'reserve', date: null });
    expect(planned).not.toHaveProperty('body.exportedAt');
    expect(actionOf({ Status: 'Planned' })).toMatchObject({ action: 'reserve', date: '2025-03-31T00:00:00.000Z' });
  });

  it('leaves out the die area where the hardware file does', () => {
    expect(actionOf({ 'Chip type (primary)': 'NVIDIA GB200' })).toMatchObject({
      body: { items: [{ description: 'NVIDIA GB200', quantity: 30_000, tppPerUnit: 40_000 }] },
    });
    expect(actionOf({ 'Chip type (primary)': 'NVIDIA GB200' })).not.toHaveProperty('body.items.0.dieAreaMm2');
  });

  it('rounds TPP half-even to thousandths', () => {
    expect(actionOf({ 'Chip type (primary)': 'Odd chip' })).toHaveProperty('body.items.0.tppPerUnit', 1042.08);
  });

  it('at home is skipped, whatever else is missing', () => {
    expect(actionOf({ Country: 'United States of America' })).toMatchObject({ action: 'skip', reason: 'home-country' });
    expect(actionOf({ Country: 'United States of America', 'Chip type (primary)': '', Status: '?' })).toMatchObject({ action: 'skip' });
  });

  it.each<[Partial<typeof complete>, string, string]>([
    [{ Country: '' }, 'no-country', 'Country is empty'],
    [{ Country: 'Atlantis' }, 'unknown-country', '"Atlantis"'],
    [{ 'Chip type (primary)': ' ' }, 'no-chip', 'Chip type (primary) is empty'],
    [{ 'Chip type (primary)': 'Abacus' }, 'no-tpp', '"Abacus"'],
    [{ 'Chip type (primary)': 'Cerebras CS-3' }, 'no-tpp', '"Cerebras CS-3"'],
    [{ 'Chip type (primary)': 'Broken' }, 'bad-tpp', '"fast"'],
    [{ 'Chip quantity (primary)': '' }, 'no-quantity', 'Chip quantity (primary) is empty'],
    [{ 'Chip quantity (primary)': '12.5' }, 'bad-quantity', '"12.5"'],
    [{ 'Chip quantity (primary)': '0' }, 'bad-quantity', '"0"'],
    [{ 'Chip quantity (primary)': '-4' }, 'bad-quantity', '"-4"'],
    [{ 'Chip quantity (primary)': 'many' }, 'bad-quantity', '"many"'],
    [{ 'Chip quantity (primary)': '2e9' }, 'bad-quantity', '"2e9"'],
    [{ 'First Operational Date': '' }, 'no-date', 'First Operational Date is empty'],
    [{ 'First Operational Date': '2025-02-30' }, 'bad-date', '"2025-02-30"'],
    [{ 'First Operational Date': 'March 2025' }, 'bad-date', '"March 2025"'],
    [{ Status: 'Cancelled' }, 'unknown-status', '"Cancelled"'],
    [{ Status: '' }, 'no-status', 'Status is empty'],
    [{ Status: 'Planned', 'First Operational Date': 'soon' }, 'bad-date', '"soon"'],
  ])('with %p is rejected', (change, reason, words) => {
    expect(actionOf(change)).toEqual({ action: 'reject', reason, detail: expect.stringContaining(words) as string });
  });

  it('says all that is wrong with it', () => {
    const { detail } = actionOf({ Country: '', 'Chip type (primary)': '', 'Chip quantity (primary)': '' }) as { detail: string };
    expect(detail).toBe('Country is empty. Chip type (primary) is empty. Chip quantity (primary) is empty.');
  });
});

describe('the hardware file', () => {
  it('may repeat a chip, but not describe it differently', () => {
    expect(readHardware([chip('A', '4e+16', ''), chip('A', '4e+16', '')]).size).toBe(1);
    expect(() => readHardware([chip('A', '4e+16', ''), chip('A', '5e+16', '')])).toThrow('"A"');
  });
});
