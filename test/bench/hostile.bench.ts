import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { builtInRulebook, countries } from '#rulebook';
import type { BulkOrder, BulkResult } from './bulk-client.js';
import { pipelineWithoutReading, stalledReaders, type HostileFigures } from './hostile-connections.js';
import { hostileBodies, type Schema } from './hostile-bodies.js';
import { bodiesFor, writeRoomyRulebook } from './rulebook-file.js';
import { runClient } from './run-client.js';
import { startLedger, type Server } from '../server-process.js';

const json = 'application/json';
const ndjson = 'application/x-ndjson';
const wantedMs = 50;
const shownMax = 15;

interface Attack {
  readonly operation: string;
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How many of them at once. */
  readonly times?: number;
}

interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: object }>> };
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

/** How long /livez waits at most while every operation gets the worst bodies of its limits, on a log of 142,000 events. */
export async function hostileBench(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'quota-bench-'));
  const server = await startLedger(path.join(folder, 'data'), { LEDGER_RULEBOOK: writeRoomyRulebook(folder) });
  try {
    await fill(server);
    const probe = new LivezProbe(server.port);
    const quiet = await probe.longestMs(() => new Promise((resolve) => setTimeout(resolve, 3_000)));
    process.stdout.write(`hostile: /livez waits ${quiet.longestMs.toFixed(0)} ms at most while nothing else happens\n`);
    const found: { readonly attack: Attack; readonly longestMs: number; readonly statuses: string }[] = [];
    for (const attack of await attacksOn(server)) {
      const { longestMs, result } = await probe.longestMs(() => carryOut(server, attack));
      found.push({ attack, longestMs, statuses: result });
    }
    await probe.end();
    found.sort((a, b) => b.longestMs - a.longestMs);
    for (const { attack, longestMs, statuses } of found.slice(0, shownMax)) {
      process.stdout.write(`hostile: ${longestMs.toFixed(0)} ms: ${attack.operation}, ${attack.name} (${statuses})\n`);
    }
    const over = found.filter(({ longestMs }) => longestMs > wantedMs).length;
    process.stdout.write(`hostile: ${found.length} attacks, ${over} kept /livez waiting for more than ${wantedMs} ms; memory ${Math.round((await server.rssBytes()) / 1_048_576)} MiB\n`);
    await attackConnections(server, 'a hundred connections that pipeline and do not read', () => pipelineWithoutReading(server.port, 100, 1_600));
    await attackConnections(server, '300 readers that do not read', () => stalledReaders(server.port, 300));
  } finally {
    await server.stop('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function attackConnections(server: Server, name: string, attack: () => Promise<HostileFigures>): Promise<void> {
  let mostBytes = 0;
  const look = async (): Promise<void> => void (mostBytes = Math.max(mostBytes, await server.rssBytes()));
  const looking = setInterval(() => void look(), 250);
  const { opened, closedByServer, livezAsked, livezAnswered, livezWorstMs } = await attack();
  clearInterval(looking);
  const livez = `/livez answered ${livezAnswered} of ${livezAsked} times, after ${livezWorstMs.toFixed(0)} ms at most`;
  process.stdout.write(`hostile: ${name}: memory at most ${Math.round(mostBytes / 1_048_576)} MiB, ${closedByServer} of ${opened} closed, ${livez}\n`);
}

class LivezProbe {
  readonly #thread: Worker;

  constructor(port: number) {
    this.#thread = new Worker(new URL('./livez-probe.js', import.meta.url), { workerData: { port } });
  }

  async longestMs<Result>(during: () => Promise<Result>): Promise<{ readonly longestMs: number; readonly result: Result }> {
    await this.#ask();
    const result = await during();
    return { longestMs: await this.#ask(), result };
  }

  async end(): Promise<void> {
    await this.#thread.terminate();
  }

  #ask(): Promise<number> {
    this.#thread.postMessage('longest');
    return new Promise((resolve) => this.#thread.once('message', resolve));
  }
}

/** A log with 100,000 reservations in 150 countries, 40,000 exports with a notification each, and 2,000 companies. */
async function fill(server: Server): Promise<void> {
  const rulebook = builtInRulebook();
  const open = countries.map(({ code }) => code).filter((code) => rulebook.groupOf(code, Date.now()) === 'allocation').slice(0, 150);
  await runClient<BulkOrder, BulkResult>('bulk-client', { port: server.port, reservations: 100_000, linesPerRequest: 5_000, requestsAtOnce: 2, bodies: bodiesFor(open) });
  const exportOf = (n: number): object => ({
    destination: 'CN',
    exporter: `exporter ${n % 50}`,
    items: [{ chip: 'nvidia-geforce-rtx-4090', quantity: 1 }],
    exportedAt: '2026-01-15T12:00:00Z',
    facts: { noticeGivenAt: '2025-12-01T00:00:00Z' },
  });
  await many(40_000, (n) => send(server, { method: 'POST', path: '/v1/exports', headers: keyed(`hostile-export-${n}`), body: JSON.stringify(exportOf(n)) }));
  const companyOf = (n: number): object => ({ name: `Falcon ${n.toString(36)} ${((n * 7919) % 100_003).toString(36)} Holding`, headquarters: 'AE' });
  await many(2_000, (n) => send(server, { method: 'POST', path: '/v1/companies', headers: keyed(`hostile-company-${n}`), body: JSON.stringify(companyOf(n)) }));
}

async function many(count: number, one: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: 64 }, worker));
}

