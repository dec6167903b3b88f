import { decided, hourMs, idOf, MemoryLedger, settle, smallCaps, start, unit, word, type MemoryLedgerOptions, two } from '../testing/memory-ledger.js';
import { passTime, passTimeUntil, simulateTime } from '../testing/simulated-time.js';

simulateTime();

const open = (options: MemoryLedgerOptions = {}): Promise<MemoryLedger> => MemoryLedger.shared(options);

/** Whether it is settled by now. */
async function isSettled(outcome: Promise<unknown>): Promise<boolean> {
  await settle();
  return Promise.race([outcome.then(() => true), Promise.resolve(false)]);
}

describe('batches of a store that tells where events stand after they are durable', () => {
  it('go on while the one before is not told yet, and answer with their places', async () => {
    const memory = await open();
    const before = memory.ledger.position;
    memory.store.holdPlaces();
    const first = memory.reserve(1);
    await settle();
    const second = memory.reserve(2);
    await passTimeUntil(async () => (await memory.events()).length === 2);
    expect([await isSettled(first), await isSettled(second)]).toEqual([false, false]);
    expect(memory.ledger.position).toBe(before);

    memory.store.tellPlaces();

    const [one, two] = (await memory.log()).slice(-2);
    expect(decided(await first)).toMatchObject({ revision: 0, position: one?.position });
    expect(decided(await second)).toMatchObject({ revision: 1, position: two?.position });
    expect((await memory.events()).map(({ balanceMilliTpp }) => balanceMilliTpp.reserved / unit)).toEqual([1, 3]);
    expect(memory.ledger.position).toBe(two?.position);
  });

  it('let half of those who wait go first, so that the others go while those are on their way', async () => {
    const memory = await open({ rulebook: smallCaps({}, { AE: 1_000 }) });
    const before = memory.store.appends.length;
    memory.store.holdPlaces();
    const outcomes = Array.from({ length: 100 }, () => memory.reserve(1));
    await passTimeUntil(async () => (await memory.events()).length === 100);
    memory.store.tellPlaces();
    await Promise.all(outcomes);
    expect(memory.store.appends.slice(before).map(({ events }) => events)).toEqual([50, 50]);
  });

  it('decide on what those before have changed, which the index does not know yet', async () => {
    const memory = await open();
    const hold = idOf(await memory.reserve(10));
    await memory.index.reach(memory.store);
    memory.store.holdPlaces();
    const first = memory.exportHold(hold, 6);
    await passTimeUntil(async () => (await memory.events()).length === 2);
    const [tooMuch, rest] = [memory.exportHold(hold, 5), memory.exportHold(hold, 4)];
    await passTimeUntil(async () => (await memory.events()).length === 3);
    memory.store.tellPlaces();
    expect([await first, await tooMuch, await rest].map(word)).toEqual(['ExportDebited', 'exceeds-hold', 'ExportDebited']);
  });

  it('give a repeat the first answer, whenever it comes', async () => {
    const memory = await open();
    memory.store.holdPlaces();
    const caller = memory.caller();
    const first = memory.reserve(1, {}, caller);
    await settle();
    const meanwhile = memory.reserve(1, {}, caller);
    memory.store.tellPlaces();
    const { position } = decided(await first);
    expect(decided(await meanwhile)).toMatchObject({ replayed: true, position });
    expect(decided(await memory.reserve(1, {}, caller))).toMatchObject({ replayed: true, position });
    expect(await memory.types()).toEqual(['QuotaReserved']);
  });

  it('lapse a hold of before at its time', async () => {
    const memory = await open();
    memory.store.holdPlaces();
    const hold = memory.reserve(10, { expiresAt: start + hourMs });
    await passTimeUntil(async () => (await memory.events()).length === 1);
    memory.store.tellPlaces();
    await hold;
    memory.now += 2 * hourMs;
    expect(word(await memory.reserve(20))).toBe('QuotaReserved');
    expect(await memory.types()).toEqual(['QuotaReserved', 'ReservationLapsed', 'QuotaReserved']);
  });

  it('are decided again where another instance was first', async () => {
    const [memory, other] = await two();
    memory.store.holdPlaces();
    const first = memory.reserve(10);
    await passTimeUntil(async () => (await memory.events()).length === 1);
    expect(word(await other.reserve(8))).toBe('QuotaReserved');
    const [tooMuch, enough] = [memory.reserve(5), memory.reserve(2)];
    await passTimeUntil(async () => (await memory.events()).length === 4);
    memory.store.tellPlaces();
    expect([word(await first), word(await tooMuch), word(await enough)]).toEqual(['QuotaReserved', 'insufficient-quota', 'QuotaReserved']);
  });
});

describe('a batch whose place is not told in time', () => {
  it('puts the line in doubt, with what was sent behind it, until it is', async () => {
    const memory = await open({ tailMax: 3 });
    memory.store.holdPlaces();
    const [one, two] = [memory.caller(), memory.caller()];
    const sent = [memory.reserve(1, {}, one)];
    await passTimeUntil(async () => (await memory.events()).length === 1);
    sent.push(memory.reserve(2, {}, two));
    await passTimeUntil(async () => (await memory.events()).length === 2);
    for (const outcome of await passTime(Promise.all(sent))) {
      expect(outcome).toMatchObject({ code: 'store-unavailable', detail: expect.stringContaining('may have been recorded') as string });
    }
    expect(await memory.reserve(3)).toMatchObject({ detail: expect.stringContaining('nothing of this request was recorded') as string });

    memory.store.tellPlaces();

    await passTimeUntil(async () => word(await memory.reserve(3)) === 'QuotaReserved');
    await memory.index.reach(memory.store);
    const log = (await memory.log()).slice(-3);
    expect(decided(await memory.reserve(1, {}, one))).toMatchObject({ replayed: true, position: log[0]?.position });
    expect(decided(await memory.reserve(2, {}, two))).toMatchObject({ replayed: true, position: log[1]?.position });
    // Nothing is kept that the index knows: more than three commands would make it busy.
    expect([word(await memory.reserve(1)), word(await memory.reserve(1))]).toEqual(['QuotaReserved', 'QuotaReserved']);
  });

  it('may be durable long after it came to be in doubt', async () => {
    const memory = await open();
    const unhandled: unknown[] = [];
    const listen = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', listen);
    memory.store.holdAppends();
    memory.store.holdPlaces();
    const caller = memory.caller();
    expect(word(await passTime(memory.reserve(1, {}, caller)))).toBe('store-unavailable');
    memory.store.letAppendsGo();
    await passTimeUntil(async () => (await memory.events()).length === 1);
    await settle();
    memory.store.tellPlaces();
    await passTimeUntil(async () => word(await memory.reserve(1, {}, caller)) === 'QuotaReserved');
    await settle();
    process.off('unhandledRejection', listen);
    expect(unhandled).toEqual([]);
    expect(await memory.types()).toEqual(['QuotaReserved']);
  });

  it('does not hang the stop', async () => {
    const memory = await open();
    memory.store.holdPlaces();
    const sent = memory.reserve(1);
    await passTime(memory.ledger.close());
    expect(word(await sent)).toBe('store-unavailable');
    memory.store.tellPlaces();
  });
});
