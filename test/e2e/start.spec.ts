import { jest } from '@jest/globals';
import { spawn, spawnSync, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** Stands in for the server: says that it is up and how it was told to end. */
const server = `
setInterval(() => undefined, 1000);
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => { console.log('told to end'); process.exit(0); });
console.log('up', process.env['PORT'] ?? 'no port');
`;

/** An npm that had something to install would empty the folder that the link leads to. */
async function linkPackages(place: string): Promise<void> {
  const { whyNotInstalled } = (await import(path.join(root, 'scripts/install.mjs'))) as { readonly whyNotInstalled: () => string | undefined };
  expect(whyNotInstalled()).toBeUndefined();
  symlinkSync(path.join(root, 'node_modules'), place);
}

/** As small as a project can be that `npm start` builds: a server that says what it is told, and a page. */
function writeProject(folder: string): void {
  const at = (file: string): string => path.join(folder, file);
  for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts', 'apps/dashboard/tsconfig.json', 'apps/dashboard/index.html']) {
    cpSync(path.join(root, file), at(file), { recursive: true, filter: (source) => !source.endsWith('.ts') });
  }
  mkdirSync(at('apps/api/src'), { recursive: true });
  writeFileSync(at('apps/api/src/main.ts'), server);
  mkdirSync(at('apps/dashboard/src'));
  writeFileSync(at('apps/dashboard/src/main.tsx'), "document.title = 'up';\n");
}

describe('npm start', () => {
  let folder = '';
  const at = (file: string): string => path.join(folder, file);

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'quota-start-'));
    writeProject(folder);
    await linkPackages(at('node_modules'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** As npm does it: with a shell in between. The second command keeps the shell from making way for the first. */
  function start(): ChildProcessWithoutNullStreams {
    return spawn('sh', ['-c', 'node scripts/start.mjs; exit $?'], { cwd: folder, env: { ...process.env, NODE_OPTIONS: '', PORT: '4711' } });
  }

  async function startAndEnd(): Promise<string> {
    const shell = start();
    let said = '';
    shell.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = once(shell, 'exit').then(() => Promise.reject(new Error(`It ended and was never up: ${said}`)));
    const up = (await Promise.race([once(shell.stdout, 'data'), ended])) as [Buffer];
    ended.catch(() => undefined);
    const output: string[] = [up[0].toString()];
    shell.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    shell.kill('SIGTERM');
    await once(shell.stdout, 'close');
    expect(output.join('')).toBe('up 4711\ntold to end\n');
    return said;
  }

  it('builds what is missing or stale and nothing else, and passes the signal on that ends its shell', async () => {
    expect(await startAndEnd()).toMatch(/Building \(nothing is built\)[^]*Built in \d+ s\./);
    expect(await startAndEnd()).toBe('');
    const later = new Date(Date.now() + 2000);
    utimesSync(at('apps/api/src/main.ts'), later, later);
    expect(await startAndEnd()).toContain('Building (apps/api/src/main.ts changed)');
    rmSync(at('dist/dashboard'), { recursive: true });
    expect(await startAndEnd()).toContain('Building (the dashboard is not built)');
  });

  it('takes away what was compiled of a source that is gone', () => {
    writeFileSync(at('apps/api/src/old.spec.ts'), 'export const old = 1;\n');
    const build = (): number | null => spawnSync('node', ['scripts/build.mjs'], { cwd: folder, env: { ...process.env, NODE_OPTIONS: '' } }).status;
    expect([build(), existsSync(at('dist/apps/api/src/old.spec.js'))]).toEqual([0, true]);
    rmSync(at('apps/api/src/old.spec.ts'));
    expect([build(), existsSync(at('dist/apps/api/src/old.spec.js'))]).toEqual([0, false]);
    expect(existsSync(at('dist/apps/api/src/main.js'))).toBe(true);
  });

  it('compiles again what somebody deleted', () => {
    const build = (): number | null => spawnSync('node', ['scripts/build.mjs'], { cwd: folder, env: { ...process.env, NODE_OPTIONS: '' } }).status;
    expect(build()).toBe(0);
    rmSync(at('dist/apps/api/src/main.js'));
    expect([build(), existsSync(at('dist/apps/api/src/main.js'))]).toEqual([0, true]);
  });

  it('does not start what does not compile', async () => {
    writeFileSync(at('apps/api/src/main.ts'), "const port: number = 'none';\nconsole.log(port);\n");
    const shell = start();
    let said = '';
    shell.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    expect((await once(shell, 'close'))[0]).toBe(1);
    expect(said).toContain('The build failed');
  });
});

