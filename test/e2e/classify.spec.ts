import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { quota, withFolder } from './cli-under-test.js';

const scenario = fileURLToPath(new URL('../../../docs/examples/since-2015.rulebook.json', import.meta.url));

interface Classified {
  readonly eccn: string;
  readonly level: string;
  readonly tpp: number;
  readonly paragraph: string | null;
  readonly arithmetic: readonly { readonly text: string; readonly citation: string }[];
  readonly alsoConsider: readonly { readonly text: string; readonly citation: string }[];
  readonly limits: readonly { readonly limit: string; readonly units: number }[];
  readonly rulebook: { readonly version: string };
}

async function classified(...args: readonly string[]): Promise<Classified> {
  const { code, out, err } = await quota('classify', '--json', ...args);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Classified;
}

describe('quota classify', () => {
  it('shows the arithmetic of a chip with its paragraphs, and how many fit the limits', async () => {
    const { code, out, err } = await quota('classify', '--chip', 'nvidia-h100-sxm5', '--at', '2025-02-01');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^ECCN 3A090\.a \(3A090\.a\.1\), level a, 15,832 TPP\n/);
    expect(out).toContain('1. H100 SXM5 80GB, FP8/INT8: 1,979 dense TOPS x 8 bit = 15,832 TPP.\n   15 CFR Part 774');
    expect(out).toMatch(/^Country allocation +790,000,000 +49,898 +15 CFR 742\.6/m);
    expect(out).toMatch(/^NVEU, 2025 Q1 +633,000,000 +39,982 +15 CFR 748\.15/m);
    expect(out).toContain('not an official classification');
  });

  it.each<[string, readonly string[], Partial<Classified>]>([
    ['figures of a data sheet', ['--tops', '1979', '--bits', '8', '--area', '814'],
      { tpp: 15_832, eccn: '3A090.a', paragraph: '3A090.a.1' }],
    ['the highest of several formats', ['--format', 'FP8:600:8', '--format', 'FP16:299:16'],
      { tpp: 4800, paragraph: '3A090.a.1' }],
    ['kinds of processing units, two of each', ['--format', 'a/FP8:100:8', '--format', 'b/FP8:200:8', '--units', '2'],
      { tpp: 4800 }],
    ['the density', ['--tops', '242', '--bits', '8', '--area', '294'], { eccn: '3A090.a', paragraph: '3A090.a.2' }],
    ['a card for games', ['--tops', '588.35', '--bits', '8', '--area', '608', '--no-datacenter'],
      { tpp: 4706.8, eccn: 'none', level: 'uncontrolled' }],
    ['a system', ['--system', 'nvidia-gb200-nvl72'], { tpp: 2_880_000, eccn: '4A090.a' }],
    ['a system named as a chip', ['--chip', 'nvidia-hgx-h100'], { tpp: 126_656, eccn: '4A090.a' }],
    ['what the die area would settle', ['--chip', 'google-tpu-v4'], { eccn: 'unknown', level: 'unknown', limits: [] }],
    ['what it settles', ['--chip', 'google-tpu-v4', '--area', '600'], { eccn: '3A090.a', level: 'a' }],
    ['a declared ECCN', ['--eccn', '3A090.c'], { level: 'c', limits: [] }],
    ['a declared ECCN beside figures', ['--tops', '10', '--bits', '8', '--eccn', '5A992.z.1'], { tpp: 80, level: 'a' }],
  ])('classifies %s', async (_, args, expected) => {
    const found = await classified(...args);
    expect(found).toMatchObject(expected);
    expect(found.arithmetic.length).toBeGreaterThan(0);
    for (const { text, citation } of found.arithmetic) expect([text, citation]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/^15 CFR/)]);
  });

  it('names what else may need a licence: other ECCNs, letters, end uses', async () => {
    const h20 = await quota('classify', '--chip', 'nvidia-h20');
    expect(h20.out).toMatch(/^Not controlled by 3A090 or 4A090/);
    expect(h20.out).toMatch(/What else may need a licence:\n- The Bureau of Industry and Security also asks for licences by letter\. From April 2025 .*H20.*China/);
    expect(h20.out).toContain('Form 8-K of 15 April 2025');
    const citations = async (...args: readonly string[]): Promise<readonly string[]> => (await classified(...args)).alsoConsider.map(({ citation }) => citation);
    expect(await citations('--chip', 'nvidia-h20')).toHaveLength(3);
    expect(await citations('--eccn', 'EAR99')).toContainEqual(expect.stringContaining('744.23'));
    // It needs a licence to every destination as it is.
    expect(await citations('--chip', 'nvidia-h100-sxm5')).toEqual(['15 CFR 744.11, 744.21, 744.23']);
  });

  it('says what would settle an unknown density', async () => {
    expect((await quota('classify', '--chip', 'google-tpu-v4')).out).toContain('Give the die area with --area');
  });

  it('follows a rulebook file', async () => {
    expect((await classified('--chip', 'amd-mi300x', '--rulebook', scenario)).rulebook.version).toContain('since-2015');
  });

  it.each<[string, readonly string[]]>([
    ['Name a --chip or --system', []],
    ['Near: nvidia-h200-sxm', ['--chip', 'h200']],
    ['exclude each other', ['--chip', 'nvidia-a100', '--system', 'nvidia-gb200-nvl72']],
    ['is a chip, not a system', ['--system', 'nvidia-a100']],
    ['--tops and --bits go together', ['--tops', '5']],
    ['gives the figures of nvidia-a100', ['--chip', 'nvidia-a100', '--tops', '5', '--bits', '8']],
    ['gives the die area of nvidia-a100', ['--chip', 'nvidia-a100', '--area', '5']],
    ['marketed for datacentres', ['--chip', 'nvidia-a100', '--no-datacenter']],
    ['--units goes with', ['--chip', 'nvidia-a100', '--units', '2']],
    ['at most three decimals', ['--tops', '-1', '--bits', '8']],
    ['a whole number of 1 or more', ['--tops', '1', '--bits', '7.5']],
    ['from 1 to 1024', ['--tops', '1', '--bits', '2048']],
    ['A format is NAME:TOPS:BITS', ['--format', 'FP8']],
    ['above 0', ['--tops', '1', '--bits', '8', '--area', '1000001']],
    ['name the paragraph', ['--eccn', '3A090']],
    ['is not an ECCN', ['--eccn', 'gpu']],
    ["option '--at <date>' argument 'then' is invalid", ['--chip', 'nvidia-a100', '--at', 'then']],
    ['Cannot read nowhere.json', ['--chip', 'nvidia-a100', '--rulebook', 'nowhere.json']],
  ])('says %s and ends with 2', async (words, args) => {
    const { code, out, err } = await quota('classify', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });
});

