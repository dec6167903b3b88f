/** How a request is tried again. */
export interface RetryOptions {
  /** How often at most, the first time included; 1 to never try again. Left out: 5. */
  readonly attemptsMax?: number;
  /** Milliseconds before the second attempt; doubled before each further one. Left out: 200. */
  readonly firstPauseMs?: number;
  /** No pause is longer (milliseconds), also where the ledger asks for more. Left out: 10,000. */
  readonly pauseMsMax?: number;
  /** Whether a request that changes nothing, although it is a POST, may be repeated. Left out: none. */
  readonly isRead?: (request: Request) => boolean;
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Resolves after so many milliseconds; rejects when the signal is aborted. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A number from 0 to below 1: no two clients come back at the same moment. */
  readonly random?: () => number;
}

/** Statuses after which the same request may succeed. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/**
 * A `fetch` that sends a request again when no answer came, and after 429, 502, 503 and 504. The request stays the same, its
 * `Idempotency-Key` included, so what was recorded is not recorded twice. Requests that change something and have no key are sent once.
 */
export function retryingFetch(options: RetryOptions = {}): (request: Request) => Promise<Response> {
  const { attemptsMax = 5, firstPauseMs = 200, pauseMsMax = 10_000, fetch: send = globalThis.fetch, sleep = defaultSleep, random = Math.random, isRead = () => false } = options;
  return async (request) => {
    const attempts = mayRepeat(request) || isRead(request) ? attemptsMax : 1;
    for (let attempt = 1; ; attempt += 1) {
      const result = await send(request.clone()).catch((error: unknown) => ({ error }));
      const isLast = attempt >= attempts || request.signal.aborted;
      if (result instanceof Response) {
        if (isLast || !passing.has(result.status)) return result;
        await result.body?.cancel();
      } else if (isLast) throw result.error;
      const asked = result instanceof Response ? retryAfterMs(result) : undefined;
      const backOff = firstPauseMs * 2 ** (attempt - 1) * (0.5 + random() / 2);
      await sleep(Math.min(pauseMsMax, asked ?? backOff), request.signal);
    }
  };
}

function mayRepeat({ method, headers }: Request): boolean {
  return method === 'GET' || method === 'HEAD' || headers.has('idempotency-key');
}

/** Undefined where the answer does not say; a date is taken from now. */
function retryAfterMs({ headers }: Response): number | undefined {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function defaultSleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const end = (settle: () => void) => () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = end(() => reject(signal.reason as Error));
    const timer = setTimeout(end(resolve), ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
