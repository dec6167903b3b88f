import { loadRulebook, type CompiledRulebook } from '#rulebook';
import { decodeEvent } from '../events/codec.js';
import type { RulebookAdopted } from '../events/rulebook-event.js';
import type { Outcome } from '../requests/ledger-outcome.js';
import type { Caller } from '../requests/ledger-request.js';
import { decided, idOf, MemoryLedger, settle, smallCaps, unit, until, word } from '../testing/memory-ledger.js';

const former = smallCaps({ version: 'former' });
const next = smallCaps({ version: 'next' }, { AE: 5, SA: 3 });
const third = smallCaps({ version: 'third' });

/** A hold that ends so soon wakes its line in the test. */
const soonMs = 20;

const open = (): Promise<MemoryLedger> => MemoryLedger.open({ rulebook: former });
const adopt = (memory: MemoryLedger, rulebook: CompiledRulebook = next, caller: Caller = memory.caller()) =>
  memory.ledger.rulebooks.adopt(rulebook, caller);

/** Each event by its type and the version of the rulebook that it was decided under, in the order of the log. */
async function versions(memory: MemoryLedger): Promise<readonly (readonly [string, string])[]> {
  return (await memory.log()).map(({ json }) => {
    const event = decodeEvent(json);
    if (event.type === 'RulebookAdopted') return [event.type, event.document.version] as const;
    return [event.type, 'rulebook' in event ? event.rulebook.version : ''] as const;
  });
}

describe('a rulebook that is adopted by order', () => {
  it('is recorded whole, with the command that it answers, and decides from then on', async () => {
    const memory = await open();
    const caller = memory.caller('adopt-next');
    const outcome = await adopt(memory, next, caller);
    const event = {
      type: 'RulebookAdopted', v: 1, principal: 'acme', hash: next.hash, document: next.document, idempotencyKey: 'adopt-next',
      commandId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string, requestHash: expect.any(String) as string,
    };
    expect(outcome).toMatchObject({ decided: true, replayed: false, position: 2, event });
    expect(memory.ledger.position).toBe(2);
    expect(memory.ledger.rulebook).toBe(next);
    expect(decided(await memory.reserve(5)).event.rulebook).toEqual(next.reference);
    expect(word(await memory.reserve(1))).toBe('insufficient-quota');
  });

  it('comes after everything that was under way and before everything that comes meanwhile', async () => {
    const memory = await open();
    memory.store.holdAppends();
    const before = [memory.reserve(1), memory.reserve(1, { destination: 'SA' })];
    await settle();
    const adopted = adopt(memory);
    await settle();
    const meanwhile = [memory.reserve(1), memory.reserve(1, { destination: 'SA' }), memory.exportDirect(1)];
    await settle();
    expect(memory.store.appends.filter(({ stream }) => stream === 'rulebook')).toHaveLength(1);
    memory.store.letAppendsGo();
    expect((await Promise.all<Outcome>([...before, ...meanwhile])).map(word)).toEqual([
      'QuotaReserved', 'QuotaReserved', 'QuotaReserved', 'QuotaReserved', 'ExportDebited',
    ]);
    expect(await adopted).toMatchObject({ decided: true });
    const log = await versions(memory);
    const at = log.findIndex(([type, version]) => type === 'RulebookAdopted' && version === 'next');
    expect(new Set(log.slice(0, at).map(([, version]) => version))).toEqual(new Set(['former']));
    expect(new Set(log.slice(at).map(([, version]) => version))).toEqual(new Set(['next']));
    expect(log.slice(at)).toHaveLength(1 + 4);
  });

  it('leaves holds as they are: they are exported, and lapse, under the new one', async () => {
    const memory = await open();
    const id = idOf(await memory.reserve(4));
    await memory.reserve(2, { expiresAt: memory.now + soonMs });
    await adopt(memory);
    await memory.ledger.reconcileLines([{ line: 'country:AE', balance: decided(await memory.exportHold(id, 1)).event.balanceMilliTpp }]);
    memory.now += soonMs;
    await until(async () => (await memory.types()).includes('ReservationLapsed'));
    expect(await versions(memory)).toEqual([
      ['RulebookAdopted', 'former'], ['QuotaReserved', 'former'], ['QuotaReserved', 'former'],
      ['RulebookAdopted', 'next'], ['AllocationSet', 'next'], ['ExportDebited', 'next'], ['ReservationLapsed', 'next'],
    ]);
    expect((await memory.events()).at(-1)?.balanceMilliTpp).toEqual({ allocation: 5 * unit, exported: unit, reserved: 3 * unit });
  });

  it('judges companies and weights too', async () => {
    const memory = await open();
    const { weights: _, ...document } = former.document;
    await adopt(memory, loadRulebook({ ...document, version: 'without-weights' }));
    const consignee = { name: 'Cloud', country: 'AE', headquarters: 'AE', ultimateParent: { name: 'Parent', headquarters: 'AE' } };
    expect(decided(await memory.reserve(1, { consignee })).event.rulebook.version).toBe('without-weights');
    expect(memory.ledger.weights.determine({} as never)).toMatchObject({ code: 'not-in-this-rulebook' });
  });

  it('is not adopted again when it is in force: the key stays free', async () => {
    const memory = await open();
    const caller = memory.caller('the-same-key');
    expect(await adopt(memory, former, caller)).toMatchObject({ code: 'nothing-to-change', detail: expect.stringContaining(former.hash) as string });
    expect(await memory.log()).toHaveLength(1);
    expect(await adopt(memory, next, caller)).toMatchObject({ decided: true, replayed: false });
    expect(await adopt(memory, former)).toMatchObject({ decided: true });
    expect((await versions(memory)).map(([, version]) => version)).toEqual(['former', 'next', 'former']);
  });

  it('needs a key', async () => {
    const memory = await open();
    expect(await adopt(memory, next, memory.caller(null))).toMatchObject({ code: 'idempotency-key-missing' });
  });
});

