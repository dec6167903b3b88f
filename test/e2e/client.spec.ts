import { execFileSync, execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { answerOf, createLedgerClient } from '#client';
import { publishedTypes } from '../../scripts/client-from-openapi.js';
import { packClient } from '../../scripts/pack-client.js';
import { LedgerUnderTest } from './ledger-under-test.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const examples = ['reserve-and-export', 'may-i-ship'];

let ledger: LedgerUnderTest;
beforeAll(async () => {
  ledger = await LedgerUnderTest.start();
});
afterAll(() => ledger.stop());

const run = async (name: string): Promise<string> => (await promisify(execFile)(process.execPath, [path.join(root, `dist/libs/client/examples/${name}.js`), ledger.url])).stdout;

describe('the examples of docs/client.md', () => {
  it.each(examples)('%s is the file, word for word', (name) => {
    const file = readFileSync(path.join(root, `libs/client/examples/${name}.ts`), 'utf8').replace("'../src/index.js'", "'@quota-ledger/client'");
    expect(readFileSync(path.join(root, 'docs/client.md'), 'utf8')).toContain(`\`\`\`ts\n${file}\`\`\``);
  });

  it('run, and run again without recording anything twice', async () => {
    expect(await run('may-i-ship')).toContain('Yes, by licence; 782084000 TPP would be left');
    ledger.now = Date.now();
    const first = await run('reserve-and-export');
    expect(first).toBe('15832000 TPP reserved, 774168000 left for AE\n6332800 TPP exported\n');
    const head = await ledger.head();
    // The day of the export is part of the request: with the time of now it is another one.
    expect(await run('reserve-and-export')).toContain('15832000 TPP reserved, 774168000 left for AE\nRefused: idempotency-key-reused');
    expect(await ledger.head()).toBe(head);
  });
});

describe('an answer that is lost on the way', () => {
  it('is asked for again with the same key, and nothing is recorded twice', async () => {
    let requests = 0;
    // Passes requests on, but drops the first answer: the ledger has recorded it by then.
    const proxy: Server = createServer((incoming, outgoing) => {
      const count = (requests += 1);
      const { hostname, port } = new URL(ledger.url);
      const passed = httpRequest({ hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers }, (answer) => {
        if (count === 1) {
          answer.resume();
          answer.on('end', () => outgoing.destroy());
          return;
        }
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      });
      incoming.pipe(passed);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const client = createLedgerClient({ baseUrl: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, firstPauseMs: 1 });
    const before = await ledger.head();
    const answered = client.POST('/v1/reservations', { body: { destination: 'SA', exporter: 'acme-semi', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }] } });
    const { id } = await answerOf(answered);
    expect([requests, (await answered).response.headers.get('idempotency-replayed')]).toEqual([2, 'true']);
    expect(Number(await ledger.head()) - Number(before)).toBe(1);
    expect((await ledger.get(`/v1/reservations/${id}`)).status).toBe(200);
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  });
});

describe('the packed client', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'quota-client-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('serves a project outside of this repository, types included', async () => {
    const document = (await ledger.get('/v1/openapi.json')).body;
    const packed = packClient(await publishedTypes(document), path.join(folder, 'package'));
    const modules = path.join(folder, 'project/node_modules');
    mkdirSync(path.join(modules, '@quota-ledger/client'), { recursive: true });
    execFileSync('tar', ['-xzf', packed, '-C', path.join(modules, '@quota-ledger/client'), '--strip-components=1']);
    for (const name of ['openapi-fetch', 'openapi-typescript-helpers']) cpSync(path.join(root, 'node_modules', name), path.join(modules, name), { recursive: true });
    symlinkSync(path.join(root, 'node_modules/@types'), path.join(modules, '@types'));
    const project = path.join(folder, 'project');
    writeFileSync(path.join(project, 'package.json'), '{"type":"module"}');
    const example = readFileSync(path.join(root, 'libs/client/examples/may-i-ship.ts'), 'utf8').replace("'../src/index.js'", "'@quota-ledger/client'");
    writeFileSync(path.join(project, 'may-i-ship.ts'), example);
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [tsc, '--strict', '--target', 'es2022', '--module', 'nodenext', '--types', 'node', 'may-i-ship.ts'], { cwd: project, encoding: 'utf8' });
    const { stdout } = await promisify(execFile)(process.execPath, ['may-i-ship.js', ledger.url], { cwd: project });
    expect(stdout).toContain('Yes, by licence');
  });
});