describe('quota rulebook', () => {
  it('checks the built-in rulebook and a file', async () => {
    const built = await quota('rulebook', 'check');
    expect(built).toMatchObject({ code: 0, err: '' });
    expect(built.out).toMatch(/^warning {2}\/countryGroups have no entry for \d+ countries/);
    expect(built.out).toContain('the built-in rulebook: 0 errors, 1 warning.');
    const { code, out } = await quota('rulebook', 'check', scenario, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ file: scenario, errors: 0, findings: expect.arrayContaining([
      expect.objectContaining({ severity: 'warning', code: 'schedule-gap', member: '/routes/nveu/schedule' }),
    ]) as unknown });
  });

  it('names what is wrong by its pointer and ends with 1', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'wrong.json');
      const document = JSON.parse(readFileSync(scenario, 'utf8')) as { chips: { tppPerUnit: number }[] };
      Object.assign(document.chips[12] ?? {}, { tppPerUnit: 15832.0001 });
      writeFileSync(file, JSON.stringify(document));
      const { code, out, err } = await quota('rulebook', 'check', file);
      expect(code).toBe(1);
      expect(out).toContain('error    /chips/12/tppPerUnit must be a number of TPP');
      expect(out).toContain(`${file}: 1 error, 0 warnings.`);
      expect(err).toContain('cannot be used: 1 error');
      expect(await quota('classify', '--eccn', '3A090.a', '--rulebook', file)).toMatchObject({ code: 2, out: '' });
    }));

  it('writes a file to begin with, which differs in nothing until it is changed', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'mine.json');
      writeFileSync(file, (await quota('rulebook', 'show', '--json')).out);
      expect(await quota('rulebook', 'diff', file)).toEqual({
        code: 0, err: '', out: '0 differences from us-ai-diffusion 2025-01-15.2 to us-ai-diffusion 2025-01-15.2.\n',
      });
      const document = JSON.parse(readFileSync(file, 'utf8')) as { allocations: { perCountryTpp: number } };
      document.allocations.perCountryTpp = 800_000_000;
      writeFileSync(file, JSON.stringify(document));
      const { code, out, err } = await quota('rulebook', 'diff', file);
      expect(code).toBe(1);
      expect(out).toContain('~ /allocations/perCountryTpp  790000000 -> 800000000\n1 difference from');
      expect(err).toContain('give the changed one a version of its own');
    }));

  it('compares two files, as JSON too', async () => {
    const { code, out } = await quota('rulebook', 'diff', scenario, scenario, '--json');
    expect([code, JSON.parse(out)]).toMatchObject([0, { differences: [], before: { id: 'us-ai-diffusion' } }]);
    const other = await quota('rulebook', 'diff', scenario, '--json');
    expect(other.code).toBe(1);
    const { differences } = JSON.parse(other.out) as { differences: readonly { member: string }[] };
    expect(differences.map(({ member }) => member)).toContain('/period/start');
  });

  it('shows a rulebook on one screen', async () => {
    const { code, out } = await quota('rulebook', 'show');
    expect(code).toBe(0);
    for (const words of ['sha256:', '790,000,000 TPP a country', 'partner 18', 'perYearTpp 26,900,000', 'lppInGroupsD1D4']) {
      expect(out).toContain(words);
    }
  });

  it.each<[string, readonly string[]]>([
    ['Cannot read nowhere.json', ['check', 'nowhere.json']],
    ['is not JSON', ['show', scenario.replace('since-2015.rulebook.json', 'shipments.csv')]],
    ["missing required argument 'file'", ['diff']],
    ["unknown command 'frobnicate'", ['frobnicate']],
  ])('says %s and ends with 2', async (words, args) => {
    const { code, out, err } = await quota('rulebook', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(words);
  });
});
