import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtInRulebook } from '#rulebook';
import { cliMain, quota, quotaProcess, withFolder } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const shipments = path.join(root, 'docs/examples/shipments.csv');
const scenario = path.join(root, 'docs/examples/since-2015.rulebook.json');

describe('quota against a server', () => {
  let ledger: LedgerUnderTest;
  beforeAll(async () => {
    ledger = await LedgerUnderTest.start();
    await withFolder(async (folder) => {
      await quota('import', shipments, '--url', ledger.url, '--report', path.join(folder, 'r.csv'));
    });
  });
  afterAll(() => ledger.stop());

  it('lists countries with history, all countries, and as JSON what the API answers', async () => {
    const some = await quota('countries', '--url', ledger.url);
    expect(some).toMatchObject({ code: 0, err: '' });
    expect(some.out).toMatch(/^AE +United Arab Emirates +allocation +open +790,000,000 +15,832,000 +60,000,000 +714,168,000 +9\.6 %$/m);
    expect(some.out).not.toContain('Zimbabwe');
    expect((await quota('countries', '--all', '--url', ledger.url)).out).toContain('Zimbabwe');
    const { out } = await quota('countries', '--json', '--all', '--group', 'home', '--url', ledger.url);
    const home = ['AS', 'GU', 'MP', 'PR', 'UM', 'US', 'VI'].map((country) => ({ country }));
    expect(JSON.parse(out)).toMatchObject({ countries: home, rulebook: { id: 'us-ai-diffusion' } });
    const listed = JSON.parse((await quota('countries', '--json', '--url', ledger.url)).out) as { countries: { country: string }[] };
    expect(listed.countries.map(({ country }) => country)).toEqual(some.out.match(/^[A-Z]{2}(?= {2})/gm));
  });

  it('shows one country, now and then', async () => {
    expect((await quota('country', 'ae', '--url', ledger.url)).out).toContain('Exported    15,832,000 TPP in 1 exports');
    expect((await quota('country', 'ky', '--url', ledger.url)).out).toContain('Treated as  GB, of which it is a territory');
    const before = await quota('country', 'AE', '--at-position', '1', '--json', '--url', ledger.url);
    expect(JSON.parse(before.out)).toMatchObject({ country: 'AE', exported: 0, lastEventAt: null });
    const list = await quota('countries', '--all', '--at-position', '1', '--json', '--url', ledger.url);
    expect(JSON.parse(list.out)).toMatchObject({ position: '1' });
  });

  it('prints the log as NDJSON', async () => {
    const { out } = await quota('events', '--type', 'ExportDebited', '--url', ledger.url);
    const events = out.trim().split('\n').map((line) => JSON.parse(line) as { specversion: string; data: { type: string } });
    expect(events).toHaveLength(6);
    for (const { specversion, data } of events) expect([specversion, data.type]).toEqual(['1.0', 'ExportDebited']);
    const limited = await quota('events', '--from', '2', '--limit', '3', '--url', ledger.url);
    expect(limited.out.trim().split('\n').map((line) => (JSON.parse(line) as { position: string }).position)).toEqual(['3', '4', '5']);
  });

  it('replays the log and finds that everything agrees', async () => {
    const { code, out, err } = await quota('replay', '--json', '--url', ledger.url);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ differences: [], events: 9 });
  });

  it('takes a day or a time wherever an option names a time', async () => {
    const day = await quota('country', 'AE', '--as-of', '2026-06-15', '--json', '--url', ledger.url);
    const time = await quota('country', 'AE', '--as-of', '2026-06-15T02:00:00+02:00', '--json', '--url', ledger.url);
    expect(day).toEqual(time);
    expect(JSON.parse(day.out)).toMatchObject({ country: 'AE', exported: 0 });
    const { code } = await quota('simulate', scenario, '--at', '2026-12-31', '--url', ledger.url);
    expect(code).toBe(0);
    for (const at of ['2026-12-31', '2026-12-31T00:00:00Z']) {
      expect((await quota('classify', '--chip', 'nvidia-h100-sxm5', '--at', at)).code).toBe(0);
    }
  });

  it('ends with 2 and names the option where the server cannot use its value', async () => {
    const { code, err } = await quota('country', 'AE', '--as-of', '2999-01-01', '--url', ledger.url);
    expect([code, err]).toEqual([2, expect.stringContaining('quota: --as-of: asOf must not be in the future')]);
  });

  it('is refused with 4', async () => {
    const { code, err } = await quota('country', 'ZZ', '--url', ledger.url);
    expect([code, err]).toEqual([4, expect.stringContaining('quota: No such country. There is no country ZZ')]);
  });

  it.each([
    ['--type', 'Nothing', '--type: type must be a type of event: QuotaReserved'],
    ['--stream', 'nothing', '--stream: stream must be a stream of the log: quota-<line>'],
  ])('names what there is for %s %s, and ends with 2', async (option, value, words) => {
    const { code, out, err } = await quota('events', option, value, '--url', ledger.url);
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(words)]);
  });
});

