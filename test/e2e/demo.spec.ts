import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Body } from '#wire';

const main = fileURLToPath(new URL('../../apps/cli/src/demo/main.js', import.meta.url));
/** Ends what hangs, and judges nothing. */
const patienceMs = 120_000;

let folder: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quota-demo-process-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [main, ...args], {
    // A ledger that is meant in earnest is nothing to a demo, nor is a setting that no server would take.
    env: { PATH: process.env['PATH'], TMPDIR: folder, LEDGER_DATA_DIR: join(folder, 'in-earnest'), LEDGER_EVENTSTORE_URL: 'esdb://nowhere' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (told.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (told.stderr += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, told, exit };
}

async function until(holds: () => boolean | Promise<boolean>, child: ChildProcess): Promise<void> {
  while (!(await holds())) {
    if (child.exitCode !== null) throw new Error(`The demo ended with ${child.exitCode}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the demo process', () => {
  it(
    'serves a ledger in which everything is to be seen, goes on, and leaves nothing behind',
    async () => {
      const { child, told, exit } = start('--port', '0', '--speed', '86400', '--seed', '7');
      await until(() => told.stdout.includes('\n'), child);
      const url = /http:\/\/\S+/.exec(told.stdout)?.[0] ?? '';
      const read = async <Name extends 'About' | 'CountryList'>(path: string): Promise<Body<Name>> => (await (await fetch(url + path)).json()) as Body<Name>;
      expect(await read<'About'>('/v1/about')).toMatchObject({ demo: { speed: 86_400, seed: 7 } });
      const { countries, position } = await read<'CountryList'>('/v1/countries');
      expect(new Set(countries.map(({ status }) => status))).toEqual(
        new Set(['open', 'watch', 'critical', 'exhausted', 'suspended', 'no-cap', 'no-allocation']),
      );
      await until(async () => Number((await read<'CountryList'>('/v1/countries')).position) > Number(position), child);
      expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
      child.kill('SIGTERM');
      expect(await exit).toBe(0);
      expect(readdirSync(folder)).toEqual([]);
    },
    patienceMs,
  );

  it(
    'leaves nothing behind where it is ended while it writes the history',
    async () => {
      const { child, told, exit } = start('--port', '0');
      await until(() => readdirSync(folder).some((name) => existsSync(join(folder, name, 'log'))), child);
      child.kill('SIGINT');
      expect(await exit).toBe(0);
      expect(told.stdout).toBe('');
      expect(readdirSync(folder)).toEqual([]);
    },
    patienceMs,
  );

  it('names an option that cannot be used', async () => {
    const { told, exit } = start('--speed', 'fast');
    expect(await exit).toBe(64);
    expect(told.stderr).toContain('--speed "fast" cannot be used');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says that its port is in use, and leaves nothing behind', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { told, exit } = start('--port', String(port));
    expect(await exit).toBe(69);
    expect(told.stderr).toContain(`Port ${port} is in use`);
    expect(readdirSync(folder)).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
  });
});