describe('an order to adopt a rulebook that is sent again', () => {
  it('gets the first answer, also amid the first, after another adoption and after a restart', async () => {
    const memory = await open();
    const caller = memory.caller('adopt-next');
    const [first, amid] = await Promise.all([adopt(memory, next, caller), adopt(memory, next, caller)]);
    expect(amid).toEqual({ ...first, replayed: true });
    await adopt(memory, third);
    for (const restart of [false, true]) {
      if (restart) await memory.restart({ rulebook: third });
      expect(await adopt(memory, next, caller)).toEqual({ ...first, replayed: true });
      expect(memory.ledger.rulebook.hash).toBe(third.hash);
    }
    expect(await memory.log()).toHaveLength(3);
  });

  it('is refused with the key of another request, and changes nothing', async () => {
    const memory = await open();
    const caller = memory.caller('one-key-for-all');
    await memory.ledger.suspend('country:AE', { reason: 'test' }, caller);
    expect(await adopt(memory, next, caller)).toMatchObject({ code: 'idempotency-key-reused' });
    await adopt(memory, next, memory.caller('adopt-next'));
    expect(await adopt(memory, third, memory.caller('adopt-next', 'another body'))).toMatchObject({ code: 'idempotency-key-reused' });
    expect(memory.ledger.rulebook).toBe(next);
  });
});

describe('orders to adopt rulebooks', () => {
  it('are carried out one after another', async () => {
    const memory = await open();
    await Promise.all([adopt(memory, next), memory.reserve(1), adopt(memory, third), memory.reserve(1)]);
    const log = await versions(memory);
    expect(log.filter(([type]) => type === 'RulebookAdopted').map(([, version]) => version)).toEqual(['former', 'next', 'third']);
    let inForce = '';
    for (const [type, version] of log) {
      if (type === 'RulebookAdopted') inForce = version;
      expect(version).toBe(inForce);
    }
  });

  it('that the store does not take leave the ledger under the former one, and it goes on', async () => {
    const memory = await open();
    await memory.reserve(1, { expiresAt: memory.now + soonMs });
    memory.store.failFrom('rulebook', 'storage-full');
    const caller = memory.caller('adopt-next');
    expect(await adopt(memory, next, caller)).toMatchObject({ code: 'storage-full' });
    expect(memory.ledger.rulebook).toBe(former);
    expect(word(await memory.reserve(10))).toBe('QuotaReserved');
    memory.now += soonMs;
    await until(async () => (await memory.types()).includes('ReservationLapsed'));
    expect(await adopt(memory, next, caller)).toMatchObject({ decided: true, replayed: false });
  });

  it('wait for views that are too far behind', async () => {
    const memory = await MemoryLedger.open({ rulebook: former, indexReaches: () => Promise.resolve(false) });
    expect(await adopt(memory)).toMatchObject({ code: 'busy' });
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
  });
});

describe('on a log that several processes write to', () => {
  it('the process that adopts a rulebook goes on, whatever its views tell meanwhile; the others decide nothing more', async () => {
    const told: string[] = [];
    const memory = await MemoryLedger.shared({ rulebook: former, onSuperseded: (message) => told.push(message) });
    const others: string[] = [];
    const other = await memory.another({ onSuperseded: (message) => others.push(message) });
    memory.store.holdPlaces();
    const adopted = adopt(memory);
    await until(async () => (await memory.log()).length === 2);
    const [, second] = await memory.log();
    const news = { hash: next.hash, position: second?.position ?? 0 };
    memory.ledger.rulebookAdopted(news);
    other.ledger.rulebookAdopted(news);
    memory.store.tellPlaces();
    expect(await adopted).toMatchObject({ decided: true });
    memory.ledger.rulebookAdopted(news);
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
    expect(await other.reserve(1)).toMatchObject({ code: 'store-unavailable' });
    expect([told, others.length]).toEqual([[], 1]);
  });

  it('an order of a process whose rulebook was replaced meanwhile is not carried out', async () => {
    const memory = await MemoryLedger.shared({ rulebook: former });
    await memory.another({ rulebook: third });
    expect(await adopt(memory)).toMatchObject({ code: 'store-unavailable' });
    expect((await versions(memory)).map(([, version]) => version)).toEqual(['former', 'third']);
  });

  it('is told by the event which command it answers, and keeps the shape of adoptions by a start', async () => {
    const memory = await MemoryLedger.shared({ rulebook: former });
    await adopt(memory);
    const [first, second] = (await memory.log()).map(({ json }) => decodeEvent(json) as RulebookAdopted);
    expect(Object.keys(second ?? {}).filter((member) => !(member in (first ?? {})))).toEqual(['commandId', 'idempotencyKey', 'requestHash']);
  });
});
