import { jest } from '@jest/globals';
import { dayMs, decided, hourMs, idOf, MemoryLedger, settle, smallCaps, start, unit, until, word } from '../testing/memory-ledger.js';

const lapses = async (memory: MemoryLedger): Promise<number> => (await memory.types()).filter((type) => type === 'ReservationLapsed').length;
const many = smallCaps({}, { AE: 2_000 });

describe('a hold that runs out', () => {
  it('lapses without anyone asking', async () => {
    const memory = await MemoryLedger.open();
    await memory.reserve(3, { expiresAt: start + 30 });
    await memory.reserve(3, { expiresAt: start + hourMs });
    memory.now = start + 30;
    await until(async () => (await lapses(memory)) === 1);
    const event = await memory.last();
    expect(event).toMatchObject({ type: 'ReservationLapsed', principal: 'system', lapsedMilliTpp: 3 * unit, expiredAt: new Date(start + 30).toISOString() });
    await settle();
    expect(await lapses(memory)).toBe(1);
    await memory.ledger.close();
  });

  it('lapses one after another, on several lines, none before its time', async () => {
    const memory = await MemoryLedger.open();
    const ends = [20, 40, 60];
    for (const end of ends) {
      await memory.reserve(1, { expiresAt: start + end });
      await memory.reserve(1, { destination: 'SA', expiresAt: start + end });
    }
    for (const [index, end] of ends.entries()) {
      memory.now = start + end - 1;
      await settle();
      expect(await lapses(memory)).toBe(2 * index);
      memory.now = start + end;
      await until(async () => (await lapses(memory)) === 2 * (index + 1));
    }
    await memory.ledger.close();
  });

  it('lapses at a start, if it ran out while nobody was there', async () => {
    const memory = await MemoryLedger.open();
    await memory.reserve(3, { expiresAt: start + hourMs });
    await memory.reserve(3, { destination: 'SA', expiresAt: start + 2 * hourMs });
    memory.now = start + hourMs;
    await memory.restart();
    await until(async () => (await lapses(memory)) === 1);
    await settle();
    expect(await lapses(memory)).toBe(1);
    await memory.ledger.close();
  });

  it('follows an amended end, earlier or later', async () => {
    const memory = await MemoryLedger.open();
    const [soon, late] = [idOf(await memory.reserve(1, { expiresAt: start + hourMs })), idOf(await memory.reserve(1, { expiresAt: start + 20 }))];
    await memory.ledger.amend(soon, { expiresAt: start + 10, expectedRevision: 0 }, memory.caller());
    await memory.ledger.amend(late, { expiresAt: start + hourMs, expectedRevision: 1 }, memory.caller());
    memory.now = start + 30;
    await until(async () => (await lapses(memory)) === 1);
    await settle();
    expect((await memory.last())).toMatchObject({ type: 'ReservationLapsed', reservationId: soon });
    expect(await lapses(memory)).toBe(1);
    await memory.ledger.close();
  });

  describe('with timers set by hand', () => {
    beforeEach(() => void jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] }));
    afterEach(() => void jest.useRealTimers());

    async function pass(memory: MemoryLedger, ms: number): Promise<void> {
      memory.now += ms;
      jest.advanceTimersByTime(ms);
      await settle();
    }

    it.each([
      ['one process', () => MemoryLedger.open()],
      ['several processes', () => MemoryLedger.shared()],
    ])('lapses in silence, though a command lapsed the one before just before its timer rang: %s', async (_, open) => {
      const memory = await open();
      await memory.reserve(3, { expiresAt: start + 1_000 });
      await memory.reserve(3, { expiresAt: start + 2_500 });
      memory.now = start + 1_000;
      await memory.reserve(1, { expiresAt: start + hourMs });
      expect(await lapses(memory)).toBe(1);
      jest.advanceTimersByTime(1_000);
      await settle();
      for (let second = 0; second < 5; second += 1) await pass(memory, 1_000);
      expect(await lapses(memory)).toBe(2);
      await memory.ledger.close();
    });

    it('lapses in silence, though its end was earlier before and that timer rings first', async () => {
      const memory = await MemoryLedger.open();
      const id = idOf(await memory.reserve(3, { expiresAt: start + 1_000 }));
      await memory.ledger.amend(id, { expiresAt: start + 2_500, expectedRevision: 0 }, memory.caller());
      for (let second = 0; second < 5; second += 1) await pass(memory, 1_000);
      expect(await lapses(memory)).toBe(1);
      await memory.ledger.close();
    });

    it('lapses for the command that lacks its capacity, though the store did not take the lapse a moment before', async () => {
      const memory = await MemoryLedger.open();
      await memory.reserve(20, { expiresAt: start + 1_000 });
      memory.now = start + 1_000;
      memory.store.failNext('storage-full');
      expect(word(await memory.reserve(20))).toBe('storage-full');
      await settle();
      expect(word(await memory.reserve(20, { expiresAt: start + hourMs }))).toBe('QuotaReserved');
      await memory.ledger.close();
    });
  });

  it('lapses once, whatever the index knows', async () => {
    for (const lag of [0, 1, 2, 3]) {
      const memory = await MemoryLedger.open();
      const ids = [idOf(await memory.reserve(1, { expiresAt: start + hourMs })), idOf(await memory.reserve(1, { expiresAt: start + hourMs }))];
      await memory.release(ids[1] ?? '');
      await memory.index.reach(memory.store, 4 - lag);
      memory.now = start + hourMs;
      await memory.reserve(1);
      await memory.reserve(1);
      expect(await memory.types()).toEqual(['QuotaReserved', 'QuotaReserved', 'ReservationReleased', 'ReservationLapsed', 'QuotaReserved', 'QuotaReserved']);
    }
  });

  it('gives its capacity to the command that comes at the same millisecond, not before', async () => {
    const memory = await MemoryLedger.open();
    await memory.reserve(20, { expiresAt: start + hourMs });
    memory.now = start + hourMs - 1;
    expect(word(await memory.reserve(20))).toBe('insufficient-quota');
    memory.now = start + hourMs;
    expect(word(await memory.reserve(20))).toBe('QuotaReserved');
  });

  it.each<[string, (memory: MemoryLedger, id: string) => Promise<unknown>]>([
    ['export', (memory, id) => memory.exportHold(id, 1)],
    ['release', (memory, id) => memory.release(id)],
    ['amend', (memory, id) => memory.ledger.amend(id, { reference: 'x', expectedRevision: 1 }, memory.caller())],
  ])('is closed for %s from that moment on, recorded or not', async (_, ask) => {
    const memory = await MemoryLedger.open();
    const id = idOf(await memory.reserve(20, { expiresAt: start + hourMs }));
    memory.now = start + hourMs;
    expect(await ask(memory, id)).toMatchObject({ decided: false, code: 'reservation-closed' });
    expect(await memory.types()).toEqual(['QuotaReserved', 'ReservationLapsed']);
  });

  it('can be reported as a direct export, even after the end of the period', async () => {
    const memory = await MemoryLedger.open();
    const end = Date.parse('2028-01-01T00:00:00Z');
    await memory.reserve(20, { expiresAt: end });
    memory.now = end + 3 * dayMs;
    expect(word(await memory.exportDirect(20, { exportedAt: end - 1 }))).toBe('ExportDebited');
    expect(word(await memory.exportDirect(1, { destination: 'SA', exportedAt: end }))).toBe('outside-quota-period');
    expect(word(await memory.reserve(1, { destination: 'SA' }))).toBe('outside-quota-period');
    expect((await memory.types()).slice(0, 3)).toEqual(['QuotaReserved', 'ReservationLapsed', 'ExportDebited']);
  });
});

