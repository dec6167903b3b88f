import type { WeightExportRequest } from '../weights/weights-request.js';
import { decided, dayMs, hourMs, MemoryLedger, settle, start, unit, word, two } from '../testing/memory-ledger.js';
import { passTime, passTimeUntil, simulateTime } from '../testing/simulated-time.js';

simulateTime();

const weights: WeightExportRequest = {
  exporter: 'acme',
  weights: { published: false, trainingOperations: 2e26, syntheticData: 'none', derivedFrom: 'none', origin: 'us' },
  consignee: { country: 'AE', headquarters: 'AE', ultimateParent: 'none' },
  exportedAt: start - hourMs,
};

const open = (): Promise<MemoryLedger> => MemoryLedger.shared();

describe('a line in doubt', () => {
  it('answers those who wait, and takes nothing more until it is known', async () => {
    const memory = await open();
    await memory.reserve(1);
    memory.store.holdAppends();
    const sent = memory.caller();
    const inDoubt = memory.reserve(2, {}, sent);
    await settle();
    const behind = [memory.reserve(3), memory.reserve(3)];
    expect(await passTime(inDoubt)).toMatchObject({ decided: false, code: 'store-unavailable', detail: expect.stringContaining('may have been recorded') as string });
    expect(await memory.reserve(2, {}, sent)).toEqual(await inDoubt);
    for (const outcome of await Promise.all([...behind, memory.reserve(3)])) {
      expect(outcome).toMatchObject({ decided: false, code: 'store-unavailable', detail: expect.stringContaining('nothing of this request was recorded') as string });
    }
    memory.store.letAppendsGo();
    await passTimeUntil(async () => (await memory.events()).length >= 2);
    await settle();
    expect(decided(await memory.reserve(2, {}, sent))).toMatchObject({ replayed: true, revision: 1 });
    expect(word(await memory.reserve(3))).toBe('QuotaReserved');
    expect((await memory.events()).map(({ balanceMilliTpp }) => balanceMilliTpp.reserved / unit)).toEqual([1, 3, 6]);
  });

  it('is known again where the events were lost, and sent anew', async () => {
    const memory = await open();
    memory.store.failNext(...Array.from({ length: 1_000 }, () => 'unknown-lost' as const));
    const caller = memory.caller();
    expect(word(await passTime(memory.reserve(4, {}, caller)))).toBe('store-unavailable');
    memory.store.recover();
    await passTimeUntil(async () => (await memory.events()).length === 1);
    await settle();
    expect(decided(await memory.reserve(4, {}, caller)).replayed).toBe(true);
    expect(memory.ledger.position).toBe((await memory.log()).at(-1)?.position);
  });

  it('gives way to another instance that wrote first: nothing of it is recorded', async () => {
    const [memory, other] = await two();
    memory.store.failAndHold('unknown-lost');
    const caller = memory.caller();
    expect(word(await passTime(memory.reserve(15, {}, caller)))).toBe('store-unavailable');
    expect(word(await other.reserve(15))).toBe('QuotaReserved');
    memory.store.letAppendsGo();
    await passTimeUntil(async () => word(await memory.reserve(1)) === 'QuotaReserved');
    expect(word(await memory.reserve(15, {}, caller))).toBe('insufficient-quota');
    expect(await memory.types()).toEqual(['QuotaReserved', 'QuotaReserved', 'ReservationRefused']);
  });

  it('lapses its holds once it is known', async () => {
    const memory = await open();
    await memory.reserve(10, { expiresAt: start + hourMs });
    memory.store.holdAppends();
    expect(word(await passTime(memory.reserve(1)))).toBe('store-unavailable');
    memory.now += dayMs;
    memory.store.letAppendsGo();
    await passTimeUntil(async () => (await memory.types()).includes('ReservationLapsed'));
    expect(await memory.types()).toEqual(['QuotaReserved', 'QuotaReserved', 'ReservationLapsed']);
    await passTime(memory.ledger.close());
  });
});

