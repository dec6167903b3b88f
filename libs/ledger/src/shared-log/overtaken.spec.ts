import { milliTpp } from '#rulebook';
import { decided, idOf, type MemoryLedger, unit, word, two } from '../testing/memory-ledger.js';

describe('the total that a company declares', () => {
  it('is not taken back by an instance that has not heard of it', async () => {
    const [one, other] = await two();
    const { companies } = one.ledger;
    const declare = (units: number) => companies.amendCompany('nordic', { declaredMilliTpp: milliTpp(units * unit), reason: 'test' }, one.caller());
    await companies.registerCompany({ name: 'Nordic', headquarters: 'NO' }, one.caller());
    await companies.grantAuthorisation({ kind: 'uveu', companyId: 'nordic', from: 0, reason: 'test' }, one.caller());
    await declare(100);
    const hold = await other.reserve(5, { destination: 'IN', consignee: { name: 'Nordic', country: 'IN', headquarters: 'NO' } });
    expect(decided(hold).line).toBe('uveu:nordic');
    await declare(200);
    expect(word(await other.release(idOf(hold)))).toBe('ReservationReleased');
    expect(await one.types()).toEqual(['QuotaReserved', 'AllocationSet', 'ReservationReleased']);
  });
});

describe('a command that another instance decided, and that the index learns of only after it was let in', () => {
  /** The index catches up in the very moment in which the stream is read. */
  function followsOnRead(memory: MemoryLedger, stream: string): void {
    const { store, index } = memory;
    const read = store.readStream.bind(store);
    store.readStream = async (name, range) => {
      if (name === stream) await index.reach(store);
      return read(name, range);
    };
  }

  it('is not decided again: on a line, in the register, for weights', async () => {
    const [one, other] = await two();
    const caller = one.caller();
    const first = await one.reserve(2, {}, caller);
    followsOnRead(other, 'quota-country:AE');
    expect(await other.reserve(2, {}, caller)).toEqual({ ...first, replayed: true });

    const registering = one.caller();
    const registered = await one.ledger.companies.registerCompany({ name: 'Eagle' }, registering);
    followsOnRead(other, 'companies');
    expect(await other.ledger.companies.registerCompany({ name: 'Eagle' }, registering)).toEqual({ ...registered, replayed: true });
  });

  it('is not passed over where it changed a reservation that is at hand', async () => {
    const [one, other] = await two();
    const hold = idOf(await one.reserve(2));
    await other.index.reach(other.store);
    decided(await one.ledger.amend(hold, { reference: 'PO-1', expectedRevision: 0 }, one.caller()));
    followsOnRead(other, 'quota-country:AE');
    expect(decided(await other.release(hold)).event).toMatchObject({ type: 'ReservationReleased', reservationRevision: 1 });
  });

  it('is given its first answer even where it would be rejected by now', async () => {
    const [one, other] = await two();
    const caller = one.caller();
    const first = await one.reserve(2, { expiresAt: one.now + 1_000 }, caller);
    const { now } = other;
    other.now += 2_000;
    expect(await other.reserve(2, { expiresAt: now + 1_000 }, caller)).toEqual({ ...first, replayed: true });
    expect(word(await other.reserve(2, { expiresAt: now + 1_000 }))).toBe('invalid-request');
  });

  it('is not taken for one whose place only looks like its own', async () => {
    const [one, other] = await two();
    const find = other.index.findCommands.bind(other.index);
    let isAfterAdmission = false;
    other.index.findCommands = (ids) => (isAfterAdmission ? ids.map(() => [1]) : find(ids));
    const read = other.store.readStream.bind(other.store);
    other.store.readStream = (name, range) => {
      isAfterAdmission = true;
      return read(name, range);
    };
    expect(word(await other.reserve(2))).toBe('QuotaReserved');
    expect(await one.types()).toEqual(['QuotaReserved']);
  });
});
