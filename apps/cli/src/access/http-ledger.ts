import { setTimeout as sleep } from 'node:timers/promises';
import type { Position, StoredEvent } from '#ledger';
import { canonicalJson } from '#rulebook';
import type { Body } from '#wire';
import { Unreachable, UsageError } from '../exit-code.js';
import type { ApiAnswer, ApiRequest } from './api-request.js';
import type { ShipmentBody } from '../import/row-action.js';
import type {
  CountriesQuery,
  Determined,
  EventsQuery,
  Filing,
  LedgerAccess,
  PointInTime,
  RequestProblem,
  Reversal,
  SimulationRequest,
  Submission,
  SubmitAnswer,
} from './ledger-access.js';
import { problemFault } from './problem-fault.js';
import { determined, recordedShipment } from './from-bodies.js';
import type { RecordedQuery, RecordedShipment } from './recorded-shipment.js';
import { linesOf } from './text-lines.js';
import { recordedRefusals } from './recorded-refusals.js';

const timeoutMs = 30_000;
/** A long log takes minutes to replay. */
const simulationTimeoutMs = 3_600_000;
const attemptsMax = 6;
const pauseMs = 100;
/** The largest `limit` that the API takes; whoever wants more leaves it out and stops reading. */
const pageMax = 200;
const batchMax = 1000;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

const usualAdvice =
  'Start the server (npm start), name another one with --url, or work on a data directory without a server with --data-dir.';

/** A ledger that is served at `url`. @throws UsageError if that is no http or https address. */
export class HttpLedger implements LedgerAccess {
  readonly where: string;
  readonly #base: URL;

  /**
   * @param advice what to do where no server answers
   * @param send where requests go instead of over the network
   */
  constructor(
    url: string,
    private readonly advice = usualAdvice,
    private readonly send: Send = fetch,
  ) {
    this.#base = baseUrl(url);
    this.where = this.#base.href.replace(/\/$/, '');
  }

