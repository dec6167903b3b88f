import { decided, hourMs, idOf, MemoryLedger, smallCaps, start, unit, until, word, two } from '../testing/memory-ledger.js';

describe('two instances on one line', () => {
  it('see each other\'s reservations: no double debit', async () => {
    const [one, other] = await two();
    await one.reserve(1);
    await other.reserve(1);
    expect(word(await one.reserve(12))).toBe('QuotaReserved');
    expect(word(await other.reserve(12))).toBe('insufficient-quota');
    expect(decided(await other.reserve(6)).event.balanceMilliTpp.reserved).toBe(20 * unit);
    expect(word(await one.reserve(1))).toBe('insufficient-quota');
  });

  it('give the last unit to one of them, and write everything once', async () => {
    const [one, other] = await two();
    const asked = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? one : other).reserve(1));
    const words = (await Promise.all(asked)).map(word);
    expect(words.filter((said) => said === 'QuotaReserved')).toHaveLength(20);
    expect(words.filter((said) => said === 'insufficient-quota')).toHaveLength(20);
    expect(await one.types()).toHaveLength(40);
  });

  type Knowing = (other: MemoryLedger) => Promise<unknown>;
  const nothing: Knowing = async () => undefined;
  const ofItsOwn: Knowing = (other) => other.reserve(1);

  it.each<[string, before: Knowing, after: Knowing, reservations: number]>([
    ['has seen nothing of the line', nothing, nothing, 1],
    ['knows an older state of the line', ofItsOwn, nothing, 2],
    ['has the line at hand', nothing, ofItsOwn, 2],
    ['has an index that follows', nothing, (other) => other.index.reach(other.store), 1],
  ])(
    'give the first answer of the other to its command, where the second %s',
    async (_, before, after, reservations) => {
      const [one, other] = await two();
      await before(other);
      const caller = one.caller('the-same-key', 'body');
      const first = await one.reserve(2, {}, caller);
      await after(other);
      expect(await other.reserve(2, {}, caller)).toEqual({ ...first, replayed: true });
      expect(word(await other.reserve(2, {}, other.caller('the-same-key', 'other body')))).toBe('idempotency-key-reused');
      expect((await one.types()).filter((type) => type === 'QuotaReserved')).toHaveLength(reservations);
    },
  );

  it('close a reservation once: in their memory, or in that of the other', async () => {
    const [one, other] = await two();
    const id = idOf(await one.reserve(10));
    await other.reserve(1);
    expect(word(await other.exportHold(id, 4))).toBe('ExportDebited');
    expect(word(await one.release(id))).toBe('ReservationReleased');
    expect(word(await other.release(id))).toBe('reservation-closed');
    expect(word(await other.exportHold(id, 'all'))).toBe('reservation-closed');
    expect((await one.last())?.balanceMilliTpp).toMatchObject({ exported: 4 * unit, reserved: unit });
  });

  it('know what the other did to a reservation that they never held', async () => {
    const [one, other] = await two();
    const id = idOf(await one.reserve(10));
    await one.exportHold(id, 4);
    await one.release(id);
    // It takes all of that in at once, for this very command.
    expect(word(await other.reserve(1))).toBe('QuotaReserved');
    expect(word(await other.release(id))).toBe('reservation-closed');
    expect(word(await other.exportHold(id, 1))).toBe('reservation-closed');
  });

  it('file an export once', async () => {
    const [one, other] = await two();
    const id = idOf(await one.exportDirect(10));
    await other.reserve(1);
    const file = (by: MemoryLedger, itn: string): ReturnType<MemoryLedger['reserve']> => by.ledger.file(id, { itn }, by.caller());
    expect(decided(await file(one, 'X1'))).toMatchObject({ event: { type: 'ExportFiled' }, filed: { exportId: id, itn: null } });
    expect(word(await file(other, 'X2'))).toBe('itn-recorded');
    expect(word(await file(other, 'X1'))).toBe('nothing-to-change');
    expect(word(await file(one, 'X2'))).toBe('itn-recorded');
    expect((await one.last())?.balanceMilliTpp.exported).toBe((await one.events())[0]?.balanceMilliTpp.exported);
    expect(word(await other.ledger.reverse(id, { code: 'duplicate', reason: 'test' }, other.caller()))).toBe('ExportReversed');
    expect(word(await file(one, 'X1'))).toBe('already-reversed');
  });

  it('reverse an export once', async () => {
    const [one, other] = await two();
    const id = idOf(await one.exportDirect(10));
    await other.reserve(1);
    const reverse = (by: MemoryLedger): ReturnType<MemoryLedger['reserve']> => by.ledger.reverse(id, { code: 'duplicate', reason: 'test' }, by.caller());
    expect(word(await one.ledger.reverse(id, { code: 'duplicate', reason: 'test' }, one.caller()))).toBe('ExportReversed');
    expect(word(await reverse(other))).toBe('already-reversed');
    expect(word(await reverse(one))).toBe('already-reversed');
    expect((await one.last())?.balanceMilliTpp.exported).toBe(0);
  });

  it('get along where the index is ahead of what they have read of the line', async () => {
    const [one, other] = await two();
    const id = idOf(await one.reserve(2));
    await other.reserve(1);
    const items = [{ chip: 'nvidia-h100-sxm5', quantity: 15 }];
    decided(await one.ledger.amend(id, { items, expectedRevision: 0 }, one.caller()));
    await other.index.reach(other.store);
    expect(word(await other.release(id))).toBe('ReservationReleased');
    expect((await one.last())?.balanceMilliTpp.reserved).toBe(unit);
  });

  it('go on after one of them could not write', async () => {
    const [one, other] = await two();
    const id = idOf(await one.reserve(10));
    one.store.failNext('unavailable');
    expect(word(await one.reserve(1))).toBe('store-unavailable');
    expect(word(await other.reserve(1))).toBe('QuotaReserved');
    await other.index.reach(other.store);
    expect(word(await other.release(id))).toBe('ReservationReleased');
    expect(word(await one.release(id))).toBe('reservation-closed');
    expect(word(await one.exportHold(id, 1))).toBe('reservation-closed');
  });

  it('lapse a hold once', async () => {
    const [one, other] = await two();
    await one.reserve(1, { expiresAt: start + hourMs });
    await other.reserve(1, { expiresAt: start + hourMs });
    one.now = other.now = start + hourMs;
    await Promise.all([one.reserve(1), other.reserve(1), one.reserve(1), other.reserve(1)]);
    await Promise.all([one.reserve(1), other.reserve(1)]);
    expect((await one.types()).filter((type) => type === 'ReservationLapsed')).toHaveLength(2);
  });

  it('let go of a hold of the other that ran out, before they refuse for want of it', async () => {
    const [one, other] = await two();
    await other.reserve(1);
    await one.reserve(19, { expiresAt: start + hourMs });
    other.now = start + hourMs;
    expect(word(await other.reserve(19))).toBe('QuotaReserved');
    expect(await one.types()).toEqual(['QuotaReserved', 'QuotaReserved', 'ReservationLapsed', 'QuotaReserved']);
  });

  it('read a long history of the other in pages', async () => {
    const one = await MemoryLedger.shared({ rulebook: smallCaps({}, { AE: 5_000 }) });
    const other = await one.another();
    await other.reserve(1);
    const callers = Array.from({ length: 1_200 }, () => one.caller());
    await Promise.all(callers.map((caller) => one.reserve(1, {}, caller)));
    expect(decided(await other.reserve(1)).revision).toBe(1_201);
    expect(decided(await other.reserve(1, {}, callers[600])).replayed).toBe(true);
    expect(await one.types()).toHaveLength(1_202);
  });
});

