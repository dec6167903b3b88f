import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { xlsxOf } from '../../apps/cli/src/testing/xlsx-under-test.js';
import { quota, withFolder, type CliResult } from './cli-under-test.js';
import { expectedOfEpoch } from './epoch-oracle.js';
import { LedgerUnderTest } from './ledger-under-test.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const epoch = path.join(root, '../shared/data/epoch');
const clusters = path.join(epoch, 'gpu_clusters.csv');
const hardware = path.join(epoch, 'ml_hardware.csv');
const shipments = path.join(root, 'docs/examples/shipments.csv');
const isThere = existsSync(clusters) && existsSync(hardware);

interface Summary {
  readonly rows: number;
  readonly exported: number;
  readonly reserved: number;
  readonly refused: number;
  readonly skipped: number;
  readonly rejected: number;
  readonly recorded: number;
  readonly alreadyRecorded: number;
}

async function importFile(folder: string, ...args: readonly string[]): Promise<Summary> {
  const { code, out, err } = await quota('import', ...args, '--report', path.join(folder, 'report.csv'), '--json');
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Summary;
}

describe('the import of shipments', () => {
  let ledger: LedgerUnderTest;
  beforeEach(async () => {
    ledger = await LedgerUnderTest.start();
  });
  afterEach(() => ledger.stop());

  it('plays the example, twice, with the same end', () =>
    withFolder(async (folder) => {
      const first = await importFile(folder, shipments, '--url', ledger.url);
      expect(first).toMatchObject({ rows: 8, exported: 6, reserved: 1, refused: 1, skipped: 0, rejected: 0, recorded: 8 });
      const before = await ledger.call('GET', '/v1/countries');
      const second = await importFile(folder, shipments, '--url', ledger.url);
      expect(second).toMatchObject({ rows: 8, exported: 6, reserved: 1, refused: 1, recorded: 0, alreadyRecorded: 8 });
      const after = await ledger.call('GET', '/v1/countries');
      expect(after.text).toBe(before.text);
      const { body } = await ledger.call('GET', '/v1/countries/AE');
      expect(body).toMatchObject({ exported: 15_832_000, reserved: 60_000_000, exports: 1, openReservations: 1 });
    }));

  it('stops before it sends anything when a column is missing or unknown', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'x.csv');
      await writeFile(file, 'destination,amount\nAE,3\n');
      const missing = await quota('import', file, '--url', ledger.url);
      expect(missing).toMatchObject({ code: 2, out: '' });
      expect(missing.err).toContain(`${file} lacks the column "quantity"`);
      await writeFile(file, 'destination,quantity,colour\nAE,3,red\n');
      const unknown = await quota('import', file, '--url', ledger.url);
      expect(unknown.err).toContain(`${file} has the unknown column "colour"`);
      expect((await ledger.call('GET', '/v1/events?stream=quota-country:AE')).body['items']).toEqual([]);
    }));

  describe.each(['a server', 'a data directory'])('into %s', (where) => {
    const row = (itn: string, quantity = 100): string => `BR,nvidia-h100-sxm5,${quantity},2026-03-31,acme,${itn}\n`;

    async function run(folder: string, text: string, ...args: readonly string[]): Promise<Summary> {
      const file = path.join(folder, 'x.csv');
      await writeFile(file, `destination,chip,quantity,exportedAt,exporter,itn\n${text}`);
      const to = where === 'a server' ? ['--url', ledger.url] : ['--data-dir', path.join(folder, 'data')];
      return importFile(folder, file, ...args, ...to);
    }

    async function brazil(folder: string): Promise<Readonly<Record<string, unknown>>> {
      if (where === 'a server') return (await ledger.call('GET', '/v1/countries/BR')).body;
      return JSON.parse((await quota('country', 'BR', '--json', '--data-dir', path.join(folder, 'data'))).out) as Record<string, unknown>;
    }

    it('files the export of a row that has its ITN by now, and debits it once', () =>
      withFolder(async (folder) => {
        expect(await run(folder, row(''))).toMatchObject({ recorded: 1, itnsRecorded: 0 });
        expect(await run(folder, row('X20260331000001'))).toMatchObject({ recorded: 0, alreadyRecorded: 1, itnsRecorded: 1 });
        expect(await run(folder, row('X20260331000001'))).toMatchObject({ recorded: 0, alreadyRecorded: 1, itnsRecorded: 0 });
        expect(await brazil(folder)).toMatchObject({ exported: 1_583_200, exports: 1 });
        if (where !== 'a server') return;
        expect((await ledger.call('GET', '/v1/exports?exporter=acme')).body.items).toMatchObject([{ itn: 'X20260331000001' }]);
      }));

    it('names a correction, and makes it when it is told to', () =>
      withFolder(async (folder) => {
        await run(folder, row('X1'));
        expect(await run(folder, row('X1', 120))).toMatchObject({ notSent: 1, recorded: 0 });
        expect(await run(folder, row('X1', 120), '--correct', '--dry-run')).toMatchObject({ dryRun: true, corrected: 1 });
        expect(await brazil(folder)).toMatchObject({ exported: 1_583_200, exports: 1 });
        expect(await run(folder, row('X1', 120), '--correct')).toMatchObject({ notSent: 0, recorded: 1, corrected: 1 });
        expect(await brazil(folder)).toMatchObject({ exported: 1_899_840, exports: 1 });
      }));

    it('sends what looks like a shipment recorded before only with --again', () =>
      withFolder(async (folder) => {
        await run(folder, row('X1'));
        expect(await run(folder, row('X2'))).toMatchObject({ notSent: 1, recorded: 0 });
        expect(await run(folder, row('X2'), '--again')).toMatchObject({ notSent: 0, recorded: 1 });
        expect(await brazil(folder)).toMatchObject({ exported: 3_166_400, exports: 2 });
      }));

    it('foresees what it would record, the dates of the exports included', () =>
      withFolder(async (folder) => {
        await run(folder, row('X1'));
        const text = `${row('X3', 40_000)}${row('X4', 40_000)}BR,nvidia-h100-sxm5,1,2030-01-01,acme,\nCN,nvidia-h100-sxm5,1,2026-01-01,acme,\n`;
        const foreseen = await run(folder, text, '--dry-run');
        expect(foreseen).toMatchObject({ exported: 1, refused: 2, rejected: 1, recorded: 3 });
        expect(await brazil(folder)).toMatchObject({ exports: 1, refusals: 0 });
        expect(await run(folder, text)).toMatchObject({ exported: 1, refused: 2, rejected: 1, recorded: 3 });
      }));
  });

  it('knows the rows of an Excel file from the CSV file that they were saved as', () =>
    withFolder(async (folder) => {
      const header = ['destination', 'chip', 'quantity', 'exportedAt', 'exporter', 'itn'];
      const rows = [
        ['Egypt', 'nvidia-h100-sxm5', 1000, new Date('2026-03-31'), 'acme', null],
        [null, null, null, null, null, null],
        ['EG', 'nvidia-h100-sxm5', '1.000', new Date('2026-03-31'), 'acme', null],
      ];
      const sheet = path.join(folder, 'x.xlsx');
      await writeFile(sheet, xlsxOf([header, ...rows]));
      expect(await importFile(folder, sheet, '--url', ledger.url)).toMatchObject({ rows: 2, exported: 1, rejected: 1, recorded: 1 });
      expect(readFileSync(path.join(folder, 'report.csv'), 'utf8')).toMatch(/^4,rejected,bad-quantity,.*write 1 or 1000.*,4,,,,$/m);
      const csv = path.join(folder, 'x.csv');
      await writeFile(csv, `${header.join(',')}\nEG,nvidia-h100-sxm5,1000,2026-03-31,acme,X1\n`);
      expect(await importFile(folder, csv, '--url', ledger.url)).toMatchObject({ recorded: 0, alreadyRecorded: 1, itnsRecorded: 1 });
      expect((await ledger.call('GET', '/v1/countries/EG')).body).toMatchObject({ exported: 15_832_000, exports: 1 });
    }));

  it('decides refused rows anew when it is told to, and debits each once', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'x.csv');
      await writeFile(file, 'destination,chip,quantity,exportedAt\nBR,nvidia-h100-sxm5,2000,2026-03-31\n');
      const run = (...args: readonly string[]) => importFile(folder, file, '--url', ledger.url, ...args);
      const hold = { destination: 'BR', items: [{ chip: 'nvidia-h100-sxm5', quantity: 49_000 }] };
      const held = await ledger.post('/v1/reservations', hold);
      expect(await run()).toMatchObject({ refused: 1, recorded: 1 });
      await ledger.post(`/v1/reservations/${held.body.id}/release`, {});
      expect(await run()).toMatchObject({ refused: 1, recorded: 0, alreadyRecorded: 1 });
      expect(readFileSync(path.join(folder, 'report.csv'), 'utf8')).toMatch(/^2,refused,insufficient-quota,/m);
      expect(await run('--retry-refused')).toMatchObject({ exported: 1, refused: 0, recorded: 1 });
      for (const again of [['--retry-refused'], []]) {
        expect(await run(...again)).toMatchObject({ exported: 1, refused: 0, recorded: 0, alreadyRecorded: 1 });
      }
      expect((await ledger.call('GET', '/v1/countries/BR')).body).toMatchObject({ exported: 31_664_000, exports: 1 });
    }));

  it('says what the ledger does not know, by line', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'x.csv');
      await writeFile(file, 'destination,chip,quantity,exportedAt\nAE,nvidia-abacus,3,2026-01-01\nAE,nvidia-h100-sxm5,3,2027-05-05\n');
      expect(await importFile(folder, file, '--url', ledger.url)).toMatchObject({ rows: 2, rejected: 2, recorded: 0 });
      const report = readFileSync(path.join(folder, 'report.csv'), 'utf8').split('\n');
      expect(report[1]).toMatch(/^2,rejected,unknown-chip,.*nvidia-abacus/);
      expect(report[2]).toMatch(/^3,rejected,invalid-request,/);
    }));
});