function keyed(key: string): Record<string, string> {
  return { 'Content-Type': json, 'Idempotency-Key': key };
}

async function attacksOn(server: Server): Promise<readonly Attack[]> {
  const document = JSON.parse((await send(server, { method: 'GET', path: '/v1/openapi.json' })).text) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
  };
  const resolve = (schema: Schema): Schema => (schema.$ref === undefined ? schema : (document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}));
  const ids = await knownIds(server);
  const attacks: Attack[] = [];
  for (const [template, operations] of Object.entries(document.paths)) {
    for (const [verb, operation] of Object.entries(operations)) {
      const method = verb.toUpperCase();
      const operationName = `${method} ${template}`;
      const at = ids(template);
      const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
      if (type === json && content !== undefined) {
        for (const { name, text } of hostileBodies(content.schema, content.example ?? {}, resolve)) {
          const headers = { ...keyed(`hostile-${attacks.length}-key`), ...(method === 'PATCH' && { 'If-Match': '"0"' }) };
          attacks.push({ operation: operationName, name, method, path: at, headers, body: text });
        }
      }
      if (method === 'GET' && template !== '/v1/stream') {
        const limit = operation.parameters?.some(({ name }) => name === 'limit') ? '?limit=200' : '';
        attacks.push({ operation: operationName, name: 'once', method, path: `${at}${limit}` });
      }
    }
  }
  return [...attacks, ...bulkAttacks(), ...readingAttacks(), ...draftAttacks()];
}

/** Paths with ids that are known, where there are such. */
async function knownIds(server: Server): Promise<(template: string) => string> {
  const firstId = async (list: string): Promise<string> => {
    const { items } = JSON.parse((await send(server, { method: 'GET', path: `${list}?limit=1` })).text) as { readonly items: readonly { readonly id?: string }[] };
    return items[0]?.id ?? 'none';
  };
  const ids = new Map<string, string>();
  for (const list of ['/v1/reservations', '/v1/exports', '/v1/companies', '/v1/obligations', '/v1/alerts']) ids.set(list, await firstId(list));
  return (template) =>
    template
      .replace('{code}', template.includes('problems') ? 'busy' : 'AE')
      .replace('{line}', 'country:AE')
      .replace('{name}', 'nac-notices')
      .replace('{version}', '2025-01-15.2')
      .replace('{id}', ids.get(template.slice(0, template.indexOf('/{id}'))) ?? 'us-ai-diffusion');
}

function bulkAttacks(): readonly Attack[] {
  const bulk = (name: string, body: string): Attack => ({ operation: 'POST /v1/reservations/bulk', name, method: 'POST', path: '/v1/reservations/bulk', headers: { 'Content-Type': ndjson }, body });
  const whole = (line: string): string => `${line}\n`.repeat(Math.min(10_000, Math.floor((8 * 1024 * 1024) / (line.length + 1))));
  const items = (count: number, item: object): object[] => Array.from({ length: count }, () => item);
  return [
    bulk('130 lines of 21,000 empty items', whole(`{"items":[${'{},'.repeat(21_000)}{}]}`)),
    bulk('lines of 5,000 unknown members', whole(JSON.stringify(Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`m${n}`, 1]))))),
    bulk('lines of 100 wrong items', whole(JSON.stringify({ items: items(100, { chip: 1, quantity: -1, tpp: 'x' }) }))),
    bulk('10,000 lines of 50 items', whole(JSON.stringify({ idempotencyKey: 'hostile-line-key', destination: 'AE', items: items(25, { chip: 'nvidia-h100-sxm5', quantity: 1 }) }))),
    bulk('8 MiB of newlines', '\n'.repeat(8 * 1024 * 1024 - 10)),
    bulk('10,000 short lines', '{}\n'.repeat(10_000)),
  ];
}

