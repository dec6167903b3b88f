import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** Stands in for the server: says that it is up and how it was told to end. */
const server = `
setInterval(() => undefined, 1000);
process.on('SIGTERM', () => { console.log('told to end'); process.exit(0); });
console.log('up', process.env['PORT'] ?? 'no port');
`;

describe('npm start', () => {
  let folder = '';
  const at = (file: string): string => path.join(folder, file);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'quota-start-'));
    for (const file of ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts']) {
      cpSync(path.join(root, file), at(file), { recursive: true, filter: (source) => !source.endsWith('.ts') });
    }
    symlinkSync(path.join(root, 'node_modules'), at('node_modules'));
    mkdirSync(at('apps/api/src'), { recursive: true });
    writeFileSync(at('apps/api/src/main.ts'), server);
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
    const up = (await once(shell.stdout, 'data')) as [Buffer];
    const output: string[] = [up[0].toString()];
    shell.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    shell.kill('SIGTERM');
    await once(shell.stdout, 'close');
    expect(output.join('')).toBe('up 4711\ntold to end\n');
    return said;
  }

  it('builds what is missing or stale and nothing else, and passes the signal on that ends its shell', async () => {
    expect(await startAndEnd()).toContain('Building (nothing is built)');
    expect(await startAndEnd()).toBe('');
    const later = new Date(Date.now() + 2000);
    utimesSync(at('apps/api/src/main.ts'), later, later);
    expect(await startAndEnd()).toContain('Building (apps/api/src/main.ts changed)');
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
