import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { builtInRulebook, builtInWeights } from '#rulebook';
import { runCli } from '../../run-cli.js';
import type { Terminal } from '../../terminal.js';
import { classifyModels, type ModelResult } from './classify-models.js';
import { parseCsv } from '../table/csv-file.js';
import { renderModelsReport, summarizeModels } from './models-summary.js';

const header = 'Model,Training compute (FLOP),Model accessibility,Base model,Finetune compute (FLOP)';
const at = Date.parse('2026-08-01T00:00:00Z');

function classified(text: string, rulebook = builtInWeights()): readonly ModelResult[] {
  return classifyModels(parseCsv(`${header}\n${text}\n`, 'x.csv'), rulebook, at);
}

/** What became of one row, as `outcome reason`. */
function found(row: string): string {
  const [result] = classified(row);
  return `${result?.outcome} ${result?.reason}`;
}

describe('a model of the Epoch file', () => {
  it.each([
    ['Grok,3.5e+26,API access,,', 'controlled threshold-reached'],
    ['Exactly,1e26,Hosted access (no API),,', 'controlled threshold-reached'],
    ['Small,9.9e25,Unreleased,,', 'not-controlled below-threshold'],
    ['Open,5e27,Open weights (unrestricted),,', 'not-controlled published'],
    ['Llama,,Open weights (restricted use),,', 'not-controlled published-under-terms'],
    ['Closed,,API access,,', 'unknown threshold-open'],
    ['Silent,3e26,,,', 'unknown publication-unknown'],
    ['Silent and small,3e25,,,', 'not-controlled below-threshold'],
    ['Tuned,3e26,API access,Nobody,1e24', 'unknown derivative-open'],
    ['Tuned,3e26,API access,,1e24', 'unknown derivative-open'],
    [',1e24,API access,,', 'rejected no-model'],
    ['X,fast,API access,,', 'rejected bad-operations'],
    ['X,-1e26,API access,,', 'rejected bad-operations'],
    ['X,0.5,API access,,', 'rejected bad-operations'],
    ['X,1e31,API access,,', 'rejected bad-operations'],
    ['X,0x10,API access,,', 'rejected bad-operations'],
    ['X,1e24,On request,,', 'rejected unknown-accessibility'],
    ['X,1e24,constructor,,', 'rejected unknown-accessibility'],
    ['X,1e24,API access,Y,2e24', 'rejected contradictory-facts'],
    ['X,1e24,API access', 'rejected bad-row'],
  ])('%s is %s', (row, expected) => {
    expect(found(row)).toBe(expected);
  });

  it('takes from the base model whether it was published, and the limits of derivatives', () => {
    const rows =
      'Base,4e26,Open weights (unrestricted),,\nLittle,5e26,API access,Base,1e26\nMuch,5.1e26,API access,Base,1.1e26\nBoth,5e26,API access,"Base,Other",1e26';
    expect(classified(rows).map(({ outcome, reason }) => `${outcome} ${reason}`)).toEqual([
      'not-controlled published',
      'not-controlled further-training-within-limit',
      'controlled threshold-reached',
      'unknown derivative-open',
    ]);
    const closed = 'Base,4e26,API access,,\nLittle,5e26,API access,Base,1e26';
    expect(classified(closed)[1]).toMatchObject({ outcome: 'controlled' });
    const twice = 'Base,4e26,API access,,\nBase,4e26,Open weights (unrestricted),,\nLittle,5e26,API access,Base,1e26';
    expect(classified(twice)[2]).toMatchObject({ outcome: 'unknown' });
  });

  it('under terms of use is unknown where the reading says so', () => {
    const builtIn = builtInWeights();
    const { weights } = builtIn;
    const openWeightsUnderTerms = { ...weights.readings.openWeightsUnderTerms, value: 'unknown' } as const;
    const rulebook = { ...builtIn, weights: { ...weights, readings: { ...weights.readings, openWeightsUnderTerms } } };
    expect(classified('Llama,2e26,Open weights (non-commercial),,', rulebook)[0]).toMatchObject({
      outcome: 'unknown',
      reason: 'publication-under-terms',
    });
  });

  it('is accounted for once, in the order of the file, with a detail of its own', () => {
    const rows = classified('A,1e26,API access,,\nB\n\nC,,API access,,\n"D\nd",1e24,API access,,');
    expect(rows.map(({ line, model }) => [line, model])).toEqual([
      [2, 'A'],
      [3, ''],
      [5, 'C'],
      [6, 'D d'],
    ]);
    expect(summarizeModels(rows)).toEqual({
      rows: 4,
      controlled: 1,
      notControlled: 1,
      unknown: 1,
      rejected: 1,
      recorded: 0,
      reasons: {
        controlled: { 'threshold-reached': 1 },
        'not-controlled': { 'below-threshold': 1 },
        unknown: { 'threshold-open': 1 },
        rejected: { 'bad-row': 1 },
      },
      controlledModels: [{ line: 2, model: 'A', operations: 1e26 }],
    });
    expect(renderModelsReport(rows).split('\n')[1]).toMatch(
      /^2,A,controlled,threshold-reached,"?The weights are not published\. /,
    );
  });
});