describe('in doubt as well', () => {
  it('is the register of companies: answered in time, and what was sent is found again', async () => {
    const memory = await open();
    memory.store.holdAppends();
    const caller = memory.caller();
    const register = () => memory.ledger.companies.registerCompany({ name: 'Falcon' }, caller);
    const first = register();
    await settle();
    const behind = memory.ledger.companies.registerCompany({ name: 'Eagle' }, memory.caller());
    expect(await passTime(Promise.all([first, behind]))).toMatchObject([{ code: 'store-unavailable' }, { code: 'store-unavailable' }]);
    expect(await memory.ledger.companies.registerCompany({ name: 'Kite' }, memory.caller())).toMatchObject({ code: 'store-unavailable' });
    memory.store.letAppendsGo();
    await passTimeUntil(async () => (await register()).decided);
    expect(await register()).toMatchObject({ decided: true, replayed: true });
    await memory.ledger.companies.registerCompany({ name: 'Hawk' }, memory.caller());
    expect([...memory.ledger.companies.companies()].map(({ name }) => name)).toEqual(['Falcon', 'Hawk']);
  });

  it('are exports of weights', async () => {
    const memory = await open();
    memory.store.holdAppends();
    const caller = memory.caller();
    const record = (by = caller) => memory.ledger.weights.record(weights, by);
    expect(await passTime(record())).toMatchObject({ code: 'store-unavailable' });
    expect(await record(memory.caller())).toMatchObject({ code: 'store-unavailable' });
    memory.store.letAppendsGo();
    await passTimeUntil(async () => (await record()).decided);
    expect(await record()).toMatchObject({ replayed: true });
    expect(await memory.store.readStream('weights:acme', { limit: 9 })).toHaveLength(1);
  });

  it('are a fulfilment and an acknowledgement', async () => {
    const memory = await open();
    memory.store.holdAppends();
    const obligation = { exporter: 'acme', party: { role: 'exporter', id: 'acme', name: 'acme' } } as never;
    const fulfil = () => memory.ledger.obligations.fulfil({ obligationId: 'o', obligation, reference: 'r', note: null }, memory.caller('fulfil-o'));
    expect(await passTime(fulfil())).toMatchObject({ code: 'store-unavailable' });
    expect(await fulfil()).toMatchObject({ code: 'store-unavailable' });
    memory.store.letAppendsGo();
    await passTimeUntil(async () => (await fulfil()).decided);
    expect(await memory.store.readStream('obligation-o', { limit: 9 })).toHaveLength(1);
  });

  it('is a merger: it is found again, and its lines carry each other on', async () => {
    const memory = await open();
    for (const name of ['Falcon', 'Eagle']) {
      const parent = { name, country: 'AE', headquarters: 'AE' };
      expect(decided(await memory.reserve(1, { consignee: { ...parent, name: `${name} Cloud`, ultimateParent: parent } })).line).toContain('lpp:');
    }
    const before = (await memory.types()).length;
    memory.store.holdAppends();
    const caller = memory.caller();
    const merge = () => memory.ledger.companies.mergeCompanies('falcon', { into: 'eagle', reason: 'test' }, caller);
    expect(await passTime(merge())).toMatchObject({ code: 'store-unavailable' });
    memory.store.letAppendsGo();
    await passTimeUntil(async () => (await merge()).decided);
    expect((await memory.types()).slice(before)).toEqual(['LineClosed', 'AmountsTakenOver']);
  });
});

describe('a store that never answers', () => {
  it('does not hang the stop', async () => {
    const memory = await open();
    memory.store.holdAppends();
    const asked = [memory.reserve(1), memory.reserve(1, { destination: 'SA' })];
    await passTime(memory.ledger.close());
    expect((await Promise.all(asked)).map(word)).toEqual(['store-unavailable', 'store-unavailable']);
    await memory.store.close();
    memory.store.letAppendsGo();
  });

  it('does not keep a caller waiting who asks for what must be read', async () => {
    const memory = await open();
    const never = new Promise<never>(() => undefined);
    memory.store.readStream = () => never;
    const outcomes = await passTime(Promise.all([memory.reserve(1), memory.ledger.acknowledgeAlert('a', 'country:AE', memory.caller())]));
    expect(outcomes).toMatchObject([{ code: 'store-unavailable' }, { code: 'store-unavailable' }]);
    await passTime(memory.ledger.close());
  });

  it('nor one who waits before anything is decided, or after', async () => {
    const memory = await open();
    const { companies } = memory.ledger;
    for (const name of ['Falcon', 'Eagle']) await companies.registerCompany({ name }, memory.caller());
    const caller = memory.caller();
    const merge = () => companies.mergeCompanies('falcon', { into: 'eagle', reason: 'test' }, caller);
    expect((await merge()).decided).toBe(true);
    const never = new Promise<never>(() => undefined);
    const read = memory.store.readStream.bind(memory.store);
    memory.store.readStream = (stream, range) => (stream.startsWith('quota-') ? never : read(stream, range));
    memory.store.head = () => never;
    const asked = [merge(), memory.release('0b6a3fd3-9c4c-5d2e-8f0a-1b2c3d4e5f60')];
    expect(await passTime(Promise.all(asked))).toMatchObject([{ code: 'store-unavailable' }, { code: 'store-unavailable' }]);
    memory.store.readStream = () => never;
    const amended = companies.amendCompany('eagle', { headquarters: 'AE', reason: 'test' }, memory.caller());
    expect(await passTime(amended)).toMatchObject({ code: 'store-unavailable' });
    await passTime(memory.ledger.close());
  });
});
