import { decodeEvent } from '../events/codec.js';
import type { LineChosen } from '../events/choice-event.js';
import type { Outcome } from '../requests/ledger-outcome.js';
import { falcon, forFalcon, lppOfFalcon as lpp, tenUnits } from '../testing/falcon.js';
import { dayMs, decided, hourMs, idOf, type MemoryLedger, settle, unit, until, word, instances, two } from '../testing/memory-ledger.js';
import { passTime, simulateTime } from '../testing/simulated-time.js';

const rulebook = tenUnits();
const toLines = (stream: string): boolean => stream.startsWith('quota-');
const lineOf = (outcome: Outcome): string => decided(outcome).line;

/** On which lines the log has the decision of this command. */
async function decisionsOf(memory: MemoryLedger, first: Outcome): Promise<readonly string[]> {
  const id = idOf(first);
  const all = (await memory.log()).filter(({ stream }) => stream.startsWith('quota-'));
  return all.filter(({ json }) => json.includes(`"reservationId":"${id}"`) || json.includes(`"exportId":"${id}"`)).map(({ stream }) => stream);
}

async function claimsOf(memory: MemoryLedger, first: Outcome): Promise<readonly string[]> {
  const claims = await memory.store.readStream(`choice-${idOf(first)}`, { limit: 100 });
  return claims.map(({ json }) => decodeEvent(json) as LineChosen).map(({ line, lineRevision }) => `${line}@${lineRevision}`);
}

describe('a request that names parties, on a log of two instances', () => {
  it('meets the lines as they are, whoever wrote on them last', async () => {
    const [one, other] = await two({ rulebook });
    await other.reserve(1, forFalcon);
    await one.reserve(8, forFalcon);
    const before = other.store.appends.length;
    const outcome = await other.reserve(2, forFalcon);
    expect(lineOf(outcome)).toBe('country:AE');
    // The claim and the reservation: nothing was tried in vain.
    expect(other.store.appends.slice(before).map(({ stream }) => stream)).toEqual([`choice-${idOf(outcome)}`, 'quota-country:AE']);
    expect(await claimsOf(one, outcome)).toEqual(['country:AE@-1']);
  });

  it('meets the register as it is', async () => {
    const [one, other] = await two({ rulebook });
    await other.reserve(1, forFalcon);
    await one.ledger.companies.registerCompany({ name: 'Falcon Group', headquarters: 'AE' }, one.caller());
    await one.ledger.companies.mergeCompanies('falcon-holding', { into: 'falcon-group', reason: 'test' }, one.caller());
    expect(lineOf(await other.reserve(1, forFalcon))).toBe('lpp:falcon-group:2026');
    expect(await other.ledger.determine({ destination: 'AE', exporter: 'acme', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], consignee: falcon })).toMatchObject({
      balanceAfter: { reserved: 3 * unit },
    });
  });

  it('is decided again where the line of the other filled up meanwhile, then elsewhere', async () => {
    const [one, other] = await two({ rulebook });
    await one.reserve(1, forFalcon);
    one.store.holdAppends(toLines);
    const late = one.reserve(5, forFalcon);
    await until(() => one.store.lastStream === `quota-${lpp}`);
    expect(lineOf(await other.reserve(6, forFalcon))).toBe(lpp);
    one.store.letAppendsGo();
    expect(lineOf(await late)).toBe('country:AE');
    expect(await claimsOf(one, await late)).toEqual([`${lpp}@0`, 'country:AE@-1']);
  });

  it('is chosen anew where the line went on, and goes where there is room by then', async () => {
    const [one, other] = await two({ rulebook });
    const full = await other.reserve(10, forFalcon);
    one.store.holdAppends(toLines);
    const late = one.reserve(5, forFalcon);
    await until(() => one.store.lastStream === 'quota-country:AE');
    await other.release(idOf(full));
    await other.reserve(1);
    one.store.letAppendsGo();
    expect(lineOf(await late)).toBe(lpp);
    expect(await claimsOf(one, await late)).toEqual(['country:AE@-1', `${lpp}@1`]);
  });

  it('takes nothing down beside it when its claim is refused', async () => {
    const [one, other] = await two({ rulebook });
    const caller = one.caller();
    const first = await one.reserve(2, forFalcon, caller);
    const outcomes = await Promise.all([other.reserve(3, forFalcon), other.reserve(2, forFalcon, caller), other.reserve(3, forFalcon)]);
    expect(outcomes.map(lineOf)).toEqual([lpp, lpp, lpp]);
    expect(outcomes[1]).toEqual({ ...first, replayed: true });
    expect((await one.last())?.balanceMilliTpp.reserved).toBe(8 * unit);
  });

  it('leaves no claim where it is refused by no line, or decided without parties', async () => {
    const [one] = await two({ rulebook });
    await one.reserve(1);
    await one.reserve(1, { consignee: { ...falcon, country: 'nowhere' } });
    expect((await one.log()).filter(({ stream }) => stream.startsWith('choice-'))).toEqual([]);
  });

  it('answers from its event, never from its claim', async () => {
    const [one, other] = await two({ rulebook });
    const caller = one.caller();
    const first = await one.exportDirect(2, forFalcon, caller);
    await other.index.reach(other.store);
    expect(await other.exportDirect(2, forFalcon, caller)).toEqual({ ...first, replayed: true });
    expect(word(await other.exportDirect(2, forFalcon, other.caller(caller.idempotencyKey, 'another body')))).toBe('idempotency-key-reused');
  });
});