describe('quota without a ledger', () => {
  it.each([
    [['frobnicate'], "unknown command 'frobnicate'"],
    [['country'], "missing required argument 'code'"],
    [['countries', '--colour'], "unknown option '--colour'"],
    [['events', '--from', 'x'], "option '--from <position>' argument 'x' is invalid"],
    [['events', '--limit', '0'], "option '--limit <count>' argument '0' is invalid"],
    [['countries', '--status', 'sleepy'], "option '--status <status>' argument 'sleepy' is invalid"],
    [['countries', '--group', 'x'], "option '--group <group>' argument 'x' is invalid"],
    [['countries', '--as-of', '2026-02-30'], "option '--as-of <time>' argument '2026-02-30' is invalid"],
    [['country', 'AE', '--as-of', 'yesterday'], "option '--as-of <time>' argument 'yesterday' is invalid. Write a day as"],
    [['country', 'AE', '--at-position', '1.5'], "option '--at-position <position>' argument '1.5' is invalid"],
    [['simulate', 'x.json', '--at', '31.12.2026'], "option '--at <time>' argument '31.12.2026' is invalid"],
    [['simulate', 'x.json', '--until', '-1'], "option '--until <position>'"],
    [['simulate', 'x.json', '--cursor', 'abc'], "option '--cursor <cursor>' argument 'abc' is invalid"],
    [['classify', '--chip', 'nvidia-h20', '--at', '2026-13-01'], "option '--at <date>' argument '2026-13-01' is invalid"],
    [['weights', 'x.json', '--at', 'now'], "option '--at <date>' argument 'now' is invalid"],
    [['country', 'AE', '--as-of', '2026-01-01', '--as-of', '2026-02-01'], 'It is given twice'],
    [['countries', '--url', 'http://a', '--url', 'http://b'], 'It is given twice'],
    [['countries', '--url', 'ftp://x'], '--url "ftp://x"'],
    [['countries', '--url', 'http://x', '--data-dir', 'y'], "'--url <address>' cannot be used with option '--data-dir <folder>'"],
    [['country', 'AE', '--as-of', '2026-01-01T00:00:00Z', '--at-position', '3'], "'--as-of <time>' cannot be used with option '--at-position <position>'"],
    [['serve', '--port', 'abc'], "option '--port <number>' argument 'abc' is invalid"],
    [['import', 'nowhere.csv'], 'Cannot read nowhere.csv'],
    [['import', 'x.csv', '--format', 'excel'], "'excel' is invalid"],
    [['import', 'x.csv', '--format', 'epoch-gpu-clusters'], 'needs --hardware'],
    [['import', 'x.csv', '--hardware', 'y.csv'], '--hardware goes with'],
    [['import', 'x.csv', '--concurrency', '0'], 'from 1 to 64'],
  ])('says what is wrong with its arguments and ends with 2: %p', async (args, words) => {
    const { code, out, err } = await quota(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^quota: /);
    expect(err).toContain(words);
  });

  it('ends with 3 and says what to do where no server answers', async () => {
    const { code, err } = await quota('countries', '--url', 'http://127.0.0.1:9');
    expect(code).toBe(3);
    expect(err).toContain('No answer from http://127.0.0.1:9');
    expect(err).toContain('npm start');
  });

  it('is not fooled by a server of another kind', async () => {
    const other = createServer((_, response) => response.end('<html></html>')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { code, err } = await quota('countries', '--url', `http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    other.close();
    expect(code).toBe(3);
    expect(err).toContain('does not answer like a Quota Ledger');
  });

  it.each([
    ...['reserve', 'ship', 'release', 'filing', 'reverse', 'import', 'countries', 'country', 'reservations', 'exports', 'alerts', 'obligations', 'report', 'events'],
    ...['serve', 'replay', 'copy', 'export', 'load', 'classify', 'weights', 'rulebook', 'simulate'],
  ])('explains %s with examples', async (command) => {
    const { code, out } = await quota(command, '--help');
    expect(code).toBe(0);
    expect(out).toContain(`Examples:\n  quota ${command}`);
    expect(out).toContain('--json');
  });

  it('knows its version and explains itself', async () => {
    expect(await quota('--version')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string });
    expect((await quota('--help')).out).toContain('Exit codes:');
  });
});

describe('quota on a data directory', () => {
  it('imports, lists and replays without a server, in processes of their own', () =>
    withFolder(async (folder) => {
      const dataDir = path.join(folder, 'data');
      const report = ['--report', path.join(folder, 'r.csv')];
      expect(await quotaProcess(['countries', '--data-dir', dataDir])).toMatchObject({ code: 3, out: '' });
      const imported = await quotaProcess(['import', shipments, '--data-dir', dataDir, '--json', ...report]);
      expect([imported.code, imported.err]).toEqual([0, '']);
      expect(JSON.parse(imported.out)).toMatchObject({ rows: 8, exported: 6, reserved: 1, refused: 1, recorded: 8 });
      const country = await quotaProcess(['country', 'AE', '--data-dir', dataDir, '--json']);
      expect(JSON.parse(country.out)).toMatchObject({ exported: 15_832_000, reserved: 60_000_000 });
      expect(await quotaProcess(['replay', '--data-dir', dataDir])).toMatchObject({ code: 0, err: '' });
      for (const [wrong, option] of [['--as-of=2999-01-01', '--as-of'], ['--at-position=1000', '--at-position']] as const) {
        const { code: ended, err } = await quota('countries', wrong, '--data-dir', dataDir);
        expect([ended, err]).toEqual([2, expect.stringContaining(`quota: ${option} `)]);
      }
    }));

  it('stays with the rulebook that the ledger has, and opens none with another one than is named', () =>
    withFolder(async (folder) => {
      const dataDir = path.join(folder, 'data');
      const versionOf = async (env: Readonly<Record<string, string>> = {}, create: readonly string[] = []): Promise<unknown> => {
        if (create.length > 0) await quotaProcess(create, { env });
        const { out } = await quotaProcess(['countries', '--data-dir', dataDir, '--json'], { env });
        return (JSON.parse(out) as { rulebook: { version: string } }).rulebook.version;
      };
      const create = ['import', shipments, '--data-dir', dataDir, '--report', path.join(folder, 'r.csv')];
      expect(await versionOf({ LEDGER_RULEBOOK: scenario }, create)).toBe('2025-01-15.2-since-2015');
      expect(await versionOf()).toBe('2025-01-15.2-since-2015');
      const other = path.join(folder, 'other.rulebook.json');
      writeFileSync(other, JSON.stringify({ ...builtInRulebook().document, version: 'other' }));
      const { code, out, err } = await quotaProcess(['countries', '--data-dir', dataDir], { env: { LEDGER_RULEBOOK: other } });
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(`quota rulebook adopt ${other}`);
    }));

  it('does not open what a server has open', async () => {
    const ledger = await LedgerUnderTest.start();
    try {
      const { code, out, err } = await quota('countries', '--data-dir', ledger.dataDir);
      expect([code, out]).toEqual([3, '']);
      expect(err).toContain(ledger.dataDir);
    } finally {
      await ledger.stop();
    }
  });

  it('leaves a damaged log and a file in place of a directory as they are, and says so', () =>
    withFolder(async (folder) => {
      const log = path.join(folder, 'data/log/ledger.sqlite');
      mkdirSync(path.dirname(log), { recursive: true });
      writeFileSync(log, 'This is no database. '.repeat(500));
      const damaged = await quota('replay', '--data-dir', path.join(folder, 'data'));
      expect([damaged.code, damaged.out]).toEqual([3, '']);
      expect(damaged.err).toContain(path.join(folder, 'data'));
      expect(readFileSync(log, 'utf8')).toBe('This is no database. '.repeat(500));
      const file = await quota('countries', '--data-dir', log);
      expect([file.code, file.out]).toEqual([3, '']);
      expect(file.err).toContain(log);
    }));

  it('names a setting that cannot be used', () =>
    withFolder(async (folder) => {
      const { code, err } = await quotaProcess(['countries', '--data-dir', folder], { env: { LEDGER_RULEBOOK: '/nowhere.json' } });
      expect(code).toBe(2);
      expect(err).toContain('/nowhere.json');
    }));
});

describe('quota serve', () => {
  it('serves with its options as settings until it is told to stop', () =>
    withFolder(async (folder) => {
      const args = ['serve', '--port', '0', '--data-dir', path.join(folder, 'data'), '--rulebook', scenario];
      const child = spawn(process.execPath, [cliMain, ...args], { env: { ...process.env, NODE_OPTIONS: '', LEDGER_LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'inherit'] });
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const url = /http:\/\/\S+/.exec(line.toString())?.[0] ?? '';
      const { out } = await quota('countries', '--url', url, '--json');
      expect(JSON.parse(out)).toMatchObject({ rulebook: { version: '2025-01-15.2-since-2015' } });
      child.kill('SIGTERM');
      expect((await once(child, 'exit'))[0]).toBe(0);
    }));
});
