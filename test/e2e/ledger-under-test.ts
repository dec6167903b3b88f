import type { Answer, AnswerBody, Json } from './answer.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import { readConfig, type Config } from '../../apps/api/src/config.js';
import { startServer, type RunningServer } from '../../apps/api/src/server.js';
import { Conformance } from './openapi-conformance.js';


export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is a string or bytes. */
  readonly body?: unknown;
}

/**
 * The real application in a data directory of its own, over the embedded store unless the settings name a cluster, spoken
 * to over real HTTP.
 */
export class LedgerUnderTest {
  /** What its clock says; tests move it. */
  now = Date.parse('2026-06-15T12:00:00Z');
  #server: RunningServer | undefined;
  #conformance: Conformance | undefined;
  /** What the server logs to from its next start on. */
  log: Logger = pino({ level: 'silent' });
  static #keys = 0;

  private constructor(
    readonly dataDir: string,
    private readonly settings: Partial<Config>,
    private readonly onSuperseded: (reason: string) => void,
  ) {}

  /** @param onSuperseded another instance adopted another rulebook, which no other test expects */
  static async start(settings: Partial<Config> = {}, onSuperseded: (reason: string) => void = fail): Promise<LedgerUnderTest> {
    const ledger = new LedgerUnderTest(await mkdtemp(join(tmpdir(), 'quota-ledger-')), settings, onSuperseded);
    await ledger.restart();
    return ledger;
  }

  get url(): string {
    if (this.#server === undefined) throw new Error('The server is not running.');
    return this.#server.url;
  }

  /** @param between what happens while the server is down */
  async restart(change: Partial<Config> = {}, between: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.#server?.close();
    await between();
    const config = { ...readConfig({ PORT: '0', LEDGER_DATA_DIR: this.dataDir }), clock: () => this.now, ...this.settings, ...change };
    this.#server = await startServer(config, this.log, {
      onFatal: (error) => {
        throw error;
      },
      onSuperseded: this.onSuperseded,
    });
  }

  async stop(): Promise<void> {
    await this.#server?.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** A key that no other call has used, of this ledger or of another one over the same log. */
  key(): string {
    LedgerUnderTest.#keys += 1;
    return `test-key-${LedgerUnderTest.#keys}`;
  }

  /** Sends a request; POST and PATCH get a fresh Idempotency-Key unless one is given. Answers must be as documented. */
  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const { body } = options;
    const writes = method === 'POST' || method === 'PATCH';
    const headers: Record<string, string> = {
      ...(writes && { 'Idempotency-Key': this.key() }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...options.headers,
    };
    // An empty value takes a header away.
    for (const name of Object.keys(headers)) if (headers[name] === '') delete headers[name];
    const payload =
      body === undefined || typeof body === 'string' || body instanceof Uint8Array
        ? (body as string | undefined)
        : JSON.stringify(body);
    const response = await fetch(this.url + path, {
      method,
      headers,
      redirect: 'error',
      ...(payload !== undefined && { body: payload }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const answer = {
      status: response.status,
      headers: response.headers,
      text,
      body:
        text !== '' && /json/.test(type) && !/ndjson/.test(type)
          ? (JSON.parse(text) as AnswerBody)
          : ({} as AnswerBody),
    };
    this.#conformance ??= new Conformance((await (await fetch(`${this.url}/v1/openapi.json`)).json()) as Json);
    this.#conformance.check(method, path, answer);
    return answer;
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.call('GET', path, { headers });
  }

  post(path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.call('POST', path, { body, headers });
  }

  /** A reservation of `quantity` H100, 15,832 TPP each. */
  reserve(quantity: number, more: Json = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.post(
      '/v1/reservations',
      { destination: 'AE', items: [{ chip: 'nvidia-h100-sxm5', quantity }], ...more },
      headers,
    );
  }

  /** Position of the newest event, with every alert recorded that earlier commands set off. */
  async head(): Promise<number> {
    await this.get('/v1/alerts?limit=1');
    const { body } = await this.get('/v1/events?limit=1');
    return Number(body['position']);
  }
}

function fail(reason: string): never {
  throw new Error(reason);
}
