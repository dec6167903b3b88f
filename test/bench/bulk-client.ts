// Sends NDJSON reservations to /v1/reservations/bulk from a process of its own: a few requests under way at once.
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';

export interface BulkOrder {
  readonly port: number;
  readonly reservations: number;
  readonly linesPerRequest: number;
  readonly requestsAtOnce: number;
  readonly bodies: readonly Readonly<Record<string, unknown>>[];
}

export interface BulkResult {
  readonly seconds: number;
  readonly perSecond: number;
  readonly accepted: number;
  /** How far the views were behind, sampled while it ran. */
  readonly viewsBehindMsMax: number;
  readonly viewsCaughtUpMs: number;
}

const order = JSON.parse(process.argv[2] ?? '{}') as BulkOrder;
const prefix = randomUUID().slice(0, 23);
let next = 0;
let accepted = 0;
let running = true;
let behindMax = 0;

function nextBody(): string {
  const lines: string[] = [];
  for (; lines.length < order.linesPerRequest && next < order.reservations; next += 1) {
    const body = order.bodies[next % order.bodies.length];
    lines.push(JSON.stringify({ idempotencyKey: `${prefix}-${String(next).padStart(12, '0')}`, ...body }));
  }
  return lines.join('\n');
}

async function sender(): Promise<void> {
  for (let body = nextBody(); body !== ''; body = nextBody()) {
    const answer = await send(body);
    for (let at = answer.indexOf('{"status":201'); at >= 0; at = answer.indexOf('\n{"status":201', at + 1)) accepted += 1;
  }
}

function send(body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-ndjson', 'content-length': Buffer.byteLength(body) };
    const sending = request({ port: order.port, host: '127.0.0.1', method: 'POST', path: '/v1/reservations/bulk', headers }, (response) => {
      let text = '';
      response.setEncoding('latin1');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(`${response.statusCode}: ${text.slice(0, 500)}`))));
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

/** A read includes every write answered before: how long it waits is how far the views are behind. */
async function probe(): Promise<number> {
  const startedAt = performance.now();
  await (await fetch(`http://127.0.0.1:${order.port}/v1/countries/AE`)).arrayBuffer();
  return performance.now() - startedAt;
}

async function sampler(): Promise<void> {
  while (running) {
    behindMax = Math.max(behindMax, await probe());
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const startedAt = performance.now();
const sampling = sampler();
await Promise.all(Array.from({ length: order.requestsAtOnce }, sender));
const seconds = (performance.now() - startedAt) / 1000;
running = false;
const viewsCaughtUpMs = await probe();
await sampling;
const result: BulkResult = { seconds, perSecond: Math.round(order.reservations / seconds), accepted, viewsBehindMsMax: behindMax, viewsCaughtUpMs };
process.stdout.write(`${JSON.stringify(result)}\n`);