function readingAttacks(): readonly Attack[] {
  const get = (path: string, name: string, times: number, headers: Readonly<Record<string, string>> = {}): Attack => ({ operation: `GET ${path}`, name, method: 'GET', path, headers, times });
  return [
    get('/v1/events', 'ten readers of the whole log', 10, { Accept: ndjson }),
    get('/v1/events?type=LineClosed', 'ten that look for what is not there', 10),
    get('/v1/countries/AE/history?from=2016-01-01', 'once', 1),
    get('/v1/countries/AE/history?from=1927-01-01&interval=month', 'once', 1),
    get('/v1/reports/nac-notices?format=csv', 'ten at once', 10),
    get('/v1/reports/nac-notices', 'ten at once', 10),
    get('/v1/countries?asOf=2026-06-01T00:00:00Z', 'ten at once', 10),
  ];
}

/** Rulebooks as large as they may be: of 256 KiB. */
function draftAttacks(): readonly Attack[] {
  const { document } = builtInRulebook();
  const room = 256 * 1024 - 1_000 - JSON.stringify(document).length;
  const asManyAs = <Entry>(fit: number, one: (index: number) => Entry): readonly Entry[] => Array.from({ length: Math.floor((room * fit) / (JSON.stringify(one(9_999)).length + 1)) }, (_, index) => one(index));
  const day = (index: number): string => new Date(Date.UTC(2000, 0, 1 + index)).toISOString().slice(0, 10).concat('T00:00:00Z');
  const spans = asManyAs(0.6, (index) => ({ country: 'AE', group: 'partner', citation: 'x', from: day(index), until: day(index + 1) }));
  const caps = asManyAs(0.4, (index) => ({ country: 'AE', tpp: 1, citation: 'x', from: day(index) }));
  const crowds = asManyAs(1, (index) => ({ group: 'B', countries: countries.slice(0, 240).map(({ code }) => code), citation: 'x', from: day(index), until: day(index + 1) }));
  const drafts: readonly (readonly [string, object])[] = [
    ['groups and caps of one country', { ...document, groups: spans, allocations: { ...document.allocations, exceptions: caps } }],
    ['a Country Group of many spans', { ...document, countryGroups: [...(document.countryGroups ?? []), ...crowds] }],
    ['chips without end', { ...document, chips: asManyAs(1, () => ({})) }],
    ['a long note', { ...document, note: 'x'.repeat(room) }],
  ];
  const post = (path: string, name: string, body: object, key: string): Attack => ({ operation: `POST ${path}`, name, method: 'POST', path, headers: keyed(key), body: JSON.stringify(body) });
  return drafts.flatMap(([name, draft], index) => [
    post('/v1/rulebooks/simulations', name, { draft }, `hostile-draft-${index}-key`),
    post('/v1/rulebooks', name, { rulebook: { ...draft, version: `hostile-${index}` } }, `hostile-adoption-${index}-key`),
  ]);
}

async function carryOut(server: Server, attack: Attack): Promise<string> {
  const answers = await Promise.all(Array.from({ length: attack.times ?? 1 }, () => send(server, attack)));
  return [...new Set(answers.map(({ status }) => status))].join(', ');
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function send(server: Server, { method, path: target, headers = {}, body }: Pick<Attack, 'method' | 'path' | 'headers' | 'body'>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
    const sending = request({ port: server.port, host: '127.0.0.1', method, path: target, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.length < 1_000 && chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      response.on('error', () => resolve({ status: response.statusCode ?? 0, text: '' }));
    });
    // A body that is too long is refused before it is read.
    sending.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve({ status: 0, text: '' }) : reject(error)));
    sending.end(body);
  });
}
