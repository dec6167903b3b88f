import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { fastify, type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { DashboardFiles } from './dashboard-files.js';
import { serveDashboard } from './serve-dashboard.js';

const files = { 'index.html': '<!doctype html><title>Quota Ledger</title>', 'assets/index-abc.js': 'export {};' };
let folder: string;
let server: FastifyInstance;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quota-dashboard-'));
  mkdirSync(join(folder, 'assets'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), content);
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content));
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content));
  }
  server = fastify();
  serveDashboard(server, new DashboardFiles(folder));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> => server.inject({ url, headers });

describe('the files of the dashboard', () => {
  it.each(['/app', '/app/countries/AE', '/app/what/ever?q=1'])('have the page at %s', async (url) => {
    const { statusCode, body, headers } = await get(url);
    expect([statusCode, body, headers['cache-control']]).toEqual([200, files['index.html'], 'no-cache']);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
        "base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'",
    );
  });

  it.each([
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip;q=0.5, br;q=0', 'gzip', gunzipSync],
  ] as const)('come packed to those who take %s', async (accepted, coding, unpack) => {
    const { rawPayload, headers } = await get('/assets/index-abc.js', { 'accept-encoding': accepted });
    expect([headers['content-encoding'], headers['vary']]).toEqual([coding, 'Accept-Encoding']);
    expect(unpack(rawPayload).toString()).toBe(files['assets/index-abc.js']);
  });

  it('may be kept for ever where the name says what is in them', async () => {
    expect((await get('/assets/index-abc.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each(['br', 'identity'])('are not sent again to those who have them (%s)', async (coding) => {
    const { headers } = await get('/app', { 'accept-encoding': coding });
    const again = await get('/app', { 'if-none-match': `"other", W/${String(headers['etag'])}`, 'accept-encoding': coding });
    expect([again.statusCode, again.rawPayload.length, again.headers['etag']]).toEqual([304, 0, headers['etag']]);
  });

  it('say that an asset of a former build is gone', async () => {
    const { statusCode, headers, json } = await get('/assets/index-old.js');
    expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8']);
    expect(json<{ readonly detail: string }>().detail).toBe('There is no asset index-old.js: the dashboard was built anew. Load the page again.');
  });

  it('are missed at the start, not later', () => {
    expect(() => new DashboardFiles(join(folder, 'nowhere'))).toThrow('run npm run build');
  });
});