describe('more holds than one append takes', () => {
  const holds = 1_250;

  async function withHolds(): Promise<MemoryLedger> {
    const memory = await MemoryLedger.open({ rulebook: many });
    await Promise.all(Array.from({ length: holds }, (_, n) => memory.reserve(1, { expiresAt: start + hourMs + n })));
    memory.now = start + 2 * hourMs;
    return memory;
  }

  it('lapse in pieces, earliest first, with those who need no capacity in between', async () => {
    const memory = await withHolds();
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
    await until(async () => (await lapses(memory)) === holds);
    expect(memory.store.appends.slice(2).map(({ events }) => events)).toEqual([501, 500, 250]);
    const expired = (await memory.events()).flatMap((event) => (event.type === 'ReservationLapsed' ? [event.expiredAt] : []));
    expect(expired).toEqual([...expired].sort());
    await memory.ledger.close();
  });

  it('all lapse before a command is refused for want of their capacity', async () => {
    const memory = await withHolds();
    const [small, large, after] = await Promise.all([memory.reserve(1), memory.reserve(1_999), memory.reserve(1)]);
    expect([small, large, after].map(word)).toEqual(['QuotaReserved', 'QuotaReserved', 'insufficient-quota']);
    expect(decided(large).revision).toBeGreaterThan(holds + 1_000);
  });

  it('are closed for a command that names one, though its turn to lapse has not come', async () => {
    const memory = await withHolds();
    const events = await memory.events();
    const last = events.at(-1);
    expect(word(await memory.release(last?.type === 'QuotaReserved' ? last.reservationId : ''))).toBe('reservation-closed');
    expect(memory.store.appends.at(-1)?.events).toBe(501);
    await until(async () => (await lapses(memory)) === holds);
    await memory.ledger.close();
  });

  it('lapse each once, from the index and from memory alike', async () => {
    const memory = await withHolds();
    await memory.index.reach(memory.store, 700);
    expect(word(await memory.reserve(2_000))).toBe('QuotaReserved');
    expect(await lapses(memory)).toBe(holds);
    expect((await memory.last())?.counts).toEqual({ exports: 0, openReservations: 1, refusals: 0 });
  });
});

describe('a clock that is set back', () => {
  it('never takes the time of a line back', async () => {
    const memory = await MemoryLedger.open();
    const id = idOf(await memory.reserve(5));
    memory.now = start - dayMs;
    const times = [await memory.exportHold(id, 1), await memory.reserve(1), await memory.ledger.suspend('country:AE', { reason: 'test' }, memory.caller())];
    expect(times.map((outcome) => decided(outcome).event.recordedAt)).toEqual(Array(3).fill(new Date(start).toISOString()));
    expect(decided(await memory.reserve(1, { destination: 'SA' })).event.recordedAt).toBe(new Date(start - dayMs).toISOString());
    memory.now = start + 1;
    expect(decided(await memory.release(id)).event.recordedAt).toBe(new Date(start + 1).toISOString());
    await memory.restart();
    memory.now = start - dayMs;
    expect(decided(await memory.exportDirect(1, { exportedAt: start - 2 * dayMs })).event.recordedAt).toBe(new Date(start + 1).toISOString());
  });

  it('lapses nothing before its time comes again', async () => {
    const memory = await MemoryLedger.open();
    const id = idOf(await memory.reserve(5, { expiresAt: start + hourMs }));
    memory.now = start - dayMs;
    expect(word(await memory.reserve(1, { expiresAt: start }))).toBe('invalid-request');
    decided(await memory.reserve(1, { expiresAt: start + 1 }));
    expect(await lapses(memory)).toBe(0);
    memory.now = start + hourMs;
    expect(word(await memory.release(id))).toBe('reservation-closed');
    expect(await lapses(memory)).toBe(2);
  });
});
