import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** What an attack came to, seen from the attacker's side. */
export interface HostileFigures {
  /** Connections that the server took. */
  readonly opened: number;
  /** Those that it closed by itself. */
  readonly closedByServer: number;
  /** Bytes of answers that lay in the operating system's buffers, or came once the attacker began to read. */
  readonly receivedBytes: number;
  /** Times that `/livez` was asked during the attack, answered in time or not. */
  readonly livezAsked: number;
  readonly livezAnswered: number;
  readonly livezWorstMs: number;
}

const livezEveryMs = 250;
const livezMsMax = 5_000;
/** How long an attacker reads in the end, to see which connections are closed. */
const readingMs = 3_000;

/**
 * Sends `requests` requests of `GET /v1/countries` on each of `connections` connections and reads nothing.
 * @param holdMs milliseconds that the attack lasts
 */
export function pipelineWithoutReading(port: number, connections: number, requests: number, holdMs = 10_000): Promise<HostileFigures> {
  const bytes = Buffer.from('GET /v1/countries HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(requests));
  return attack(port, Array.from({ length: connections }, () => bytes), holdMs);
}

/**
 * Opens `count` readers that read nothing: every other one of the log as NDJSON, the rest of a bulk of 10,000 reservations.
 * The log must be longer than the buffers of the operating system, some 10 MB: see `fillLog`.
 * @param holdMs milliseconds that the attack lasts
 */
export function stalledReaders(port: number, count: number, holdMs = 40_000): Promise<HostileFigures> {
  const log = Buffer.from('GET /v1/events HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\n\r\n');
  return attack(port, Array.from({ length: count }, (_, index) => (index % 2 === 0 ? log : bulkRequest())), holdMs);
}

/** Records 10,000 decisions by one bulk request, whose answer is read. */
export async function fillLog(port: number): Promise<void> {
  const url = `http://127.0.0.1:${port}/v1/reservations/bulk`;
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/x-ndjson' }, body: bulkBody() });
  await answer.arrayBuffer();
}

async function attack(port: number, requests: readonly Buffer[], holdMs: number): Promise<HostileFigures> {
  const attackers = await Promise.all(requests.map((bytes) => Attacker.open(port, bytes)));
  const livez = await askLivez(port, holdMs);
  for (const attacker of attackers) attacker.read();
  await new Promise((resolve) => setTimeout(resolve, readingMs));
  const figures = {
    opened: attackers.filter(({ isOpened }) => isOpened).length,
    closedByServer: attackers.filter(({ isClosed }) => isClosed).length,
    receivedBytes: attackers.reduce((bytes, { receivedBytes }) => bytes + receivedBytes, 0),
    ...livez,
  };
  for (const attacker of attackers) attacker.end();
  return figures;
}

class Attacker {
  isOpened = false;
  isClosed = false;
  receivedBytes = 0;

  private constructor(private readonly socket: Socket) {
    socket.on('error', () => undefined);
    socket.on('close', () => (this.isClosed = true));
  }

  static open(port: number, bytes: Buffer): Promise<Attacker> {
    return new Promise((resolve) => {
      const attacker = new Attacker(connect(port, '127.0.0.1'));
      attacker.socket.once('close', () => resolve(attacker));
      attacker.socket.once('connect', () => {
        attacker.isOpened = true;
        attacker.socket.pause();
        attacker.socket.write(bytes);
        resolve(attacker);
      });
    });
  }

  read(): void {
    this.socket.on('data', (chunk: Buffer) => (this.receivedBytes += chunk.length));
    this.socket.resume();
  }

  end(): void {
    this.socket.destroy();
  }
}

async function askLivez(port: number, forMs: number): Promise<Pick<HostileFigures, 'livezAsked' | 'livezAnswered' | 'livezWorstMs'>> {
  const until = performance.now() + forMs;
  let livezAsked = 0;
  let livezAnswered = 0;
  let livezWorstMs = 0;
  while (performance.now() < until) {
    const askedAt = performance.now();
    livezAsked += 1;
    const signal = AbortSignal.timeout(livezMsMax);
    const isAlive = await fetch(`http://127.0.0.1:${port}/livez`, { signal }).then((answer) => answer.ok, () => false);
    if (isAlive) livezAnswered += 1;
    livezWorstMs = Math.max(livezWorstMs, performance.now() - askedAt);
    await new Promise((resolve) => setTimeout(resolve, livezEveryMs));
  }
  return { livezAsked, livezAnswered, livezWorstMs: Math.round(livezWorstMs) };
}

function bulkRequest(): Buffer {
  const body = bulkBody();
  const head = `POST /v1/reservations/bulk HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}

/** 10,000 lines, padded with blanks to nearly the 8 MiB that a bulk body may have. */
function bulkBody(): Buffer {
  const prefix = randomUUID().slice(0, 23);
  const lines = Array.from({ length: 10_000 }, (_, index) => {
    const idempotencyKey = `${prefix}-${String(index).padStart(12, '0')}`;
    return JSON.stringify({ idempotencyKey, destination: 'AE', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }] }).padEnd(800);
  });
  return Buffer.from(lines.join('\n'));
}
