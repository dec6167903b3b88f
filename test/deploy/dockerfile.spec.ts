import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readConfig } from '../../apps/api/src/config.js';
import { LedgerUnderTest } from '../e2e/ledger-under-test.js';
import { startLedger } from '../server-process.js';
import { read, root } from './deployment.js';
import { environmentOf, instructionsOf, sayingsOf, stagesOf, wordsOf } from './dockerfile.js';

const { version, engines, scripts } = JSON.parse(read('package.json')) as {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly scripts: { readonly start: string };
};
const instructions = instructionsOf(read('docker/Dockerfile'));
const [build = [], image = []] = stagesOf(instructions);
const environment = environmentOf(image);

describe('docker/Dockerfile', () => {
  it('is built from a pinned Node that package.json allows', () => {
    expect(stagesOf(instructions).map(([from]) => from?.rest)).toEqual([
      'node:${NODE_VERSION}-bookworm AS build',
      'node:${NODE_VERSION}-bookworm-slim',
    ]);
    const [, pinned = ''] = /^NODE_VERSION=(\d+\.\d+\.\d+)$/.exec(instructions[0]?.rest ?? '') ?? [];
    expect([pinned, allows(engines.node, pinned)]).toEqual([expect.stringMatching(/^\d/), true]);
  });

  it('copies what there is, and what .dockerignore lets through', () => {
    const through = read('.dockerignore').match(/^!.+$/gm)?.map((line) => line.slice(1)) ?? [];
    for (const place of through) expect([place, existsSync(path.join(root, place))]).toEqual([place, true]);
    const copied = [build, image].flatMap((stage) => sayingsOf(stage, 'COPY')).filter((rest) => !rest.startsWith('--from='));
    const sources = copied.flatMap((rest) => rest.split(/\s+/).slice(0, -1)).map((source) => source.replace(/^\.\//, ''));
    expect(sources.length).toBeGreaterThan(5);
    for (const source of sources) expect(through).toContain(source);
  });

  it('builds all that the compiler compiles', () => {
    const { include } = JSON.parse(read('tsconfig.json')) as { readonly include: readonly string[] };
    expect(sayingsOf(build, 'COPY')).toEqual(expect.arrayContaining(include.map((folder) => `${folder} ./${folder}`)));
  });

  it('takes from the build all that the server needs', async () => {
    const taken = sayingsOf(image, 'COPY').flatMap((rest) => /^--from=build \/app\/(\S+) \.\/\1$/.exec(rest)?.[1] ?? []);
    const folder = mkdtempSync(path.join(tmpdir(), 'quota-image-'));
    try {
      for (const place of [...taken, 'package.json']) {
        const [from, to] = [path.join(root, place), path.join(folder, place)];
        if (place === 'node_modules') symlinkSync(from, to);
        else cpSync(from, to, { recursive: true });
      }
      const server = await startLedger(path.join(folder, 'data'), {}, path.join(folder, 'dist/'));
      const page = await fetch(`http://127.0.0.1:${server.port}/`);
      expect([page.status, await server.stop('SIGTERM')]).toEqual([200, 0]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('starts the server as npm start does, by itself and not as root', () => {
    const flags = scripts.start.split(' ').filter((word) => word.startsWith('--'));
    const words = wordsOf(image.at(-1)?.rest ?? '');
    expect(image.at(-1)?.name).toBe('CMD');
    expect(words).toEqual(['node', ...flags, 'dist/apps/api/src/main.js']);
    expect(existsSync(path.join(root, words.at(-1) ?? ''))).toBe(true);
    expect(sayingsOf(image, 'USER')).toEqual(['node']);
    expect(sayingsOf(image, 'STOPSIGNAL')).toEqual(['SIGTERM']);
  });

  it('has settings that the server takes, a volume for its data and the port open', () => {
    expect(readConfig(environment)).toMatchObject({ host: '0.0.0.0', dataDir: '/data' });
    expect(sayingsOf(image, 'VOLUME')).toEqual([environment['LEDGER_DATA_DIR']]);
    expect(sayingsOf(image, 'EXPOSE')).toEqual([environment['PORT']]);
  });

  it('is named by the version of the package', () => {
    for (const file of ['compose.yaml', 'compose.cluster.yaml']) {
      expect(read('docker', file)).toContain(`image: quota-ledger:${version}\n`);
    }
  });
});

describe('the health check of the image', () => {
  const [program = '', ...args] = wordsOf(sayingsOf(image, 'HEALTHCHECK')[0] ?? '');
  const check = (port: string): Promise<number | null> =>
    new Promise((resolve) => {
      const child = spawn(program, args, { env: { ...process.env, NODE_OPTIONS: '', PORT: port }, stdio: 'ignore' });
      child.once('exit', (code) => resolve(code));
    });

  it('passes while the server is ready, and fails when there is none', async () => {
    const ledger = await LedgerUnderTest.start();
    const { port } = new URL(ledger.url);
    try {
      expect(await check(port)).toBe(0);
    } finally {
      await ledger.stop();
    }
    expect(await check(port)).toBe(1);
  });
});

/** Whether a range of `^a.b.c` and `>=a.b.c` parts allows a version. */
function allows(range: string, version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return range.split('||').some((part) => {
    const [, kind, ...numbers] = /^(\^|>=)(\d+)\.(\d+)\.\d+$/.exec(part.trim()) ?? [];
    const [fromMajor = Infinity, fromMinor = 0] = numbers.map(Number);
    if (major === fromMajor) return minor >= fromMinor;
    return kind === '>=' && major > fromMajor;
  });
}