describe('what the other instance just brought into being', () => {
  it('is found before anybody says that it does not exist', async () => {
    const [one, other] = await two();
    const hold = idOf(await one.reserve(2));
    const posted = idOf(await one.exportDirect(1));
    expect(word(await other.release(hold))).toBe('ReservationReleased');
    expect(word(await other.ledger.reverse(posted, { code: 'duplicate', reason: 'test' }, other.caller()))).toBe('ExportReversed');
    expect(word(await other.release('00000000-0000-5000-8000-000000000000'))).toBe('reservation-not-found');
  });

  it('is not said to be missing while the index is too far behind to know', async () => {
    const one = await MemoryLedger.shared();
    const other = await one.another({ indexReaches: () => Promise.resolve(false) });
    const hold = idOf(await one.reserve(2));
    const caller = other.caller();
    expect(word(await other.release(hold, caller))).toBe('busy');
    await other.index.reach(other.store);
    expect(word(await other.release(hold, caller))).toBe('ReservationReleased');
  });

  it('is changed in its newest version, whatever was read here before', async () => {
    const [one, other] = await two();
    const hold = idOf(await one.reserve(2));
    await other.index.reach(other.store);
    await other.reserve(1);
    decided(await one.ledger.amend(hold, { reference: 'PO-1', expectedRevision: 0 }, one.caller()));
    expect(decided(await other.ledger.amend(hold, { reference: 'PO-2', expectedRevision: 2 }, other.caller())).revision).toBe(3);
    expect(word(await one.ledger.amend(hold, { reference: 'PO-3', expectedRevision: 2 }, one.caller()))).toBe('version-mismatch');
  });
});

describe('holds of an instance that is gone', () => {
  it('lapse at the other one, once, when its views know them', async () => {
    const one = await MemoryLedger.shared();
    const others = [await one.another(), await one.another()];
    await one.reserve(2, { expiresAt: start + 50 });
    await one.ledger.close();
    for (const other of others) {
      await other.index.reach(other.store);
      other.now = start + hourMs;
      other.ledger.others.expiries(['country:AE', 'country:SA']);
    }
    await until(async () => (await one.types()).includes('ReservationLapsed'));
    for (const { ledger } of others) await ledger.close();
    expect(await one.types()).toEqual(['QuotaReserved', 'ReservationLapsed']);
  });

  it('lapse where the line is at hand already', async () => {
    const [one, other] = await two();
    await other.reserve(1);
    await one.reserve(2, { expiresAt: start + 50 });
    await one.ledger.close();
    await other.index.reach(other.store);
    other.now = start + hourMs;
    other.ledger.others.expiries(['country:AE']);
    await until(async () => (await one.types()).includes('ReservationLapsed'));
    await other.ledger.close();
  });

  it('lapse at their newest end, where an older state of the hold is at hand', async () => {
    const [one, other] = await two();
    const id = idOf(await one.reserve(2, { expiresAt: start + 24 * hourMs }));
    expect(word(await other.ledger.amend(id, { expiresAt: start - hourMs, expectedRevision: null }, other.caller()))).toBe('invalid-request');
    decided(await one.ledger.amend(id, { expiresAt: start + 50, expectedRevision: null }, one.caller()));
    await one.ledger.close();
    await other.index.reach(other.store);
    other.now = start + hourMs;
    other.ledger.others.expiries(['country:AE']);
    await until(async () => (await one.types()).includes('ReservationLapsed'));
    await other.ledger.close();
  });
});