describe('the same command at two instances is decided once', () => {
  it('where both judge at once, whatever they know', async () => {
    const [one, other] = await two({ rulebook });
    await one.reserve(7, forFalcon);
    for (let n = 0; n < 20; n += 1) {
      const caller = one.caller();
      const ask = (instance: MemoryLedger) => instance.reserve(1 + (n % 3), forFalcon, caller);
      const [first, second] = await Promise.all([ask(one), ask(other)]);
      expect(decided(first).event).toEqual(decided(second).event);
      expect(await decisionsOf(one, first)).toHaveLength(1);
      if (n % 4 === 3) await (n % 8 === 3 ? one : other).release(idOf(first));
    }
  });

  it('where one stopped between claim and append, and the line has room', async () => {
    const [one, other] = await two({ rulebook });
    const caller = one.caller();
    one.store.holdAppends(toLines);
    const stopped = one.reserve(5, forFalcon, caller);
    await until(() => one.store.lastStream === `quota-${lpp}`);
    const second = await other.reserve(5, forFalcon, caller);
    expect([lineOf(second), decided(second).replayed]).toEqual([lpp, false]);
    one.store.letAppendsGo();
    expect(await stopped).toEqual({ ...second, replayed: true });
    expect(await decisionsOf(one, second)).toEqual([`quota-${lpp}`]);
    expect(await claimsOf(one, second)).toEqual([`${lpp}@-1`]);
  });

  it('where the line of the attempt went on without it: elsewhere, and the one that stopped finds that', async () => {
    const [one, other] = await two({ rulebook });
    const caller = one.caller();
    one.store.holdAppends(toLines);
    const stopped = one.reserve(5, forFalcon, caller);
    await until(() => one.store.lastStream === `quota-${lpp}`);
    expect(lineOf(await other.reserve(8, forFalcon))).toBe(lpp);
    const second = await other.reserve(5, forFalcon, caller);
    expect([lineOf(second), decided(second).replayed]).toEqual(['country:AE', false]);
    one.store.letAppendsGo();
    expect(await stopped).toEqual({ ...second, replayed: true });
    expect(await decisionsOf(one, second)).toEqual(['quota-country:AE']);
  });

  it('where another line would be chosen by now: on that of the attempt, once it is as good as given up', async () => {
    const [one, other] = await two({ rulebook });
    const full = await other.reserve(10, forFalcon);
    const caller = one.caller();
    one.store.holdAppends(toLines);
    const stopped = one.reserve(5, forFalcon, caller);
    await until(() => one.store.lastStream === 'quota-country:AE');
    await other.release(idOf(full));
    const second = await other.reserve(5, forFalcon, caller);
    expect([lineOf(second), decided(second).replayed]).toEqual(['country:AE', false]);
    one.store.letAppendsGo();
    expect(await stopped).toEqual({ ...second, replayed: true });
    expect(await decisionsOf(one, second)).toEqual(['quota-country:AE']);
    // A new one goes where there is room.
    expect(lineOf(await other.reserve(5, forFalcon))).toBe(lpp);
  });

  it('where the append could not be made: by whoever is asked next', async () => {
    for (const next of [0, 1]) {
      const both = await two({ rulebook });
      const [one] = both;
      await one.reserve(1, forFalcon);
      const caller = one.caller();
      one.store.failFrom('quota-', 'unavailable');
      expect(word(await one.reserve(5, forFalcon, caller))).toBe('store-unavailable');
      const outcome = await (both[next] as MemoryLedger).reserve(5, forFalcon, caller);
      expect([lineOf(outcome), decided(outcome).replayed]).toEqual([lpp, false]);
      expect(await decisionsOf(one, outcome)).toHaveLength(1);
    }
  });

  it('where the request does not lead to the line of an abandoned attempt any more: that line refuses it, for good', async () => {
    const [one, other] = await two({ rulebook });
    const caller = one.caller();
    one.now = other.now = Date.parse('2026-12-31T23:59:50.000Z');
    one.store.holdAppends(toLines);
    const stopped = one.reserve(5, forFalcon, caller);
    await until(() => one.store.lastStream === `quota-${lpp}`);
    other.now += 20_000;
    const refused = await other.reserve(5, forFalcon, caller);
    expect(lineOf(refused)).toBe(lpp);
    expect(decided(refused).event).toMatchObject({
      type: 'ReservationRefused', code: 'route-not-applicable', route: 'lpp', reasons: [{ code: 'earlier-attempt-abandoned' }],
    });
    expect(await other.reserve(5, forFalcon, caller)).toEqual({ ...refused, replayed: true });
    one.store.letAppendsGo();
    expect(await stopped).toEqual({ ...refused, replayed: true });
    expect(await decisionsOf(one, refused)).toEqual([`quota-${lpp}`]);
    expect(lineOf(await other.reserve(5, forFalcon))).toBe('lpp:falcon-holding:2027');
  });

  it('where the request leads nowhere by the time an attempt is given up: it is told so', async () => {
    const [one, other] = await two({ rulebook });
    const caller = one.caller();
    one.now = other.now = Date.parse('2026-12-31T23:59:50.000Z');
    one.store.failFrom('quota-', 'unavailable');
    const request = { consignee: falcon, expiresAt: one.now + hourMs };
    expect(word(await one.reserve(5, request, caller))).toBe('store-unavailable');
    other.now += 20_000;
    const asked = other.reserve(5, request, caller);
    await until(() => other.store.appends.length > 0);
    other.now += dayMs;
    expect(word(await asked)).toBe('invalid-request');
    expect(await one.types()).toEqual([]);
  });

  it('where the claim could not be made: nothing is recorded, and the key is free', async () => {
    const [one, other] = await two({ rulebook });
    await one.reserve(1, forFalcon);
    const caller = one.caller();
    one.store.failFrom('choice-', 'unavailable');
    const [failed, beside] = await Promise.all([one.reserve(5, forFalcon, caller), one.reserve(1)]);
    expect([word(failed), word(beside)]).toEqual(['store-unavailable', 'QuotaReserved']);
    expect(lineOf(await other.reserve(5, forFalcon, caller))).toBe(lpp);
  });

  it('by three of them, in the middle of others', async () => {
    const all = await instances(3, { rulebook });
    const [one] = all as [MemoryLedger];
    for (let round = 0; round < 10; round += 1) {
      const caller = one.caller();
      const asked = all.flatMap((instance) => [instance.reserve(2, forFalcon), instance.exportDirect(1, forFalcon, caller), instance.reserve(1)]);
      const outcomes = await Promise.all(asked);
      const same = outcomes.filter((_, n) => n % 3 === 1);
      expect(new Set(same.map(lineOf)).size).toBe(1);
      expect(same.filter((outcome) => !decided(outcome).replayed)).toHaveLength(1);
      expect(await decisionsOf(one, same[0] as Outcome)).toHaveLength(1);
    }
    const used = (await one.events()).filter(({ counts }) => counts.openReservations > 0).map(({ balanceMilliTpp }) => balanceMilliTpp);
    expect(Math.max(...used.filter(({ allocation }) => allocation === 10 * unit).map(({ exported, reserved }) => exported + reserved))).toBe(10 * unit);
  });
});

describe('the same command at two instances, where the outcome at one is unknown', () => {
  simulateTime();

  it('is not decided before that is known, and then it is found', async () => {
    const [one, other] = await two({ rulebook });
    await one.reserve(1, forFalcon);
    const caller = one.caller();
    one.store.holdAppends(toLines);
    const inDoubt = one.reserve(5, forFalcon, caller);
    expect(word(await passTime(inDoubt))).toBe('store-unavailable');
    expect(await one.reserve(5, forFalcon, caller)).toMatchObject({ detail: expect.stringContaining('may have been recorded') as string });
    one.store.letAppendsGo();
    await settle();
    const outcome = await other.reserve(5, forFalcon, caller);
    expect(decided(outcome).replayed).toBe(true);
    expect(await one.reserve(5, forFalcon, caller)).toEqual(outcome);
    expect(await decisionsOf(one, outcome)).toEqual([`quota-${lpp}`]);
  });
});