  async countries({ minPosition, ...query }: CountriesQuery = {}): Promise<Body<'CountryList'>> {
    const headers: Record<string, string> = minPosition === undefined ? {} : { 'min-position': String(minPosition) };
    return (await this.#get('v1/countries', { ...query }, headers)) as Body<'CountryList'>;
  }

  async country(code: string, at: PointInTime = {}): Promise<Body<'CountryView'>> {
    return (await this.#get(`v1/countries/${encodeURIComponent(code)}`, { ...at })) as Body<'CountryView'>;
  }

  async companyLines(minPosition: Position): Promise<readonly Body<'CompanyLineView'>[]> {
    const lines: Body<'CompanyLineView'>[] = [];
    const headers = { 'min-position': String(minPosition) };
    for (const kind of ['lpp', 'nveu', 'uveu']) {
      for await (const line of this.#list<Body<'CompanyLineView'>>('v1/lines', { kind }, headers)) lines.push(line);
    }
    return lines;
  }

  async *events({ after, stream, type, limit = Infinity }: EventsQuery): AsyncIterable<Body<'Event'>> {
    const query = { from: String(after), stream, type, limit: limit > pageMax ? undefined : String(limit) };
    const response = await this.#fetch('v1/events', query, {
      headers: { accept: 'application/x-ndjson' },
    });
    if (!response.ok) throw problemFault(await problemOf(response));
    if (response.body === null) return;
    try {
      for await (const line of linesOf(response.body)) yield JSON.parse(line) as Body<'Event'>;
    } catch (error) {
      throw new Unreachable(`${this.where} broke off in the middle of the events: ${causeOf(error)}.`);
    }
  }

  async *log(after: Position): AsyncIterable<readonly StoredEvent[]> {
    let batch: StoredEvent[] = [];
    for await (const event of this.events({ after })) {
      batch.push(storedEvent(event));
      if (batch.length < batchMax) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  async submit({ operation, body, idempotencyKey }: Submission): Promise<SubmitAnswer> {
    const path = operation === 'export' ? 'v1/exports' : 'v1/reservations';
    const response = await this.#post(path, body, { headers: { 'idempotency-key': idempotencyKey } });
    const replayed = isReplayed(response);
    if (response.status === 201) {
      const { id, tpp } = (await response.json()) as Body<'Reservation'> | Body<'Export'>;
      return { outcome: 'recorded', replayed, id, tpp };
    }
    const problem = await problemOf(response);
    const { code, detail, reservationId, requested } = problem;
    if (!recordedRefusals.has(code)) return { outcome: 'rejected', ...this.#unacceptable(problem) };
    return { outcome: 'refused', replayed, id: reservationId ?? '', tpp: requested ?? null, code, detail };
  }

  async determine(body: ShipmentBody): Promise<Determined> {
    const response = await this.#post('v1/determinations', body, {});
    if (!response.ok) return { outcome: 'rejected', ...this.#unacceptable(await problemOf(response)) };
    return determined((await response.json()) as Body<'Determination'>);
  }

  async *recorded({ kind, exporter, status }: RecordedQuery): AsyncIterable<RecordedShipment> {
    const path = kind === 'export' ? 'v1/exports' : 'v1/reservations';
    for await (const body of this.#list<Body<'Export'> | Body<'Reservation'>>(path, { exporter, status })) yield recordedShipment(body);
  }

  file({ exportId, itn, idempotencyKey }: Filing): Promise<RequestProblem | undefined> {
    return this.#order(`v1/exports/${exportId}/filing`, { itn }, idempotencyKey);
  }

  reverse({ exportId, code, reason, idempotencyKey }: Reversal): Promise<RequestProblem | undefined> {
    return this.#order(`v1/exports/${exportId}/reversal`, { code, reason }, idempotencyKey);
  }

  /** Undefined if the order was carried out. */
  async #order(path: string, body: object, idempotencyKey: string): Promise<RequestProblem | undefined> {
    const response = await this.#post(path, body, { headers: { 'idempotency-key': idempotencyKey } });
    if (!response.ok) return this.#unacceptable(await problemOf(response));
    await response.body?.cancel();
    return undefined;
  }

  /** @throws Unreachable if the request is not at fault */
  #unacceptable({ status, code, detail }: Body<'Problem'>): RequestProblem {
    if (status >= 400 && status < 500) return { code, detail };
    throw new Unreachable(`${this.where} answered ${status}: ${detail}`);
  }

  /** Every item of a list, page by page. */
  async *#list<Item>(path: string, query: Query, headers: Record<string, string> = {}): AsyncIterable<Item> {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = (await this.#get(path, { ...query, limit: String(pageMax), cursor }, headers)) as Page<Item>;
      yield* page.items;
      cursor = page.nextCursor;
    }
  }

  async simulate({ limit, cursor, ...order }: SimulationRequest): Promise<Body<'Simulation'>> {
    const query = { limit: String(limit), cursor };
    const response = await this.#post('v1/rulebooks/simulations', order, { query, waitMs: simulationTimeoutMs });
    if (!response.ok) throw problemFault(await problemOf(response));
    return (await response.json()) as Body<'Simulation'>;
  }

  async request({ method, path, query = {}, body, idempotencyKey, accept }: ApiRequest): Promise<ApiAnswer> {
    const headers = { ...(accept && { accept }), ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) };
    const response =
      method === 'POST'
        ? await this.#post(path, body, { headers, query })
        : await this.#fetch(path, query, { headers, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw problemFault(await problemOf(response));
    return { text: await response.text(), replayed: isReplayed(response) };
  }

  async close(): Promise<void> {
    // Connections are shared by the whole process and end with it.
  }

  /** Repeats what got no answer or "not now": an Idempotency-Key makes it the same request, or nothing is recorded. */
  async #post(
    path: string,
    body: unknown,
    more: { readonly headers?: Readonly<Record<string, string>>; readonly query?: Query; readonly waitMs?: number },
  ): Promise<Response> {
    const { headers = {}, query = {}, waitMs = timeoutMs } = more;
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    };
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await this.#fetch(path, query, { ...request, signal: AbortSignal.timeout(waitMs) });
        if (attempt === attemptsMax || (response.status !== 503 && response.status !== 429)) return response;
        await response.body?.cancel();
        await sleep(Math.max(Number(response.headers.get('retry-after') ?? 0) * 1000, pauseMs * 2 ** attempt));
      } catch (error) {
        if (attempt === attemptsMax || !(error instanceof Unreachable)) throw error;
        await sleep(pauseMs * 2 ** attempt);
      }
    }
  }

  async #get(path: string, query: Query, headers: Record<string, string> = {}): Promise<unknown> {
    const response = await this.#fetch(path, query, { headers, signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw problemFault(await problemOf(response));
    try {
      return await response.json();
    } catch {
      throw new Unreachable(`${this.where} does not answer like a Quota Ledger: ${path} is no JSON.`);
    }
  }

  async #fetch(path: string, query: Query, init: RequestInit): Promise<Response> {
    const url = new URL(path, this.#base);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    try {
      return await this.send(url, init);
    } catch (error) {
      throw new Unreachable(`No answer from ${this.where}: ${causeOf(error)}. ${this.advice}`);
    }
  }
}

export type Send = (url: URL, init: RequestInit) => Promise<Response>;

type Query = Readonly<Record<string, string | undefined>>;

function isReplayed({ headers }: Response): boolean {
  return headers.get('idempotency-replayed') === 'true';
}

function baseUrl(url: string): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (base === undefined || !['http:', 'https:'].includes(base.protocol)) {
    throw new UsageError(`--url ${JSON.stringify(url)} is no address of a server: write it as http://127.0.0.1:3000.`);
  }
  if (base.username !== '' || base.password !== '') throw new UsageError('A ledger has no users and passwords: take them out of its address.');
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base;
}

/** The type of a problem that has none (RFC 9457). */
const unnamed = 'about:blank';

async function problemOf(response: Response): Promise<Body<'Problem'>> {
  const text = await response.text();
  try {
    const problem = JSON.parse(text) as Partial<Body<'Problem'>>;
    if (typeof problem.code === 'string') {
      const { type = unnamed, code, title = '', detail = '' } = problem;
      return { ...problem, type, code, status: response.status, title, detail };
    }
  } catch {
    // Not ours: said below.
  }
  const detail = `${response.url} answered ${response.status} and no problem document: is this a Quota Ledger?`;
  return { type: unnamed, status: response.status, code: 'no-problem-document', title: 'Unexpected answer', detail };
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return cause.message === '' ? ((cause as NodeJS.ErrnoException).code ?? cause.name) : cause.message;
}

/** The event as it is stored: its data in canonical form are its very bytes. */
function storedEvent({ id, stream, revision, position, data }: Body<'Event'>): StoredEvent {
  const type = (data as { readonly type: string }).type;
  return { id, stream, revision, position: Number(position), type, json: canonicalJson(data) };
}
