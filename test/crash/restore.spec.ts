import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';

// What operators do with files, to servers in processes of their own that were killed.

const main = fileURLToPath(new URL('../../apps/api/src/main.js', import.meta.url));
const cli = fileURLToPath(new URL('../../apps/cli/src/main.js', import.meta.url));

let folder: string;
let dataDir: string;
let log: string;
const children = new Set<ChildProcess>();

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'quota-restore-'));
  dataDir = path.join(folder, 'data');
  log = path.join(dataDir, 'log', 'ledger.sqlite');
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
  rmSync(folder, { recursive: true, force: true });
});

interface Served {
  readonly child: ChildProcess;
  readonly url: string;
}

/** @returns where it serves, or how it ended */
async function serve(directory = dataDir, options: readonly string[] = []): Promise<Served | { readonly code: number | null; readonly stderr: string }> {
  const child = spawn(process.execPath, options.length === 0 ? [main] : [cli, 'serve', ...options], {
    env: { PATH: process.env['PATH'], PORT: '0', LEDGER_DATA_DIR: directory, LEDGER_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const url = /http:\/\/\S+/.exec(chunk.toString())?.[0];
      if (url !== undefined) resolve({ child, url });
    });
    child.once('close', (code) => resolve({ code, stderr }));
  });
}

async function served(directory?: string, options?: readonly string[]): Promise<Served> {
  const started = await serve(directory, options);
  if (!('url' in started)) throw new Error(`The server ended with ${started.code}: ${started.stderr}`);
  return started;
}

/** @returns the position of the last event */
async function reserve({ url }: Served, count: number): Promise<number> {
  let position = 0;
  for (let index = 0; index < count; index += 1) {
    const body = JSON.stringify({ destination: 'AE', exporter: 'acme', items: [{ chip: 'nvidia-a100', quantity: 1 }] });
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
    const response = await fetch(`${url}/v1/reservations`, { method: 'POST', headers, body });
    expect(response.status).toBe(201);
    position = Number(response.headers.get('ledger-position'));
  }
  return position;
}

async function end({ child }: Served, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill(signal);
  await closed;
}

async function backUp(to: string): Promise<void> {
  const database = new Database(log, { readonly: true });
  await database.backup(to);
  database.close();
}

async function expectRefused(message: RegExp): Promise<void> {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    expect(await serve()).toEqual({ code: 74, stderr: expect.stringMatching(message) });
  }
  const replay = promisify(execFile)(process.execPath, [cli, 'replay', '--data-dir', dataDir]);
  await expect(replay).rejects.toMatchObject({ code: 3, stderr: expect.stringMatching(message) });
}

/** A server that made 5 reservations, a backup, and 4 more, and was killed. */
async function killed(backup: string): Promise<{ readonly backedUp: number; readonly head: number }> {
  const server = await served();
  const backedUp = await reserve(server, 5);
  await backUp(backup);
  const head = await reserve(server, 4);
  await end(server, 'SIGKILL');
  expect(existsSync(`${log}-wal`)).toBe(true);
  return { backedUp, head };
}

describe('a backup', () => {
  it('in the place of the log, beside its old -wal, is refused; alone in an empty data directory it is the ledger', async () => {
    const backup = path.join(folder, 'backup.sqlite');
    const { backedUp, head } = await killed(backup);
    copyFileSync(backup, log);
    await expectRefused(new RegExp(`put in the place of another.+ends at position ${backedUp}; .+ledger\\.head knows events up to position ${head}, so the first that is missing is ${backedUp + 1}`));

    const fresh = path.join(folder, 'fresh');
    mkdirSync(path.join(fresh, 'log'), { recursive: true });
    copyFileSync(backup, path.join(fresh, 'log', 'ledger.sqlite'));
    const server = await served(fresh);
    expect(await reserve(server, 1)).toBe(backedUp + 1);
    await end(server, 'SIGTERM');
  });

  it('that is the very content of the file is refused beside its old -wal, too', async () => {
    let server = await served();
    await reserve(server, 2);
    await end(server, 'SIGTERM');
    const backup = path.join(folder, 'backup.sqlite');
    copyFileSync(log, backup);
    server = await served();
    await reserve(server, 3);
    await end(server, 'SIGKILL');
    // Left as it was it goes on.
    server = await served();
    await reserve(server, 1);
    await end(server, 'SIGTERM');

    copyFileSync(log, backup);
    server = await served();
    const head = await reserve(server, 3);
    await end(server, 'SIGKILL');
    copyFileSync(backup, log);
    await expectRefused(new RegExp(`put in the place of another.+ledger\\.head knows events up to position ${head}`));
  });
});