describe('quota import --format epoch-models', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'epoch-models-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function quota(
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const written = { out: '', err: '' };
    const writer = (to: 'out' | 'err'): Terminal['out'] => ({
      write: (text) => void (written[to] += text),
      flushed: () => Promise.resolve(),
      isTerminal: false,
      hasColors: false,
    });
    const terminal = { out: writer('out'), err: writer('err') };
    return { code: await runCli(['import', '--format', 'epoch-models', ...args], terminal), ...written };
  }

  async function fileOf(text: string): Promise<string> {
    const file = path.join(folder, 'models.csv');
    await writeFile(file, text);
    return file;
  }

  it('says that nothing is recorded, what it took as given, and which columns it does not know', async () => {
    const file = await fileOf(`${header},Hype\nGrok,3.5e+26,API access,,,9\n`);
    const report = path.join(folder, 'report.csv');
    const { code, out, err } = await quota(file, '--report', report, '--at', '2026-08-01');
    expect([code, err]).toEqual([0, '']);
    for (const words of [
      'Nothing is recorded',
      'nothing of synthetic data',
      'not used: "Hype"',
      'line 2: Grok, 3.5e+26 operations',
      report,
    ]) {
      expect(out).toContain(words);
    }
    expect((await readFile(report, 'utf8')).split('\n')).toHaveLength(3);
    const json = JSON.parse((await quota(file, '--report', report, '--at', '2026-08-01', '--json')).out) as object;
    expect(json).toMatchObject({
      rows: 1,
      controlled: 1,
      recorded: 0,
      at: '2026-08-01T00:00:00.000Z',
      ignoredColumns: ['Hype'],
    });
  });

  it('asks the rules of the day: before 13 January 2025 nothing is controlled', async () => {
    const file = await fileOf(`${header}\nGrok,3.5e+26,API access,,\n`);
    const { out } = await quota(file, '--report', path.join(folder, 'r.csv'), '--at', '2025-01-12', '--json');
    expect(JSON.parse(out)).toMatchObject({ controlled: 0, reasons: { 'not-controlled': { 'not-in-force': 1 } } });
  });

  it('asks another rulebook', async () => {
    const { weights, ...without } = builtInRulebook().document;
    const file = await fileOf(`${header}\nGrok,3.5e+26,API access,,\n`);
    const under = async (document: object): Promise<{ readonly code: number; readonly out: string; readonly err: string }> => {
      const rulebook = path.join(folder, 'rulebook.json');
      await writeFile(rulebook, JSON.stringify(document));
      return quota(file, '--report', path.join(folder, 'r.csv'), '--rulebook', rulebook, '--json');
    };
    const higher = { ...without, weights: { ...weights, threshold: { ...weights?.threshold, operations: 1e27 } } };
    expect(JSON.parse((await under(higher)).out)).toMatchObject({ controlled: 0, notControlled: 1 });
    expect(await under(without)).toMatchObject({ code: 2, err: expect.stringContaining('nothing of model weights') as string });
  });

  it.each<[string, readonly string[], string]>([
    [
      'Model,Parameters\nA,1\n',
      [],
      '"Training compute (FLOP)", "Model accessibility", "Base model", "Finetune compute (FLOP)"',
    ],
    [`${header}\n`, ['--data-dir', 'nowhere'], '--data-dir does not go with --format epoch-models'],
    [`${header}\n`, ['--hardware', 'x.csv'], '--hardware does not go'],
    [`${header}\n`, ['--concurrency', '16'], '--concurrency does not go'],
    [`${header}\n`, ['--rulebook', 'none.json'], 'Cannot read none.json'],
    [`${header}\n`, ['--at', 'soon'], "option '--at <date>' argument 'soon' is invalid"],
  ])('%p with %p is refused before anything is written', async (text, args, words) => {
    const { code, err } = await quota(await fileOf(text), ...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});

const real = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../../../../../../../shared/data/epoch/large_scale_ai_models.csv',
);
const describeWithData = existsSync(real) ? describe : describe.skip;

describeWithData(
  'the real file of Epoch AI, ../shared/data/epoch/large_scale_ai_models.csv (skipped where it is absent)',
  () => {
    const text = existsSync(real) ? readFileSync(real, 'utf8') : header;
    const rows = parse<Readonly<Record<string, string>>>(text, { columns: true, bom: true });

    it('is classified as a second computation, straight from the cells, has it', () => {
      const results = classifyModels(parseCsv(text, real), builtInWeights(), at);
      const expected = rows.map((row) => {
        const compute = row['Training compute (FLOP)'] ?? '';
        const open = /^Open weights/.test(row['Model accessibility'] ?? '');
        if (open) return 'not-controlled';
        if (compute === '') return 'unknown';
        // No closed model of the file from 1e26 on has a base model, so the limits of derivatives do not come into it.
        if (parseFloat(compute) >= 1e26 && row['Base model'] !== '') throw new Error(`Work out ${row.Model} by hand.`);
        return parseFloat(compute) < 1e26
          ? 'not-controlled'
          : row['Model accessibility'] === ''
            ? 'unknown'
            : 'controlled';
      });
      expect(results.map(({ outcome }) => outcome)).toEqual(expected);
      expect(results.filter(({ outcome }) => outcome === 'controlled').map(({ model }) => model)).toEqual([
        'Grok 4',
        'GPT-4.5',
        'Grok 3',
      ]);
    });

    it('has 481 rows, each accounted for with a reason and its paragraph', () => {
      const results = classifyModels(parseCsv(text, real), builtInWeights(), at);
      const { rows: total, controlled, notControlled, unknown, rejected } = summarizeModels(results);
      expect([total, controlled, notControlled, unknown, rejected]).toEqual([481, 3, 316, 162, 0]);
      expect(
        results.filter(({ reason, detail, citation }) => reason === '' || detail === '' || !citation.includes('CFR')),
      ).toEqual([]);
      expect(parse(renderModelsReport(results), { columns: true })).toHaveLength(481);
    });
  },
);
