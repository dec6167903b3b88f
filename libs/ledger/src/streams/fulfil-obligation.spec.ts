import type { ObligationDone } from '../events/obligation-event.js';
import type { Fulfilled, FulfilRequest } from './fulfil-obligation.js';
import { hourMs, idOf, MemoryLedger, start } from '../testing/memory-ledger.js';

const obligation: ObligationDone = {
  kind: 'lpp-certification-copy',
  text: 'Send a copy.',
  citation: '15 CFR 740.29(g)(1)',
  party: { role: 'exporter', id: 'acme', name: 'acme' },
  exporter: 'acme',
  consignee: 'Falcon',
  route: 'lpp',
  line: 'lpp:falcon:2026',
  reservationId: null,
  exportId: 'e1',
  period: null,
  dueAt: '2026-03-31T00:00:00.000Z',
  raisedBy: { eventId: '2ed6657d-e927-568b-95e1-2665a8aea6a2', position: 2 },
};
const request: FulfilRequest = { obligationId: 'o1', obligation, fulfilledAt: start - hourMs, reference: 'letter 17', note: null };

describe('fulfilling an obligation', () => {
  it('is one event in a stream of its own, and says all there is to know', async () => {
    const memory = await MemoryLedger.open();
    const done = (await memory.ledger.obligations.fulfil(request, memory.caller('key-of-o1'))) as Fulfilled;
    expect(done).toMatchObject({ decided: true, replayed: false, event: { obligation, reference: 'letter 17', principal: 'acme' } });
    expect(done.event.fulfilledAt).toBe(new Date(start - hourMs).toISOString());
    const [stored] = await memory.store.readStream('obligation-o1', { limit: 2 });
    expect(stored).toMatchObject({ id: done.eventId, position: done.position, revision: 0 });
    expect(memory.ledger.position).toBe(done.position);
  });

  it('counts once: whoever comes second is told of the first, and so is a retry after a restart', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller();
    const first = (await memory.ledger.obligations.fulfil(request, caller)) as Fulfilled;
    const again = { ...first, replayed: true };
    expect(await memory.ledger.obligations.fulfil(request, caller)).toEqual(again);
    expect(await memory.ledger.obligations.fulfil({ ...request, reference: 'letter 18' }, memory.caller())).toEqual(again);
    await memory.restart();
    expect(await memory.ledger.obligations.fulfil(request, caller)).toEqual(again);
  });

  it('is not in the future, and a retry is answered as it was although the clock was set back since', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller();
    const now = { ...request, fulfilledAt: memory.now };
    const first = await memory.ledger.obligations.fulfil(now, caller);
    memory.now -= 1000;
    await memory.restart();
    expect(await memory.ledger.obligations.fulfil(now, caller)).toEqual({ ...first, replayed: true });
    const future = await memory.ledger.obligations.fulfil({ ...now, obligationId: 'o2' }, memory.caller());
    expect(future).toMatchObject({ decided: false, code: 'invalid-request', errors: [{ pointer: '/fulfilledAt' }] });
  });

  it('lets exactly one of two racing instances through', async () => {
    const memory = await MemoryLedger.open();
    const other = await memory.another();
    const both = await Promise.all(
      [memory, other].map((each) => each.ledger.obligations.fulfil(request, each.caller()) as Promise<Fulfilled>),
    );
    expect(both.map(({ replayed }) => replayed).sort()).toEqual([false, true]);
    expect(new Set(both.map(({ eventId }) => eventId)).size).toBe(1);
  });

  it('shares its keys with everything else', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller();
    idOf(await memory.reserve(1, {}, caller));
    expect(await memory.ledger.obligations.fulfil(request, caller)).toMatchObject({ code: 'idempotency-key-reused' });
    const other = memory.caller();
    await memory.ledger.obligations.fulfil(request, other);
    expect(await memory.reserve(1, {}, other)).toMatchObject({ code: 'idempotency-key-reused' });
    expect(await memory.ledger.obligations.fulfil(request, memory.caller(null))).toMatchObject({ code: 'idempotency-key-missing' });
  });
});
