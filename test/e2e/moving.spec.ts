import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEventStore, openLogFile, type StoredEvent } from '#ledger';
import { quota, withFolder, type CliResult } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';
import type { Json } from './answer.js';

// Processes take their time on a machine that has others to run.

const main = fileURLToPath(new URL('../../apps/cli/src/main.js', import.meta.url));

/** A ledger of some dozens of events, with alerts and a fulfilled obligation among them. */
let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
  for (let index = 0; index < 60; index += 1) await ledger.reserve(1, { destination: index % 3 === 0 ? 'AE' : 'SA', exporter: `exporter-${index % 5}` });
  // Above 80 and 90 % of 790,000,000 TPP.
  expect((await ledger.reserve(45_500)).status).toBe(201);
  const shipment = { destination: 'DE', exporter: 'maker', items: [{ chip: 'nvidia-b200', quantity: 10 }], exportedAt: '2026-06-10T10:00:00Z' };
  const ultimateConsignee = { name: 'Rhein Rechner', country: 'DE', headquarters: 'DE' };
  expect((await ledger.post('/v1/exports', { ...shipment, ultimateConsignee })).body).toMatchObject({ route: 'aia' });
  const { items } = (await ledger.get('/v1/obligations')).body;
  expect((await ledger.post(`/v1/obligations/${items[0]?.id}/fulfilment`, { reference: 'letter 1' })).status).toBe(201);
  await ledger.head();
});
afterAll(() => ledger.stop());

/** `quota` in a process of its own, with text on its standard input. */
async function quotaProcess(args: readonly string[], input = ''): Promise<CliResult> {
  return ran(spawn(process.execPath, [main, ...args], { env: { ...process.env, NODE_OPTIONS: '' } }), input);
}

async function ran(child: ChildProcessWithoutNullStreams, input = ''): Promise<CliResult> {
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

function eventsIn(dataDir: string): readonly StoredEvent[] {
  const log = openLogFile({ dataDir });
  const events = log.readAll({ after: 0, limit: 1_000_000 });
  log.close();
  return events;
}

describe('quota copy', () => {
  it('copies the log of a running server byte by byte, goes on where the copy ends, and says that both are the same', () =>
    withFolder(async (folder) => {
      const copy = path.join(folder, 'copy');
      const first = await quota('copy', '--from', ledger.dataDir, '--to', copy);
      expect([first.code, first.err]).toEqual([0, '']);
      expect(first.out).toMatch(/^Verified: the data directory .* holds the same \d+ events of 6 streams as .*\nSHA-256 of their ids: [0-9a-f]{64}\n$/);
      expect(eventsIn(copy)).toEqual(eventsIn(ledger.dataDir));
      await ledger.reserve(1, { destination: 'SA' });
      const { code, out } = await quota('copy', '--from', ledger.url, '--to', copy, '--json');
      expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ from: ledger.url, written: 1, streams: 6 })]);
      expect(eventsIn(copy)).toEqual(eventsIn(ledger.dataDir));
      expect(await quota('replay', '--data-dir', copy)).toMatchObject({ code: 0 });
    }));

  it('copies a backup of the log file', () =>
    withFolder(async (folder) => {
      const copy = path.join(folder, 'copy');
      await quota('copy', '--from', ledger.dataDir, '--to', path.join(folder, 'stopped'));
      const file = path.join(folder, 'stopped', 'log', 'ledger.sqlite');
      const { code, out } = await quota('copy', '--from', file, '--to', copy, '--json');
      expect([code, (JSON.parse(out) as Json)['from']]).toEqual([0, file]);
      expect(eventsIn(copy)).toEqual(eventsIn(ledger.dataDir));
    }));

  it('is answered by the same API, raises no alert again, and takes retries for what they are', () =>
    withFolder(async (folder) => {
      const copy = path.join(folder, 'copy');
      await quota('copy', '--from', ledger.dataDir, '--to', copy);
      const head = await ledger.head();
      const copied = await LedgerUnderTest.start();
      const retry = { body: { destination: 'AE', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], exporter: 'exporter-0' } };
      const key = { 'Idempotency-Key': 'test-key-1' };
      const original = await ledger.call('POST', '/v1/reservations', { ...retry, headers: key });
      expect(original.headers.get('idempotency-replayed')).toBe('true');
      try {
        await copied.restart({ dataDir: copy });
        for (const asked of ['countries', 'countries/AE', 'alerts', 'obligations', 'reservations', 'lines?kind=lpp', 'events']) {
          expect(await copied.get(`/v1/${asked}`)).toMatchObject({ status: 200, text: (await ledger.get(`/v1/${asked}`)).text });
        }
        expect(await copied.head()).toBe(head);
        const repeated = await copied.call('POST', '/v1/reservations', { ...retry, headers: key });
        expect([repeated.status, repeated.text]).toEqual([original.status, original.text]);
        expect((await copied.reserve(1)).status).toBe(201);
      } finally {
        await copied.stop();
      }
    }));

  it('may be killed at any moment, and the next run completes it', () =>
    withFolder(async (folder) => {
      const [source, copy] = [path.join(folder, 'source'), path.join(folder, 'copy')];
      await longLog(source, 15_000);
      const args = ['copy', '--from', source, '--to', copy];
      let kills = 0;
      for (let done = false; !done; ) {
        const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, NODE_OPTIONS: '' }, stdio: 'ignore' });
        const ended = once(child, 'exit');
        const grown = untilLogGrows(copy, () => child.exitCode !== null);
        // The first ones die as soon as something is written, or a little later; the last one may finish.
        if (kills < 3) {
          await grown;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 60));
          child.kill('SIGKILL');
        }
        const [code] = (await ended) as [number | null];
        done = code === 0;
        kills += done ? 0 : 1;
        expect(kills).toBeLessThan(10);
        const there = existsSync(path.join(copy, 'log', 'ledger.sqlite')) ? idsIn(copy) : [];
        expect(idsIn(source).slice(0, there.length)).toEqual(there);
      }
      expect(kills).toBeGreaterThan(0);
      expect(eventsIn(copy)).toEqual(eventsIn(source));
    }));
});

