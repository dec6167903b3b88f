import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtInRulebook, loadRulebook } from '#rulebook';

const main = fileURLToPath(new URL('../../apps/api/src/main.js', import.meta.url));

interface Process {
  readonly child: ChildProcess;
  readonly exit: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  /** Resolves with the first line of stdout. */
  readonly firstLine: Promise<string>;
}

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quota-process-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(settings: Readonly<Record<string, string>>): Process {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], PORT: '0', LEDGER_DATA_DIR: join(folder, 'data'), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (stdout.includes('\n')) resolve(stdout.slice(0, stdout.indexOf('\n')));
    });
  });
  const exit = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, exit, firstLine };
}

async function listening(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

describe('the server process', () => {
  (existsSync('/dev/full') ? it : it.skip)('serves on where neither its address nor its log can be written, as on a full disk', async () => {
    const { server, port } = await listening();
    await new Promise((resolve) => server.close(resolve));
    const disk = openSync('/dev/full', 'w');
    const settings = { PATH: process.env['PATH'], PORT: String(port), LEDGER_DATA_DIR: join(folder, 'data'), LEDGER_LOG_LEVEL: 'trace' };
    // A setting without effect is told in the log at once.
    const child = spawn(process.execPath, [main], { env: { ...settings, LEDGER_PUBLIC_READS: 'true' }, stdio: ['ignore', disk, disk] });
    closeSync(disk);
    children.push(child);
    const exit = new Promise((resolve) => child.once('close', resolve));
    let status = 0;
    while (status !== 200 && child.exitCode === null) {
      status = await fetch(`http://127.0.0.1:${port}/readyz`).then((answer) => answer.status, () => 0);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it('says where it serves and from what, and ends in order', async () => {
    const { child, exit, firstLine } = start({});
    const line = await firstLine;
    expect(line).toMatch(/^Quota Ledger serves http:\/\/127\.0\.0\.1:\d+ from \//);
    expect(line.endsWith(join(folder, 'data'))).toBe(true);
    const url = /http:\/\/\S+/.exec(line)?.[0] ?? '';
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const stream = await fetch(`${url}/v1/stream`);
    child.kill('SIGTERM');
    expect(await exit).toMatchObject({ code: 0 });
    await stream.text();
  });

  it.each([
    [{ LEDGER_COLOUR: 'red' }, 'LEDGER_COLOUR'],
    [{ PORT: 'http' }, 'PORT'],
    [{ LEDGER_RULEBOOK: '/nothing/here.json' }, '/nothing/here.json'],
    [{ LEDGER_EVENTSTORE_URL: 'http://localhost:2113' }, 'LEDGER_EVENTSTORE_URL'],
    [{ LEDGER_EVENTSTORE_URL: 'esdb://user@localhost:2113' }, 'LEDGER_EVENTSTORE_URL'],
    [{ EVENTSTORE_URL: 'esdb://user@localhost:2113' }, 'LEDGER_EVENTSTORE_URL'],
    [{ EVENTSTORE_URL: 'esdb://a', LEDGER_EVENTSTORE_URL: 'esdb://b' }, 'are both set'],
  ])('stops for the setting %j and names it', async (settings, name) => {
    const { code, stdout, stderr } = await start(settings).exit;
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain(name);
    expect(stderr).not.toMatch(/\n +at /);
  });

  it('stops where the rulebook is a pipe, which nobody may ever write to', async () => {
    const pipe = join(folder, 'pipe');
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    expect(await start({ LEDGER_RULEBOOK: pipe }).exit).toEqual({ code: 64, stdout: '', stderr: expect.stringContaining(`${pipe} cannot be read (it is a pipe`) });
  });

  (existsSync('/proc/self') ? it : it.skip)('stops where the data directory cannot be made', async () => {
    const dataDir = '/proc/none/of/these';
    expect(await start({ LEDGER_DATA_DIR: dataDir }).exit).toEqual({ code: 74, stdout: '', stderr: expect.stringContaining(`${dataDir}: it cannot be used as data directory (Error: ENOENT`) });
  });

  it('names the member of a rulebook that is wrong', async () => {
    const file = join(folder, 'rulebook.json');
    await writeFile(file, '{"id": 7}');
    const { code, stderr } = await start({ LEDGER_RULEBOOK: file }).exit;
    expect(code).toBe(64);
    expect(stderr).toContain('/id');
  });

  it('goes on under the rulebook in force, with a variable or without, and names it', async () => {
    const file = join(folder, 'rulebook.json');
    const document = { ...builtInRulebook().document, version: '2024-01-01' };
    await writeFile(file, JSON.stringify(document));
    const inForce = loadRulebook(document).reference;
    for (const settings of [{ LEDGER_RULEBOOK: file }, {}, { LEDGER_RULEBOOK: file }]) {
      const { child, exit, firstLine } = start(settings);
      const url = /http:\/\/\S+/.exec(await firstLine)?.[0] ?? '';
      expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
        status: 'ready',
        position: '1',
        rulebook: inForce,
        newerRulebook: builtInRulebook().reference,
      });
      child.kill('SIGTERM');
      const { stdout, stderr } = await exit;
      expect(stdout.split('\n')[1]).toBe(`The rulebook in force is us-ai-diffusion 2024-01-01 (${inForce.hash})`);
      expect(stderr).toContain('quota rulebook adopt built-in');
    }
  });

  it('stops where LEDGER_RULEBOOK is not the rulebook in force, and names both and the order to give', async () => {
    const first = start({});
    await first.firstLine;
    first.child.kill('SIGTERM');
    await first.exit;
    const file = join(folder, 'rulebook.json');
    const document = { ...builtInRulebook().document, version: 'other' };
    await writeFile(file, JSON.stringify(document));
    const { code, stdout, stderr } = await start({ LEDGER_RULEBOOK: file }).exit;
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    for (const words of [builtInRulebook().hash, loadRulebook(document).hash, `quota rulebook adopt ${file}`]) expect(stderr).toContain(words);
    const again = start({});
    await again.firstLine;
    again.child.kill('SIGTERM');
    const { stderr: said } = await again.exit;
    expect(said).not.toContain('newer version');
  });

  it('says that the port is in use', async () => {
    const { server, port } = await listening();
    const { code, stderr } = await start({ PORT: String(port) }).exit;
    server.close();
    expect(code).toBe(69);
    expect(stderr).toContain(`Port ${port}`);
  });

  it('leaves a data directory alone in which another process works', async () => {
    const first = start({});
    await first.firstLine;
    const { code, stderr } = await start({}).exit;
    expect(code).toBe(74);
    expect(stderr).toContain(join(folder, 'data'));
    first.child.kill('SIGTERM');
    expect(await first.exit).toMatchObject({ code: 0 });
  });

  it('ends when it is told to amid its start', async () => {
    const { child, exit } = start({});
    while (!existsSync(join(folder, 'data', 'views'))) await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGTERM');
    expect(await exit).toMatchObject({ code: 0 });
  });

  it('ends when it is told to while it waits for a cluster', async () => {
    const { server, port } = await listening();
    server.close();
    const { child, exit } = start({ LEDGER_EVENTSTORE_URL: `esdb://127.0.0.1:${port}?tls=false` });
    while (!existsSync(join(folder, 'data', 'replica'))) await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGTERM');
    expect(await exit).toMatchObject({ code: 0, stdout: '' });
  });

  it('works with a clock of its own', async () => {
    const { firstLine } = start({ LEDGER_CLOCK: '2026-03-04T05:06:07Z' });
    const url = /http:\/\/\S+/.exec(await firstLine)?.[0] ?? '';
    const response = await fetch(`${url}/v1/reservations`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'clock-key-1' },
      body: JSON.stringify({ destination: 'AE', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }] }),
    });
    expect(await response.json()).toMatchObject({
      createdAt: '2026-03-04T05:06:07.000Z',
      expiresAt: '2026-06-02T05:06:07.000Z',
    });
  });
});
