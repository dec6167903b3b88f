import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import { OutcomeUnknown, StoreUnavailable } from '../event-store/event-store.js';
import type { AppendFault } from '../testing/faulty-event-store.js';
import { appendDurably } from './append-durably.js';
import { decided, hourMs, idOf, MemoryLedger, settle, until, WatchedStore, word, two } from '../testing/memory-ledger.js';

describe('an append whose outcome is unknown', () => {
  it.each<[string, readonly AppendFault[]]>([
    ['was lost', ['unknown-lost']],
    ['took effect', ['unknown-stored']],
    ['was lost twice and then took effect', ['unknown-lost', 'unknown-lost', 'unknown-stored']],
    ['took effect, and then the store is out of order', ['unknown-stored', 'unavailable', 'unavailable']],
    ['was lost, and then the store is out of order', ['unknown-lost', 'unavailable']],
  ])('that %s happens once, and is answered once it is known', async (_, faults) => {
    const memory = await MemoryLedger.open();
    memory.store.failNext(...faults);
    const outcomes = await Promise.all([memory.reserve(4), memory.reserve(4)]);
    expect(outcomes.map((outcome) => decided(outcome).revision)).toEqual([0, 1]);
    expect(outcomes.map((outcome) => decided(outcome).position)).toEqual([2, 3]);
    expect(await memory.types()).toEqual(['QuotaReserved', 'QuotaReserved']);
    expect(word(await memory.reserve(12))).toBe('QuotaReserved');
    expect(word(await memory.reserve(1))).toBe('insufficient-quota');
  });

  it('is sent again in the same bytes', async () => {
    const memory = await MemoryLedger.open();
    memory.store.failNext('unknown-lost');
    const { event } = decided(await memory.reserve(4));
    expect((await memory.events())[0]).toEqual(event);
  });

  it('gives way to another instance that wrote first: decided again, once', async () => {
    const [memory, other] = await two();
    await memory.reserve(1);
    memory.store.failAndHold('unknown-lost');
    const mine = memory.reserve(15);
    await settle();
    expect(word(await other.reserve(15))).toBe('QuotaReserved');
    memory.store.letAppendsGo();
    expect(word(await mine)).toBe('insufficient-quota');
    expect(await memory.types()).toEqual(['QuotaReserved', 'QuotaReserved', 'ReservationRefused']);
  });
});

describe('appendDurably', () => {
  const event = { id: 'id', type: 'T', json: '{}' };

  it('recognises its own events behind those of others', async () => {
    const inner = new MemoryEventStore();
    const store = new WatchedStore(inner);
    store.failAndHold('unknown-stored');
    const appending = appendDurably(store, 's', -1, [event]);
    await settle();
    await inner.append('s', 0, [{ ...event, id: 'of another' }]);
    store.letAppendsGo();
    expect(await appending).toEqual({ appended: true, positions: [1] });
  });

  it('reports a conflict where others wrote in its place', async () => {
    const inner = new MemoryEventStore();
    const store = new WatchedStore(inner);
    store.failAndHold('unknown-lost');
    const appending = appendDurably(store, 's', -1, [event]);
    await settle();
    await inner.append('s', -1, [{ ...event, id: 'of another' }]);
    store.letAppendsGo();
    expect(await appending).toEqual({ appended: false, actual: 0 });
  });

  it('gives up on a store that was closed, and passes bugs on', async () => {
    const inner = new MemoryEventStore();
    const store = new WatchedStore(inner);
    store.failNext('unknown-lost');
    const appending = appendDurably(store, 's', -1, [event]);
    await inner.close();
    await expect(appending).rejects.toThrow(StoreUnavailable);
    await expect(appendDurably(new MemoryEventStore(), 's', -1, [])).rejects.toThrow(TypeError);
    expect(new OutcomeUnknown('x').name).toBe('OutcomeUnknown');
  });
});

describe('a store that cannot serve', () => {
  it.each<[AppendFault, string]>([
    ['unavailable', 'store-unavailable'],
    ['storage-full', 'storage-full'],
  ])('%s: nothing is recorded, nothing is held, and later all is well', async (fault, code) => {
    const memory = await MemoryLedger.open();
    const id = idOf(await memory.reserve(10));
    memory.store.failNext(fault);
    const callers = [memory.caller(), memory.caller(), memory.caller()] as const;
    const ask = (): Promise<readonly string[]> =>
      Promise.all([memory.reserve(10, {}, callers[0]), memory.exportHold(id, 5, {}, callers[1]), memory.release(id, callers[2])]).then((all) => all.map(word));
    expect(await ask()).toEqual([code, code, code]);
    expect(await memory.types()).toEqual(['QuotaReserved']);
    expect(await ask()).toEqual(['QuotaReserved', 'ExportDebited', 'ReservationReleased']);
    expect((await memory.events()).at(-1)?.balanceMilliTpp).toEqual({ allocation: 20 * 15_832_000, exported: 5 * 15_832_000, reserved: 10 * 15_832_000 });
  });

  it('loses no lapse: it is looked at again', async () => {
    const memory = await MemoryLedger.open();
    await memory.reserve(10, { expiresAt: memory.now + 20 });
    memory.store.failNext('unavailable');
    memory.now += hourMs;
    await until(() => memory.store.appends.length === 3);
    await settle();
    expect(await memory.types()).toEqual(['QuotaReserved']);
    memory.now += 1_000;
    await until(async () => (await memory.types()).length === 2);
    expect(await memory.types()).toEqual(['QuotaReserved', 'ReservationLapsed']);
    await memory.ledger.close();
  });

  it('answers as such where it cannot even be read', async () => {
    const memory = await MemoryLedger.open();
    const caller = memory.caller();
    const id = idOf(await memory.reserve(1, {}, caller));
    await memory.store.close();
    expect(word(await memory.release(id))).toBe('store-unavailable');
    expect(word(await memory.reserve(1, {}, caller))).toBe('store-unavailable');
    expect(word(await memory.reserve(1, { destination: 'SA' }))).toBe('store-unavailable');
    expect(await memory.ledger.acknowledgeAlert('a', 'country:AE', memory.caller())).toMatchObject({ decided: false, code: 'store-unavailable' });
  });
});