// The files belong to others and are not part of this repository.
(isThere ? describe : describe.skip)(`the import of the Epoch files${isThere ? '' : ` (skipped: ${epoch} is not there)`}`, () => {
  const scenarios: readonly (readonly [string, string | undefined, number])[] = [
    ['under the built-in rulebook', undefined, Date.UTC(2025, 0, 13)],
    ['played from 2015', path.join(root, 'docs/examples/since-2015.rulebook.json'), Date.UTC(2015, 0, 1)],
  ];
  const args = [clusters, '--format', 'epoch-gpu-clusters', '--hardware', hardware];

  it.each(scenarios)('accounts for all 786 rows and debits what the files say, %s', async (_, rulebookFile, inForceMs) => {
    const ledger = await LedgerUnderTest.start({ rulebookFile });
    try {
      await withFolder(async (folder) => {
        const { exportedMilliTpp, reservedMilliTpp, ...counts } = expectedOfEpoch(clusters, hardware, inForceMs, ledger.now);
        const first = await importFile(folder, ...args, '--url', ledger.url);
        expect(first).toMatchObject(counts);
        expect(first.rows).toBe(786);
        expect(first.exported + first.reserved + first.refused + first.skipped + first.rejected).toBe(786);
        expect(readFileSync(path.join(folder, 'report.csv'), 'utf8').match(/^\d+,(exported|reserved|refused|not-sent|skipped|rejected),/gm)).toHaveLength(786);

        await ledger.head();
        const before = await ledger.call('GET', '/v1/countries');
        expect(sumsOf(before.body['countries'], 'exported')).toEqual(exportedMilliTpp);
        expect(sumsOf(before.body['countries'], 'reserved')).toEqual(reservedMilliTpp);
        expect(Object.keys(exportedMilliTpp).length).toBeGreaterThan(5);

        const second = await importFile(folder, ...args, '--url', ledger.url);
        expect(second).toMatchObject({ ...counts, recorded: 0, alreadyRecorded: first.recorded });
        await ledger.head();
        expect((await ledger.call('GET', '/v1/countries')).text).toBe(before.text);

        const replay = await quota('replay', '--url', ledger.url);
        expect(replay).toMatchObject({ code: 0, err: '' });
        expect(replay.out).toContain('Everything agrees.');
      });
    } finally {
      await ledger.stop();
    }
  });

  it('comes to the same without a server', () =>
    withFolder(async (folder) => {
      const dataDir = path.join(folder, 'data');
      const expected = expectedOfEpoch(clusters, hardware, Date.UTC(2025, 0, 13), Date.now());
      const { exportedMilliTpp, reservedMilliTpp, ...counts } = expected;
      expect(await importFile(folder, ...args, '--data-dir', dataDir)).toMatchObject(counts);
      const { out } = await quota('countries', '--data-dir', dataDir, '--json');
      const { countries } = JSON.parse(out) as { countries: readonly Record<string, number>[] };
      expect(sumsOf(countries, 'exported')).toEqual(exportedMilliTpp);
      expect(sumsOf(countries, 'reserved')).toEqual(reservedMilliTpp);
      expect(await importFile(folder, ...args, '--data-dir', dataDir)).toMatchObject({ recorded: 0 });
      const replay: CliResult = await quota('replay', '--data-dir', dataDir);
      expect(replay).toMatchObject({ code: 0, err: '' });
    }));
});

function sumsOf(countries: readonly Readonly<Record<string, unknown>>[], member: string): Readonly<Record<string, bigint>> {
  const sums = countries.map((view) => [view['country'], BigInt(Math.round((view[member] as number) * 1000))] as const);
  return Object.fromEntries(sums.filter(([, sum]) => sum !== 0n));
}