describe('a data directory after a kill', () => {
  it('goes on as a copy, all of it together', async () => {
    const { head } = await killed(path.join(folder, 'backup.sqlite'));
    const copy = path.join(folder, 'copy');
    cpSync(dataDir, copy, { recursive: true });
    const server = await served(copy);
    expect(await reserve(server, 1)).toBe(head + 1);
    await end(server, 'SIGTERM');
  });

  it.each<[string, () => void, RegExp]>([
    ['without its log', () => rmSync(path.dirname(log), { recursive: true }), /the log is gone: .+views-\d+-\d+\.sqlite knows its events up to position \d+\. The first that is missing is 1/],
    ['without its -wal', () => rmSync(`${log}-wal`), /events are missing from position 1 on: .+ledger\.head knows events up to position 10/],
  ])('is refused %s', async (_, lose, message) => {
    const backup = path.join(folder, 'backup.sqlite');
    const server = await served();
    expect(await reserve(server, 9)).toBe(10);
    const views = await fetch(`${server.url}/v1/reservations`, { headers: { 'min-position': '10' } });
    expect(views.status).toBe(200);
    await views.text();
    await backUp(backup);
    await end(server, 'SIGKILL');
    lose();
    await expectRefused(message);
  });
});

describe('a loss that is accepted', () => {
  const frameBytes = 24 + 16_384;

  /** A killed server of 1 + 9 events, whose -wal has a flipped bit in the frame that the last commits begin in. */
  async function damaged(): Promise<number> {
    const server = await served();
    expect(await reserve(server, 9)).toBe(10);
    const views = await fetch(`${server.url}/v1/reservations`, { headers: { 'min-position': '10' } });
    await views.text();
    await end(server, 'SIGKILL');
    const wal = readFileSync(`${log}-wal`);
    for (let at = wal.length - frameBytes; ; at -= frameBytes) {
      const flipped = Buffer.from(wal);
      flipped[at + 100] = (flipped[at + 100] as number) ^ 1;
      writeFileSync(`${log}-wal`, flipped);
      rmSync(`${log}-shm`, { force: true });
      const refused = await serve();
      if ('url' in refused) throw new Error('The ledger has lost events and serves.');
      const first = Number(/missing from position (\d+) on/.exec(refused.stderr)?.[1]);
      expect(refused).toMatchObject({ code: 74, stderr: expect.stringContaining(`quota serve --accept-loss ${first}`) });
      if (first < 9) return first;
    }
  }

  it('is recorded in the place of the first event that is missing, and the ledger goes on with views made anew', async () => {
    const first = await damaged();
    expect(await serve(dataDir, ['--accept-loss', String(first + 1)])).toMatchObject({ code: 74, stderr: expect.stringContaining(`--accept-loss ${first}`) });

    const server = await served(dataDir, ['--accept-loss', String(first)]);
    const losses = (await (await fetch(`${server.url}/v1/events?stream=losses`)).json()) as { readonly items: readonly object[] };
    expect(losses.items).toMatchObject([{ position: String(first), data: { type: 'LossAccepted', firstMissing: first, known: { position: 10 } } }]);
    const country = (await (await fetch(`${server.url}/v1/countries/AE`)).json()) as object;
    expect(country).toMatchObject({ openReservations: first - 2 });
    expect(await reserve(server, 1)).toBe(first + 1);
    await end(server, 'SIGKILL');

    expect(await serve(dataDir, ['--accept-loss', String(first)])).toMatchObject({ code: 64, stderr: expect.stringContaining('Start without it') });
    const again = await served();
    expect(await reserve(again, 1)).toBe(first + 2);
    await end(again, 'SIGTERM');
    const replay = await promisify(execFile)(process.execPath, [cli, 'replay', '--data-dir', dataDir]);
    expect(replay.stdout).toContain('Everything agrees');
  });

  it('of the whole log begins an empty ledger that says so', async () => {
    const server = await served();
    await reserve(server, 3);
    await end(server, 'SIGKILL');
    for (const suffix of ['', '-wal', '-shm']) rmSync(log + suffix, { force: true });
    expect(await serve()).toMatchObject({ code: 74, stderr: expect.stringContaining('--accept-loss 1`') });
    const empty = await served(dataDir, ['--accept-loss', '1']);
    expect(await reserve(empty, 1)).toBe(3);
    await end(empty, 'SIGTERM');
  });
});