describe('a signal', () => {
  let folder = '';
  const started: ChildProcess[] = [];
  const at = (file: string): string => path.join(folder, file);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'quota-signal-'));
    writeProject(folder);
  });
  afterEach(() => {
    // Each is the first of a group of its own.
    for (const { pid = 0 } of started.splice(0)) if (isAlive(-pid)) process.kill(-pid, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  function start(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcessWithoutNullStreams {
    const child = spawn(command, args, { cwd: folder, detached: true, env: { ...process.env, NODE_OPTIONS: '', ...env } });
    started.push(child);
    return child;
  }

  /** Resolves with all that it says, when everything that could say something has ended. */
  async function sayings(stream: Readable): Promise<string> {
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    return text;
  }

  it.each([
    ['npm', ['start', '--silent'], 'SIGTERM'],
    ['npm', ['start', '--silent'], 'SIGINT'],
    ['npm', ['start', '--silent'], 'SIGHUP'],
    ['npm', ['start', '--silent'], 'SIGKILL'],
    ['sh', ['-c', 'node scripts/start.mjs; exit $?'], 'SIGTERM'],
    ['sh', ['-c', 'node scripts/start.mjs; exit $?'], 'SIGKILL'],
    ['node', ['scripts/start.mjs'], 'SIGTERM'],
  ] as const)('to %s %j, %s, ends the server', async (command, args, signal) => {
    await linkPackages(at('node_modules'));
    const child = start(command, args);
    const up = once(child.stdout, 'data') as Promise<[Buffer]>;
    const [first] = await up;
    const rest = sayings(child.stdout);
    child.kill(signal);
    expect(first.toString() + (await rest)).toMatch(/^up .*\ntold to end\n$/);
  }, 120_000);

  /** Stands in for npm while it installs, with a child of its own; both are named in a file. */
  const slowNpm = `
    const { spawn } = require('node:child_process');
    const { writeFileSync } = require('node:fs');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    writeFileSync(process.env.SLOW_NPM_PIDS + '.new', process.pid + ' ' + child.pid);
    require('node:fs').renameSync(process.env.SLOW_NPM_PIDS + '.new', process.env.SLOW_NPM_PIDS);
    setInterval(() => undefined, 1000);
  `;

  it.each([
    ['node', ['scripts/start.mjs'], 'SIGTERM', 143],
    ['node', ['scripts/start.mjs'], 'SIGINT', 130],
    ['sh', ['-c', 'node scripts/start.mjs; exit $?'], 'SIGKILL', null],
  ] as const)('to %s %j, %s, while packages are installed, ends the installation too', async (command, args, signal, code) => {
    writeFileSync(at('npm.cjs'), slowNpm);
    const pids = at('pids');
    const child = start(command, args, { npm_execpath: at('npm.cjs'), SLOW_NPM_PIDS: pids });
    const said = sayings(child.stderr);
    while (!existsSync(pids)) await new Promise((resolve) => setTimeout(resolve, 20));
    const installing = readFileSync(pids, 'utf8').split(' ').map(Number);
    expect(installing.map(isAlive)).toEqual([true, true]);
    const exit = once(child, 'exit');
    child.kill(signal);
    expect((await exit)[0]).toBe(code);
    expect(await said).toContain('Installing packages (node_modules is missing)');
    while (installing.some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 20));
  }, 120_000);
});

describe('the progress of an installation', () => {
  type ShowProgress = (what: string, how?: () => string) => () => number;
  let said: string[];
  const isTerminal = process.stderr.isTTY;

  beforeEach(() => {
    said = [];
    jest.useFakeTimers();
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
    process.stderr.isTTY = isTerminal;
  });

  async function show(terminal: boolean): Promise<void> {
    process.stderr.isTTY = terminal;
    const { showProgress } = (await import(path.join(root, 'scripts/progress.mjs'))) as { readonly showProgress: ShowProgress };
    let installed = 0;
    const done = showProgress('Installing packages', () => `${(installed += 100)} of 700 packages`);
    jest.advanceTimersByTime(11_000);
    expect(done()).toBe(11);
    jest.advanceTimersByTime(60_000);
  }

  it('is a plain line every five seconds where nobody looks', async () => {
    await show(false);
    expect(said).toEqual(['Installing packages: 5 s, 100 of 700 packages\n', 'Installing packages: 10 s, 200 of 700 packages\n']);
  });

  it('is one line on a terminal, which is gone at the end', async () => {
    await show(true);
    expect(said).toHaveLength(22 + 1);
    expect(said[1]).toBe('\r\u001b[KInstalling packages: 1 s, 200 of 700 packages');
    expect(said.at(-1)).toBe('\r\u001b[K');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the packages of a fresh clone', () => {
  type WhyNotInstalled = (folder: string) => string | undefined;
  let folder = '';
  let whyNotInstalled: WhyNotInstalled;

  beforeEach(async () => {
    const module = (await import(path.join(root, 'scripts/install.mjs'))) as { readonly whyNotInstalled: WhyNotInstalled };
    whyNotInstalled = module.whyNotInstalled;
    folder = mkdtempSync(path.join(tmpdir(), 'quota-install-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function project(wanted: object, installed?: object): string | undefined {
    writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ packages: { '': {}, ...wanted } }));
    if (installed === undefined) return whyNotInstalled(folder);
    for (const place of Object.keys(installed)) mkdirSync(path.join(folder, place), { recursive: true });
    writeFileSync(path.join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
    return whyNotInstalled(folder);
  }

  const a = { 'node_modules/a': { version: '1.0.0' } };

  it('are installed when they are missing, of another version, or too many', () => {
    expect(project(a)).toBe('node_modules is missing');
    expect(project(a, { 'node_modules/a': { version: '1.0.1' } })).toBe('node_modules/a is 1.0.1, wanted 1.0.0');
    expect(project({ ...a, 'node_modules/b': { version: '1.0.0' } }, a)).toBe('node_modules/b is missing');
    expect(project({}, a)).toBe('node_modules/a is not in the lockfile');
  });

  it('are left alone when they are all there, apart from optional ones for other machines', () => {
    expect(project(a, a)).toBeUndefined();
    expect(project({ ...a, 'node_modules/b': { version: '1.0.0', optional: true } }, a)).toBeUndefined();
  });
});
