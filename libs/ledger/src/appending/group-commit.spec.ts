import { decided, idOf, MemoryLedger, settle, smallCaps, unit, word } from '../testing/memory-ledger.js';

const line = 'quota-country:AE';

describe('one writer per line', () => {
  it('decides in the order of the calls', async () => {
    const { ledger, ...memory } = await openWith(5);
    const outcomes = await Promise.all([3, 3, 2, 1].map((units) => memory.reserve(units)));
    expect(outcomes.map(word)).toEqual(['QuotaReserved', 'insufficient-quota', 'QuotaReserved', 'insufficient-quota']);
    expect(outcomes.map((outcome) => decided(outcome).revision)).toEqual([0, 1, 2, 3]);
    await ledger.close();
  });

  it('keeps the order of calls over several turns and appends', async () => {
    const memory = await MemoryLedger.open({ rulebook: smallCaps({}, { AE: 1000 }) });
    const outcomes: Promise<unknown>[] = [];
    for (let turn = 0; turn < 20; turn += 1) {
      for (let n = 0; n < 10; n += 1) outcomes.push(memory.reserve(1, { reference: `${turn * 10 + n}` }));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(outcomes);
    const references = (await memory.events()).map((event) => event.type === 'QuotaReserved' && event.reference);
    expect(references).toEqual(Array.from({ length: 200 }, (_, n) => `${n}`));
  });

  it('writes what waits in one append', async () => {
    const memory = await MemoryLedger.open({ rulebook: smallCaps({}, { AE: 1000 }) });
    memory.store.holdAppends();
    const first = memory.reserve(1);
    await settle();
    const others = Array.from({ length: 500 }, () => memory.reserve(1));
    await settle();
    memory.store.letAppendsGo();
    await Promise.all([first, ...others]);
    expect(memory.store.appends.filter(({ stream }) => stream === line)).toEqual([
      { stream: line, events: 1 },
      { stream: line, events: 500 },
    ]);
  });

  it('lets lines go on side by side', async () => {
    const memory = await MemoryLedger.open();
    memory.store.holdAppends();
    const outcomes = [memory.reserve(1), memory.reserve(1, { destination: 'SA' }), memory.reserve(1, { destination: 'AU' })];
    await settle();
    expect(memory.store.appends.slice(1).map(({ stream }) => stream)).toEqual(['quota-country:AE', 'quota-country:SA', 'quota-country:AU']);
    memory.store.letAppendsGo();
    expect((await Promise.all(outcomes)).map(word)).toEqual(['QuotaReserved', 'QuotaReserved', 'QuotaReserved']);
  });

  it('answers nobody before the append has taken effect', async () => {
    const memory = await MemoryLedger.open();
    memory.store.holdAppends();
    const answered: string[] = [];
    const outcomes = [
      memory.reserve(1).then((outcome) => answered.push(word(outcome))),
      memory.reserve(21).then((outcome) => answered.push(word(outcome))),
      memory.release('00000000-0000-5000-8000-000000000000').then((outcome) => answered.push(word(outcome))),
    ];
    await settle();
    expect(answered).toEqual(['reservation-not-found']);
    memory.store.letAppendsGo();
    await Promise.all(outcomes);
    expect(answered).toEqual(['reservation-not-found', 'QuotaReserved', 'insufficient-quota']);
  });

  it('says where it wrote: revision, position, and the newest position of all', async () => {
    const memory = await MemoryLedger.open();
    const [first, second] = [decided(await memory.reserve(1)), decided(await memory.reserve(1))];
    expect([first.revision, second.revision]).toEqual([0, 1]);
    expect([first.position, second.position]).toEqual([2, 3]);
    expect(memory.ledger.position).toBe(3);
    expect((await memory.log()).map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  it('turns away what does not fit the queue, at once, and leaves the key free', async () => {
    const memory = await MemoryLedger.open({ queueMax: 3, rulebook: smallCaps({}, { AE: 1000 }) });
    memory.store.holdAppends();
    const underWay = memory.reserve(1);
    await settle();
    const waiting = [memory.reserve(1), memory.reserve(1), memory.reserve(1)];
    const caller = memory.caller('one-too-many');
    expect(word(await memory.reserve(1, {}, caller))).toBe('busy');
    memory.store.letAppendsGo();
    await Promise.all([underWay, ...waiting]);
    const again = await memory.reserve(1, {}, caller);
    expect([word(again), decided(again).replayed, decided(again).revision]).toEqual(['QuotaReserved', false, 4]);
  });

  it('turns commands away while the views are too far behind, and goes on when they have caught up', async () => {
    const memory = await MemoryLedger.open({ tailMax: 3 });
    for (let n = 0; n < 3; n += 1) await memory.reserve(1);
    expect(word(await memory.reserve(1))).toBe('busy');
    await memory.index.reach(memory.store);
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
  });

  it('shows each of two changes of one batch what stood right after it', async () => {
    const memory = await MemoryLedger.open();
    const id = idOf(await memory.reserve(10));
    const callers = [memory.caller(), memory.caller()];
    const outcomes = await Promise.all(callers.map((caller) => memory.exportHold(id, 4, {}, caller)));
    expect(memory.store.appends.at(-1)?.events).toBe(2);
    expect(outcomes.map((outcome) => decided(outcome).reservation?.heldMilliTpp)).toEqual([6 * unit, 2 * unit]);
    expect(outcomes.map((outcome) => decided(outcome).reservation?.revision)).toEqual([1, 2]);
    const again = await Promise.all(callers.map((caller) => memory.exportHold(id, 4, {}, caller)));
    expect(again).toEqual(outcomes.map((outcome) => ({ ...outcome, replayed: true })));
  });

  it('lets a bug in one command take down nothing beside it', async () => {
    const memory = await MemoryLedger.open();
    const outcomes = await Promise.allSettled([memory.reserve(1), memory.reserve(1, { reference: '\ud800' }), memory.reserve(1)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await memory.types()).toEqual(['QuotaReserved', 'QuotaReserved']);
  });
});

describe('close', () => {
  it('finishes what was taken in, and takes nothing more', async () => {
    const memory = await MemoryLedger.open();
    const taken = [memory.reserve(1), memory.reserve(1)];
    const closing = memory.ledger.close();
    expect(word(await memory.reserve(1))).toBe('store-unavailable');
    await closing;
    expect(await memory.types()).toEqual(['QuotaReserved', 'QuotaReserved']);
    expect((await Promise.all(taken)).map(word)).toEqual(['QuotaReserved', 'QuotaReserved']);
  });
});

async function openWith(unitsOfAe: number): Promise<{ ledger: MemoryLedger['ledger']; reserve: (units: number) => ReturnType<MemoryLedger['reserve']> }> {
  const memory = await MemoryLedger.open({ rulebook: smallCaps({}, { AE: unitsOfAe }) });
  return { ledger: memory.ledger, reserve: (units) => memory.reserve(units) };
}