/** A sealed log that takes a while to be copied. */
async function longLog(dataDir: string, length: number): Promise<void> {
  const { sealedEvents } = await import('../../apps/cli/src/testing/sample-source.js');
  const store = await openEventStore({ dataDir });
  const events = sealedEvents(Array.from({ length }, (_, index) => `quota-country:${index % 11}`));
  await Promise.all(events.map((event) => store.append(event.stream, event.revision - 1, [event])));
  await store.close();
}

const idsIn = (dataDir: string): readonly string[] => eventsIn(dataDir).map(({ id }) => id);

async function untilLogGrows(dataDir: string, isOver: () => boolean): Promise<void> {
  const wal = path.join(dataDir, 'log', 'ledger.sqlite-wal');
  const bytes = (): number => statSync(wal, { throwIfNoEntry: false })?.size ?? 0;
  const before = bytes();
  while (!isOver() && bytes() <= before) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('quota export and quota load', () => {
  it('make the same log again, through a file and through pipes', () =>
    withFolder(async (folder) => {
      const file = path.join(folder, 'log.ndjson');
      const exported = await quota('export', '--from', ledger.dataDir, '--out', file, '--json');
      expect([exported.code, exported.err]).toEqual([0, '']);
      const { sha256 } = JSON.parse(exported.out) as { sha256: string };
      const loaded = await quota('load', '--from', file, '--to', path.join(folder, 'a'), '--json');
      expect(JSON.parse(loaded.out)).toMatchObject({ from: file, sha256 });
      expect(eventsIn(path.join(folder, 'a'))).toEqual(eventsIn(ledger.dataDir));

      const piped = await quotaProcess(['export', '--from', ledger.url, '--out', '-']);
      expect([piped.code, piped.out]).toEqual([0, readFileSync(file, 'utf8')]);
      expect(piped.err).toContain(sha256);
      const taken = await quotaProcess(['load', '--from', '-', '--to', path.join(folder, 'b')], piped.out);
      expect([taken.code, taken.err]).toEqual([0, '']);
      expect(taken.out).toContain(sha256);
      expect(eventsIn(path.join(folder, 'b'))).toEqual(eventsIn(ledger.dataDir));
    }));

  it('take what curl fetches from the API', () =>
    withFolder(async (folder) => {
      const answer = await fetch(`${ledger.url}/v1/events`, { headers: { accept: 'application/x-ndjson' } });
      const file = path.join(folder, 'fetched.ndjson');
      await writeFile(file, Buffer.from(await answer.arrayBuffer()));
      expect(await quota('load', '--from', file, '--to', path.join(folder, 'data'))).toMatchObject({ code: 0, err: '' });
      expect(eventsIn(path.join(folder, 'data'))).toEqual(eventsIn(ledger.dataDir));
    }));

  it('write what anybody can check without them, as it is documented', () =>
    withFolder(async (folder) => {
      await quota('export', '--from', ledger.dataDir, '--out', path.join(folder, 'log.ndjson'));
      const page = readFileSync(path.resolve(path.dirname(main), '../../../../docs/moving.md'), 'utf8');
      const check = /^node -e '\n(.*?)'$/ms.exec(page)?.[1] ?? '';
      const run = async (): Promise<CliResult> => ran(spawn(process.execPath, ['-e', check], { cwd: folder }));
      const { code, out } = await run();
      expect(code).toBe(0);
      for (const stream of new Set(eventsIn(ledger.dataDir).map((event) => event.stream))) expect(out).toContain(stream);
      const lines = readFileSync(path.join(folder, 'log.ndjson'), 'utf8').split('\n');
      writeFileSync(path.join(folder, 'log.ndjson'), lines.toSpliced(5, 1).join('\n'));
      expect((await run()).err).toContain('the chain is broken');
    }));

  it('load on, from a file that has more than the last one', () =>
    withFolder(async (folder) => {
      const [file, data] = [path.join(folder, 'log.ndjson'), path.join(folder, 'data')];
      await quota('export', '--from', ledger.dataDir, '--out', file);
      const lines = (await readFile(file, 'utf8')).split('\n');
      writeFileSync(path.join(folder, 'part.ndjson'), lines.slice(0, 30).join('\n'));
      await quota('load', '--from', path.join(folder, 'part.ndjson'), '--to', data);
      const { out } = await quota('load', '--from', file, '--to', data, '--json');
      expect(JSON.parse(out)).toMatchObject({ events: lines.length - 1, written: lines.length - 31 });
    }));

  it('touch nothing for a file with a bad line, and keep what comes before it of a pipe', () =>
    withFolder(async (folder) => {
      const [file, data] = [path.join(folder, 'log.ndjson'), path.join(folder, 'data')];
      await quota('export', '--from', ledger.dataDir, '--out', file);
      const good = await readFile(file, 'utf8');
      const bad = good.replace('"exporter":"exporter-3"', '"exporter":"exporter-4"');
      const line = bad.split('\n').findIndex((text, index) => text !== good.split('\n')[index]) + 1;
      await writeFile(file, bad);
      const refused = await quota('load', '--from', file, '--to', data);
      expect([refused.code, refused.out]).toEqual([2, '']);
      expect(refused.err).toMatch(new RegExp(`log\\.ndjson, line ${line} \\(quota-country:\\w\\w@\\d+\\): its id is not that of its content`));
      expect(existsSync(data)).toBe(false);

      const piped = await quotaProcess(['load', '--from', '-', '--to', data], bad);
      expect(piped.code).toBe(2);
      expect(piped.err).toContain(`standard input, line ${line}`);
      expect(eventsIn(data)).toEqual(eventsIn(ledger.dataDir).slice(0, line - 1));
    }));

  it('leave no file behind that is not whole', () =>
    withFolder(async (folder) => {
      const [data, file] = [path.join(folder, 'data'), path.join(folder, 'log.ndjson')];
      const events = eventsIn(ledger.dataDir).slice(0, 40);
      const store = await openEventStore({ dataDir: data });
      for (const { stream, revision, id, type, json } of events) {
        await store.append(stream, revision - 1, [{ id, type, json: revision === 7 ? json.replace('acme', 'emca').replace('"v":1', '"v": 1') : json }]);
      }
      await store.close();
      const { code, err } = await quota('export', '--from', data, '--out', file);
      expect(code).toBe(3);
      expect(err).toMatch(/position \d+ \(quota-country:.*@7\): its id is not that of its content/);
      expect([existsSync(file), existsSync(`${file}.unfinished`)]).toEqual([false, false]);
    }));
});

describe('moving a log says what is wrong', () => {
  it.each([
    [['copy', '--from', 'nowhere', '--to', '{}/x'], 3, 'There is no data directory nowhere'],
    [['copy', '--from', '{}', '--to', '{}/x'], 3, 'there is no log'],
    [['copy', '--from', '{}/text', '--to', '{}/x'], 3, 'this is not a log of Quota Ledger'],
    [['copy', '--from', 'http://127.0.0.1:9', '--to', '{}/x'], 3, 'Start the server, or name another one or a data directory with --from.'],
    [['copy', '--from', '{}', '--to', '{}'], 2, '--from and --to are the same'],
    [['copy', '--to', '{}/x'], 2, "required option '--from <place>' not specified"],
    [['copy', '--from', '{log}', '--to', 'http://127.0.0.1:9'], 2, 'is a running server'],
    [['copy', '--from', '{log}', '--to', '{}/text'], 2, 'is a file'],
    [['export', '--from', '{log}', '--out', '{}/text'], 2, 'exists. Name another file'],
    [['export', '--from', '{log}', '--out', '{}/no/where'], 2, 'Cannot write to'],
    [['load', '--from', '{}/nowhere', '--to', '{}/x'], 2, 'There is no file'],
    [['load', '--from', '{}', '--to', '{}/x'], 2, 'There is no file'],
    [['load', '--from', '{}/text', '--to', '{}/x'], 2, 'line 1: it is no JSON, or was cut off'],
  ])('%p', (args, code, words) =>
    withFolder(async (folder) => {
      await writeFile(path.join(folder, 'text'), 'Dear reader,\n');
      const result = await quota(...args.map((arg) => arg.replace('{log}', ledger.dataDir).replace('{}', folder)));
      expect(result).toMatchObject({ code, out: '' });
      expect(result.err).toContain(words);
      expect(existsSync(path.join(folder, 'x'))).toBe(false);
    }),
  );

  it('where a server has the target open, and where the target is another ledger', () =>
    withFolder(async (folder) => {
      const other = await LedgerUnderTest.start();
      try {
        const locked = await quota('copy', '--from', ledger.dataDir, '--to', other.dataDir);
        expect([locked.code, locked.err]).toEqual([3, expect.stringContaining('is in use by process')]);
        await quota('copy', '--from', other.dataDir, '--to', path.join(folder, 'copy'));
        const before = eventsIn(path.join(folder, 'copy'));
        const refused = await quota('copy', '--from', ledger.dataDir, '--to', path.join(folder, 'copy'));
        expect([refused.code, refused.out]).toEqual([1, '']);
        expect(refused.err).toContain(`its event at position 1 is RulebookAdopted rulebook@0 (${before[0]?.id})`);
        expect(eventsIn(path.join(folder, 'copy'))).toEqual(before);
      } finally {
        await other.stop();
      }
    }));

  it('where the source is damaged in the middle', () =>
    withFolder(async (folder) => {
      const source = path.join(folder, 'source');
      await mkdir(source);
      await longLog(source, 3000);
      const file = path.join(source, 'log', 'ledger.sqlite');
      const bytes = await readFile(file);
      bytes.fill(0x55, 40 * 16_384, 44 * 16_384);
      await writeFile(file, bytes);
      const { code, err } = await quota('copy', '--from', source, '--to', path.join(folder, 'x'));
      expect(code).toBe(3);
      expect(err).toMatch(/cannot be read|its id is not|was due/);
    }));
});
