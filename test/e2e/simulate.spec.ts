import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtInRulebook } from '#rulebook';
import type { Body } from '#wire';
import { quota, withFolder } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const scenario = path.join(root, 'docs/examples/since-2015.rulebook.json');
const shipments = path.join(root, 'docs/examples/shipments.csv');
const epoch = path.join(root, '../shared/data/epoch');
const clusters = path.join(epoch, 'gpu_clusters.csv');
const hardware = path.join(epoch, 'ml_hardware.csv');
const isThere = existsSync(clusters) && existsSync(hardware);

async function importInto(ledger: LedgerUnderTest, ...args: readonly string[]): Promise<void> {
  await withFolder(async (folder) => {
    const { code, err } = await quota('import', ...args, '--url', ledger.url, '--report', path.join(folder, 'report.csv'));
    expect([code, err]).toEqual([0, '']);
  });
}

describe('quota simulate', () => {
  let ledger: LedgerUnderTest;
  beforeAll(async () => {
    ledger = await LedgerUnderTest.start();
    await importInto(ledger, shipments);
  });
  afterAll(() => ledger.stop());

  /** A file with the built-in rulebook, but for the cap of every country. */
  async function withDraft(perCountryTpp: number, use: (file: string) => Promise<void>): Promise<void> {
    await withFolder(async (folder) => {
      const { document } = builtInRulebook();
      const draft = { ...document, version: 'draft', allocations: { ...document.allocations, perCountryTpp } };
      const file = path.join(folder, 'draft.json');
      await writeFile(file, JSON.stringify(draft));
      await use(file);
    });
  }

  it('says that nothing changes where nothing does', async () => {
    await withDraft(790_000_000, async (file) => {
      const { code, out, err } = await quota('simulate', file, '--url', ledger.url);
      expect([code, err]).toEqual([0, '']);
      expect(out).toMatch(/^Draft us-ai-diffusion draft, replayed over \d+ events up to position \d+ \(in force: us-ai-diffusion 2025-01-15\.2\)\.$/m);
      expect(out).toMatch(/^All \d+ decisions stay as they were\.$/m);
      expect(out).toMatch(/^The \d+ quota lines would stand as they do\.$/m);
    });
  });

  it('shows lines, decisions and reasons, the rest with a cursor, and all of it as JSON', async () => {
    await withDraft(1_000, async (file) => {
      const { code, out } = await quota('simulate', file, '--limit', '1', '--url', ledger.url);
      expect(code).toBe(0);
      expect(out).toMatch(/^country:AE +recorded +790,000,000 +15,832,000 +60,000,000 +714,168,000 +9\.6 % +open$/m);
      expect(out).toMatch(/^ +draft +1,000 +0 +0 +1,000 +0\.0 % +open$/m);
      expect(out).toMatch(/^ {2}draft {5}[\d,.]+ TPP refused on country:[A-Z]{2}: insufficient-quota$/m);
      expect(out).toMatch(/^ {2}because {3}.+ has 1000 TPP left\. \(15 CFR .+\)$/m);
      const cursor = /--cursor (\d+)/.exec(out)?.[1] ?? '';
      const next = await quota('simulate', file, '--cursor', cursor, '--limit', '1', '--json', '--url', ledger.url);
      const { items, counts } = JSON.parse(next.out) as Body<'Simulation'>;
      expect(Number(items[0]?.position)).toBeGreaterThan(Number(cursor));
      expect(counts['allowed-to-refused']).toBeGreaterThan(1);
    });
  });

  it('answers the same for a data directory as over HTTP', async () => {
    await withDraft(1_000, async (file) => {
      const order = ['simulate', file, '--at', '2026-06-15T12:00:00Z', '--json'];
      const overHttp = await quota(...order, '--url', ledger.url);
      await ledger.restart({}, async () => {
        // At the time of the server: by that of the machine holds would have lapsed.
        process.env['LEDGER_CLOCK'] = new Date(ledger.now).toISOString();
        try {
          expect(await quota(...order, '--data-dir', ledger.dataDir)).toEqual(overHttp);
        } finally {
          delete process.env['LEDGER_CLOCK'];
        }
      });
    });
  });

  it.each([
    [['no-such-file.json'], 2, 'Cannot read no-such-file.json'],
    [[shipments], 2, 'is not JSON'],
    [[shipments, '--limit', '0'], 2, 'whole number from 1 to 200'],
    [[scenario, '--until', '999999'], 2, '--until: until must not be beyond the end of the log'],
    [[scenario, '--at', 'tomorrow'], 2, "option '--at <time>' argument 'tomorrow' is invalid"],
  ])('refuses %j with exit code %i', async (args, code, words) => {
    const answer = await quota('simulate', ...args, '--url', ledger.url);
    expect([answer.code, answer.out]).toEqual([code, '']);
    expect(answer.err).toContain(words);
  });

  it('names what is wrong with a draft', async () => {
    await withDraft(-1, async (file) => {
      const { code, err } = await quota('simulate', file, '--url', ledger.url);
      expect(code).toBe(2);
      expect(err).toContain('/allocations/perCountryTpp');
    });
  });

  (isThere ? it : it.skip)('comes to what a ledger under the scenario came to, for the Epoch data', async () => {
    const other = await LedgerUnderTest.start({ rulebookFile: scenario });
    try {
      const file = ['--format', 'epoch-gpu-clusters', clusters, '--hardware', hardware];
      await Promise.all([importInto(ledger, ...file), importInto(other, shipments).then(() => importInto(other, ...file))]);
      const { out } = await quota('simulate', scenario, '--json', '--url', ledger.url);
      const { lines, counts } = JSON.parse(out) as Body<'Simulation'>;
      // From before the rule: no licence was needed, which the scenario asks for.
      expect(counts['other-route']).toBeGreaterThan(90);
      const { countries } = (await other.get('/v1/countries')).body;
      const under = new Map(countries.map((view) => [view.line, view]));
      expect(lines.length).toBeGreaterThan(30);
      for (const { line, simulated } of lines) {
        const real = Object.fromEntries(Object.keys(simulated).map((member) => [member, under.get(line)?.[member]]));
        expect([line, simulated]).toEqual([line, real]);
      }
    } finally {
      await other.stop();
    }
  });
});
