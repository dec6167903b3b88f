// A load generator in a process of its own: raw keep-alive sockets, one request under way on each.
// Arguments: a JSON object (see `LoadOrder`). Prints one JSON line (see `LoadResult`).
import { connect, type Socket } from 'node:net';
import { randomUUID } from 'node:crypto';

export interface LoadOrder {
  readonly port: number;
  readonly path: string;
  readonly clients: number;
  readonly durationMs: number;
  readonly warmUpMs: number;
  /** Bodies are sent round robin. */
  readonly bodies: readonly string[];
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly answers: Readonly<Record<string, number>>;
}

const order = JSON.parse(process.argv[2] ?? '{}') as LoadOrder;
const prefix = randomUUID().slice(0, 23);
const startedAt = performance.now();
const countFrom = startedAt + order.warmUpMs;
const until = countFrom + order.durationMs;
const latencies = new Float64Array(10_000_000);
const answers: Record<string, number> = {};
let counted = 0;
let sent = 0;
let open = order.clients;

for (let client = 0; client < order.clients; client += 1) run(connect({ port: order.port, host: '127.0.0.1', noDelay: true }));

function run(socket: Socket): void {
  let received = '';
  let sentAt = 0;
  const send = (): void => {
    const body = order.bodies[sent % order.bodies.length] as string;
    sentAt = performance.now();
    socket.write(
      `POST ${order.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
        `Idempotency-Key: ${prefix}-${String(sent).padStart(12, '0')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    sent += 1;
  };
  socket.setEncoding('latin1');
  socket.on('connect', send);
  socket.on('data', (chunk: string) => {
    received += chunk;
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(received.slice(0, headEnd))?.[1] ?? '0');
    if (received.length < headEnd + 4 + length) return;
    const now = performance.now();
    if (now >= countFrom && now < until) {
      latencies[counted] = now - sentAt;
      counted += 1;
      const status = received.slice(9, 12);
      answers[status] = (answers[status] ?? 0) + 1;
    }
    received = '';
    if (now < until) return send();
    socket.destroy();
    open -= 1;
    if (open === 0) report();
  });
  socket.on('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });
}

function report(): void {
  const sorted = latencies.subarray(0, counted).sort();
  const result: LoadResult = {
    perSecond: Math.round((counted * 1000) / order.durationMs),
    p50Ms: sorted[Math.floor(counted * 0.5)] ?? NaN,
    p99Ms: sorted[Math.floor(counted * 0.99)] ?? NaN,
    answers,
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
