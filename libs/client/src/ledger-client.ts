import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './generated/http-api.js';
import { LedgerProblem } from './ledger-problem.js';
import { retryingFetch, type RetryOptions } from './retrying-fetch.js';

export interface LedgerClientOptions extends RetryOptions {
  /** As `http://127.0.0.1:3000`. */
  readonly baseUrl: string;
  /** Sent as `Authorization: Bearer`, where the ledger asks for credentials. */
  readonly apiKey?: string;
}

/** The ledger's HTTP API, with the types of its OpenAPI document: `GET`, `POST`, `PATCH` with a path and its parameters. */
export type LedgerClient = Client<ClientPaths>;

/** As the document has them, but that the client has headers of its own: none must be given. */
type ClientPaths = { [Path in keyof paths]: { [Method in keyof paths[Path]]: WithOwnHeaders<paths[Path][Method]> } };
type WithOwnHeaders<Operation> =
  Operation extends { readonly parameters: { readonly header: infer Header } & infer Parameters } ?
    Omit<Operation, 'parameters'> & { readonly parameters: Omit<Parameters, 'header'> & { readonly header?: Partial<Header> } }
  : Operation;

/** Operations that take no key: they record nothing, or each of their lines has its own. */
const keyless: ReadonlySet<string> = new Set(['/v1/determinations', '/v1/reservations/bulk', '/v1/rulebooks/simulations']);

/**
 * A client of one ledger. What is posted or patched without an `Idempotency-Key` gets one, which stays over its retries; give one of your own, kept where
 * it survives a crash, and the same request can be sent again a week later. Reads ask for no older state than this client has seen.
 */
export function createLedgerClient({ baseUrl, apiKey, ...retries }: LedgerClientOptions): LedgerClient {
  let newest = 0;
  const headers: Middleware = {
    onRequest({ request, schemaPath }) {
      if (apiKey !== undefined) request.headers.set('authorization', `Bearer ${apiKey}`);
      const takesKey = request.method === 'PATCH' || (request.method === 'POST' && !keyless.has(schemaPath));
      if (takesKey && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', crypto.randomUUID());
      if (request.method === 'GET' && newest > 0 && !request.headers.has('min-position') && readsViews(schemaPath)) request.headers.set('min-position', String(newest));
      return request;
    },
    onResponse({ response }) {
      const position = Number(response.headers.get('ledger-position') ?? 0);
      newest = Math.max(newest, position);
      return undefined;
    },
  };
  const client = createClient<ClientPaths>({ baseUrl, fetch: retryingFetch({ isRead, ...retries }) });
  client.use(headers);
  return client;
}

/** What records nothing may be asked again. */
function isRead({ url }: Request): boolean {
  return /\/v1\/(?:determinations|rulebooks\/simulations)$/.test(new URL(url).pathname);
}

/** Chips, and the list of reports, are no state of the ledger: they take no `Min-Position`. */
function readsViews(path: string): boolean {
  return /^\/v1\/(?:countries|lines|reservations|exports|alerts(?!\.)|obligations|companies|authorisations|weight-exports|summary|events|rulebooks|reports\/)/.test(path);
}

type Answered<Data> = { readonly data?: Data; readonly error?: unknown; readonly response: Response };

/**
 * What was asked for.
 * @throws LedgerProblem for every other answer; whatever `fetch` throws where none came
 */
export async function answerOf<Data>(answered: Promise<Answered<Data>>): Promise<Exclude<Data, undefined>> {
  const { data, error, response } = await answered;
  if (error !== undefined || !response.ok) throw new LedgerProblem(problemOf(error, response));
  return data as Exclude<Data, undefined>;
}

type Problem = components['schemas']['Problem'];

/** A proxy on the way answers in a form of its own. */
function problemOf(error: unknown, { status, statusText }: Response): Problem {
  const isProblem = typeof error === 'object' && error !== null && 'code' in error && 'detail' in error;
  if (isProblem) return error as Problem;
  return { type: 'about:blank', title: statusText, status, detail: `The answer was ${status} ${statusText}.`, code: 'internal-error' };
}
