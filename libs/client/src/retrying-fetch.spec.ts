import { retryingFetch, type RetryOptions } from './retrying-fetch.js';

type Step = number | 'no answer' | { readonly status: number; readonly retryAfter: string };

/** Answers in turn, and tells what was sent and how long was waited. */
function against(steps: readonly Step[], options: RetryOptions = {}) {
  const sent: Request[] = [];
  const pauses: number[] = [];
  const fetch = async (request: Request): Promise<Response> => {
    const step = steps[sent.length];
    sent.push(request);
    if (step === 'no answer' || step === undefined) throw new TypeError('fetch failed');
    if (typeof step === 'number') return new Response('', { status: step });
    return new Response('', { status: step.status, headers: { 'retry-after': step.retryAfter } });
  };
  const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    pauses.push(ms);
    signal.throwIfAborted();
  };
  return { send: retryingFetch({ fetch, sleep, random: () => 1, ...options }), sent, pauses };
}

const get = (): Request => new Request('http://ledger/v1/countries');
const post = (key?: string): Request =>
  new Request('http://ledger/v1/reservations', { method: 'POST', body: '{"a":1}', headers: { ...(key !== undefined && { 'idempotency-key': key }) } });

describe('a request that is tried again', () => {
  it.each<[Step]>([[429], [502], [503], [504], ['no answer']])('after %p is the same one, with its key and its body', async (step) => {
    const { send, sent, pauses } = against([step, 201]);
    expect((await send(post('my-key-1'))).status).toBe(201);
    expect(sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['my-key-1', 'my-key-1']);
    expect(await Promise.all(sent.map((request) => request.text()))).toEqual(['{"a":1}', '{"a":1}']);
    expect(pauses).toEqual([200]);
  });

  it.each([200, 201, 400, 401, 403, 404, 409, 412, 422, 428, 500])('is not sent again after %i', async (status) => {
    const { send, sent } = against([status]);
    expect((await send(post('my-key-1'))).status).toBe(status);
    expect(sent).toHaveLength(1);
  });

  it('is sent once where it changes something and has no key', async () => {
    const { send, sent } = against([503, 201]);
    expect((await send(post())).status).toBe(503);
    expect(sent).toHaveLength(1);
  });

  it('waits longer each time, up to a bound, and ends with the last answer', async () => {
    const { send, pauses, sent } = against([503, 503, 503, 503, 503, 200], { pauseMsMax: 700 });
    expect((await send(get())).status).toBe(503);
    expect([sent.length, pauses]).toEqual([5, [200, 400, 700, 700]]);
  });

  it('ends with what kept the answer away', async () => {
    const { send } = against([], { attemptsMax: 2 });
    await expect(send(get())).rejects.toThrow('fetch failed');
  });

  it('waits as long as the ledger asks for, in seconds or until a time', async () => {
    const { send, pauses } = against([{ status: 503, retryAfter: '2' }, { status: 429, retryAfter: '600' }, { status: 503, retryAfter: 'soon' }, 200]);
    await send(get());
    expect(pauses).toEqual([2_000, 10_000, 800]);
  });

  it('waits until a time that the ledger names', async () => {
    const { send, pauses } = against([{ status: 503, retryAfter: new Date(Date.now() + 6_000).toUTCString() }, 200]);
    await send(get());
    expect(pauses[0]).toBeGreaterThan(1_000);
    expect(pauses[0]).toBeLessThanOrEqual(6_000);
  });

  it('does not come back at the same moment as every other client', async () => {
    const of = async (random: number): Promise<readonly number[]> => {
      const { send, pauses } = against([503, 200], { random: () => random });
      await send(get());
      return pauses;
    };
    expect([await of(0), await of(0.5)]).toEqual([[100], [150]]);
  });

  it('is sent once where it is aborted, also while it waits', async () => {
    const aborted = AbortSignal.abort(new Error('enough'));
    const { send, sent } = against(['no answer', 200]);
    await expect(send(new Request('http://ledger/v1/countries', { signal: aborted }))).rejects.toThrow('fetch failed');
    expect(sent).toHaveLength(1);
    const abort = new AbortController();
    let count = 0;
    const waiting = retryingFetch({ firstPauseMs: 3_600_000, pauseMsMax: 3_600_000, fetch: async () => ((count += 1), setImmediate(() => abort.abort(new Error('enough'))), new Response('', { status: 503 })) });
    await expect(waiting(new Request('http://ledger/v1/countries', { signal: abort.signal }))).rejects.toThrow('enough');
    expect(count).toBe(1);
  });

  it('that is a question may be repeated without a key', async () => {
    const { send, sent } = against([503, 200], { isRead: ({ url }) => url.endsWith('/v1/reservations') });
    expect((await send(post())).status).toBe(200);
    expect(sent).toHaveLength(2);
  });
});
