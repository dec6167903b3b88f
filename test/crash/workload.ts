import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** A command that was sent, and what came back. No answer: nobody knows yet whether it took effect. */
export interface Sent {
  readonly path: string;
  readonly key: string;
  readonly body: string;
  answer?: Answer;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly replayed: boolean;
  /** Whether an event records it. */
  readonly recorded: boolean;
}

/** A linear congruential generator: the whole run follows from the seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 to `below` - 1. */
  integer(below: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  pick<T>(values: readonly T[]): T {
    return values[this.integer(values.length)] as T;
  }
}

/** After a command that could not be taken: sent at once again, many clients would do nothing else. */
const pauseMs = 20;

/** Owners of some of the consignees: each has a line of its own. */
const parents = ['Falcon', 'Eagle', 'Kite'];
const destinations = ['AE', 'SA', 'IN', 'BR', 'MY'];

/** Exporters at work: random commands on few small caps, so that lines fill, holds lapse and alerts come and go. */
export class Workload {
  readonly sent: Sent[] = [];
  readonly #random: Random;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  #open: string[] = [];
  #exports: string[] = [];
  #stopped = false;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  /**
   * Sends commands over `clients` connections, each to any of the servers, until `stop`, or until the only server there
   * is goes away.
   */
  async run(ports: readonly number[], clients: number): Promise<void> {
    this.#stopped = false;
    await Promise.all(Array.from({ length: clients }, () => this.#client(ports)));
  }

  /** Until so many more commands were sent, whatever became of them. */
  async sends(count: number): Promise<void> {
    for (const enough = this.sent.length + count; this.sent.length < enough; ) await delay(5);
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Sends a command, or sends it again. Rejects if the connection breaks before the answer. */
  send(port: number, { path, key, body }: Sent): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': key };
      const sending = httpRequest({ agent: this.#agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: text,
            replayed: response.headers['idempotency-replayed'] === 'true',
            recorded: response.headers['ledger-position'] !== undefined,
          }),
        );
      });
      sending.on('error', reject);
      sending.end(body);
    });
  }

  async #client(ports: readonly number[]): Promise<void> {
    while (!this.#stopped) {
      const command = this.#next();
      if (command.answer === undefined) this.sent.push(command);
      try {
        const answer = await this.send(this.#random.pick(ports), command);
        if (answer.status === 503) {
          await delay(pauseMs);
          continue;
        }
        command.answer ??= answer;
        this.#learn(command, answer);
      } catch {
        if (ports.length === 1) return;
        await delay(pauseMs);
      }
    }
  }

  /** The next command: mostly a new one, sometimes one that was answered before, sent again. */
  #next(): Sent {
    const random = this.#random;
    const dice = random.integer(100);
    if (dice < 10) {
      const again = this.sent[random.integer(this.sent.length)];
      if (again?.answer?.recorded) return again;
    }
    const key = `crash-${this.sent.length}-${random.integer(1_000_000)}`;
    const reservation = random.pick(this.#open);
    if (dice < 30 && reservation) return this.#ofReservation(reservation, key);
    const posted = random.pick(this.#exports);
    if (dice < 36 && posted) {
      const code = random.pick(['misreported', 'duplicate', 'returned', 'not-shipped']);
      return { path: `/v1/exports/${posted}/reversal`, key, body: JSON.stringify({ code, reason: 'crash test' }) };
    }
    const shipment = {
      destination: random.pick(destinations),
      exporter: `exporter-${random.integer(4)}`,
      items: [{ chip: 'nvidia-a100', quantity: 1 + random.integer(6) }],
    };
    const parent = random.pick(parents);
    const consignee = { ultimateConsignee: { name: `${parent} Cloud`, headquarters: 'AE', ultimateParent: { name: parent, headquarters: 'AE' } } };
    if (random.integer(4) === 0) Object.assign(shipment, consignee);
    const now = Date.now();
    if (dice < 45) {
      const exportedAt = new Date(now - random.integer(86_400_000)).toISOString();
      return { path: '/v1/exports', key, body: JSON.stringify({ ...shipment, exportedAt }) };
    }
    const expiresAt = new Date(now + 300 + random.integer(3_000)).toISOString();
    return { path: '/v1/reservations', key, body: JSON.stringify(dice < 85 ? { ...shipment, expiresAt } : shipment) };
  }

  #ofReservation(id: string, key: string): Sent {
    const random = this.#random;
    if (random.integer(3) === 0) return { path: `/v1/reservations/${id}/release`, key, body: JSON.stringify({ reason: 'crash test' }) };
    const part = random.integer(2) === 0 ? {} : { items: [{ chip: 'nvidia-a100', quantity: 1 }], final: random.integer(4) === 0 };
    return { path: `/v1/reservations/${id}/exports`, key, body: JSON.stringify({ ...part, exportedAt: new Date().toISOString() }) };
  }

  #learn({ path }: Sent, { status, body }: Answer): void {
    if (status !== 201) return;
    const { id } = JSON.parse(body) as { id: string };
    if (path === '/v1/reservations') this.#open = [...this.#open.slice(-40), id];
    if (path.endsWith('/exports')) this.#exports = [...this.#exports.slice(-40), id];
  }
}
