import { builtInRulebook, loadRulebook, type CompiledRulebook, type Consignee, type Rulebook } from '#rulebook';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import { decodeEvent } from '../events/codec.js';
import type { LineChosen } from '../events/choice-event.js';
import type { Outcome } from '../requests/ledger-outcome.js';
import { dayMs, decided, hourMs, idOf, MemoryLedger, settle, unit, until, word } from '../testing/memory-ledger.js';
import { passTime, simulateTime } from '../testing/simulated-time.js';

const lpp = 'lpp:falcon-holding:2026';
const parent = { name: 'Falcon Holding', country: 'AE', headquarters: 'AE' };
const consignee: Consignee = { name: 'Falcon Cloud', country: 'AE', headquarters: 'AE', ultimateParent: parent };

/** LPP permits ten H100s a year. */
function tenUnits(): CompiledRulebook {
  const document = structuredClone(builtInRulebook().document) as { -readonly [Member in keyof Rulebook]: Rulebook[Member] };
  const parameters = (document.routes?.lpp as { parameters: Record<string, { value: number }> }).parameters;
  (parameters['perYearTpp'] as { value: number }).value = (10 * unit) / 1000;
  return loadRulebook({ ...document, id: 'ten-units' });
}
const rulebook = tenUnits();

/** Instances over one log, each with a door of its own to it; their indexes know only what there was at their start. */
async function instances(count: number): Promise<readonly MemoryLedger[]> {
  const inner = new MemoryEventStore([], { isShared: true });
  const all: MemoryLedger[] = [];
  while (all.length < count) all.push(await MemoryLedger.open({ rulebook }, inner));
  return all;
}

async function two(): Promise<readonly [MemoryLedger, MemoryLedger]> {
  return (await instances(2)) as unknown as readonly [MemoryLedger, MemoryLedger];
}

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
    const [one, other] = await two();
    await other.reserve(1, { consignee });
    await one.reserve(8, { consignee });
    const before = other.store.appends.length;
    const outcome = await other.reserve(2, { consignee });
    expect(lineOf(outcome)).toBe('country:AE');
    // The claim and the reservation: nothing was tried in vain.
    expect(other.store.appends.slice(before).map(({ stream }) => stream)).toEqual([`choice-${idOf(outcome)}`, 'quota-country:AE']);
    expect(await claimsOf(one, outcome)).toEqual(['country:AE@-1']);
  });

  it('meets the register as it is', async () => {
    const [one, other] = await two();
    await other.reserve(1, { consignee });
    await one.ledger.companies.registerCompany({ name: 'Falcon Group', headquarters: 'AE' }, one.caller());
    await one.ledger.companies.mergeCompanies('falcon-holding', { into: 'falcon-group', reason: 'test' }, one.caller());
    expect(lineOf(await other.reserve(1, { consignee }))).toBe('lpp:falcon-group:2026');
    expect(await other.ledger.determine({ destination: 'AE', exporter: 'acme', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], consignee })).toMatchObject({
      balanceAfter: { reserved: 3 * unit },
    });
  });

  it('is decided again where the line of the other filled up meanwhile, then elsewhere', async () => {
    const [one, other] = await two();
    await one.reserve(1, { consignee });
    one.store.holdAppends(toLines);
    const late = one.reserve(5, { consignee });
    await until(() => one.store.appends.at(-1)?.stream === `quota-${lpp}`);
    expect(lineOf(await other.reserve(6, { consignee }))).toBe(lpp);
    one.store.letAppendsGo();
    expect(lineOf(await late)).toBe('country:AE');
    expect(await claimsOf(one, await late)).toEqual([`${lpp}@0`, 'country:AE@-1']);
  });

  it('is chosen anew where the line went on, and goes where there is room by then', async () => {
    const [one, other] = await two();
    const full = await other.reserve(10, { consignee });
    one.store.holdAppends(toLines);
    const late = one.reserve(5, { consignee });
    await until(() => one.store.appends.at(-1)?.stream === 'quota-country:AE');
    await other.release(idOf(full));
    await other.reserve(1);
    one.store.letAppendsGo();
    expect(lineOf(await late)).toBe(lpp);
    expect(await claimsOf(one, await late)).toEqual(['country:AE@-1', `${lpp}@1`]);
  });

  it('takes nothing down beside it when its claim is refused', async () => {
    const [one, other] = await two();
    const caller = one.caller();
    const first = await one.reserve(2, { consignee }, caller);
    const outcomes = await Promise.all([other.reserve(3, { consignee }), other.reserve(2, { consignee }, caller), other.reserve(3, { consignee })]);
    expect(outcomes.map(lineOf)).toEqual([lpp, lpp, lpp]);
    expect(outcomes[1]).toEqual({ ...first, replayed: true });
    expect((await one.events()).at(-1)?.balanceMilliTpp.reserved).toBe(8 * unit);
  });

  it('leaves no claim where it is refused by no line, or decided without parties', async () => {
    const [one] = await two();
    await one.reserve(1);
    await one.reserve(1, { consignee: { ...consignee, country: 'nowhere' } });
    expect((await one.log()).filter(({ stream }) => stream.startsWith('choice-'))).toEqual([]);
  });

  it('answers from its event, never from its claim', async () => {
    const [one, other] = await two();
    const caller = one.caller();
    const first = await one.exportDirect(2, { consignee }, caller);
    await other.index.reach(other.store);
    expect(await other.exportDirect(2, { consignee }, caller)).toEqual({ ...first, replayed: true });
    expect(word(await other.exportDirect(2, { consignee }, other.caller(caller.idempotencyKey, 'another body')))).toBe('idempotency-key-reused');
  });
});

describe('the same command at two instances is decided once', () => {
  it('where both judge at once, whatever they know', async () => {
    const [one, other] = await two();
    await one.reserve(7, { consignee });
    for (let n = 0; n < 20; n += 1) {
      const caller = one.caller();
      const ask = (instance: MemoryLedger) => instance.reserve(1 + (n % 3), { consignee }, caller);
      const [first, second] = await Promise.all([ask(one), ask(other)]);
      expect(decided(first).event).toEqual(decided(second).event);
      expect(await decisionsOf(one, first)).toHaveLength(1);
      if (n % 4 === 3) await (n % 8 === 3 ? one : other).release(idOf(first));
    }
  });

  it('where one stopped between claim and append, and the line has room', async () => {
    const [one, other] = await two();
    const caller = one.caller();
    one.store.holdAppends(toLines);
    const stopped = one.reserve(5, { consignee }, caller);
    await until(() => one.store.appends.at(-1)?.stream === `quota-${lpp}`);
    const second = await other.reserve(5, { consignee }, caller);
    expect([lineOf(second), decided(second).replayed]).toEqual([lpp, false]);
    one.store.letAppendsGo();
    expect(await stopped).toEqual({ ...second, replayed: true });
    expect(await decisionsOf(one, second)).toEqual([`quota-${lpp}`]);
    expect(await claimsOf(one, second)).toEqual([`${lpp}@-1`]);
  });

  it('where the line of the attempt went on without it: elsewhere, and the one that stopped finds that', async () => {
    const [one, other] = await two();
    const caller = one.caller();
    one.store.holdAppends(toLines);
    const stopped = one.reserve(5, { consignee }, caller);
    await until(() => one.store.appends.at(-1)?.stream === `quota-${lpp}`);
    expect(lineOf(await other.reserve(8, { consignee }))).toBe(lpp);
    const second = await other.reserve(5, { consignee }, caller);
    expect([lineOf(second), decided(second).replayed]).toEqual(['country:AE', false]);
    one.store.letAppendsGo();
    expect(await stopped).toEqual({ ...second, replayed: true });
    expect(await decisionsOf(one, second)).toEqual(['quota-country:AE']);
  });

  it('where another line would be chosen by now: on that of the attempt, once it is as good as given up', async () => {
    const [one, other] = await two();
    const full = await other.reserve(10, { consignee });
    const caller = one.caller();
    one.store.holdAppends(toLines);
    const stopped = one.reserve(5, { consignee }, caller);
    await until(() => one.store.appends.at(-1)?.stream === 'quota-country:AE');
    await other.release(idOf(full));
    const second = await other.reserve(5, { consignee }, caller);
    expect([lineOf(second), decided(second).replayed]).toEqual(['country:AE', false]);
    one.store.letAppendsGo();
    expect(await stopped).toEqual({ ...second, replayed: true });
    expect(await decisionsOf(one, second)).toEqual(['quota-country:AE']);
    // A new one goes where there is room.
    expect(lineOf(await other.reserve(5, { consignee }))).toBe(lpp);
  });

  it('where the append could not be made: by whoever is asked next', async () => {
    for (const next of [0, 1]) {
      const both = await two();
      const [one] = both;
      await one.reserve(1, { consignee });
      const caller = one.caller();
      one.store.failFrom('quota-', 'unavailable');
      expect(word(await one.reserve(5, { consignee }, caller))).toBe('store-unavailable');
      const outcome = await (both[next] as MemoryLedger).reserve(5, { consignee }, caller);
      expect([lineOf(outcome), decided(outcome).replayed]).toEqual([lpp, false]);
      expect(await decisionsOf(one, outcome)).toHaveLength(1);
    }
  });

  it('where the request does not lead to the line of an abandoned attempt any more: that line refuses it, for good', async () => {
    const [one, other] = await two();
    const caller = one.caller();
    one.now = other.now = Date.parse('2026-12-31T23:59:50.000Z');
    one.store.holdAppends(toLines);
    const stopped = one.reserve(5, { consignee }, caller);
    await until(() => one.store.appends.at(-1)?.stream === `quota-${lpp}`);
    other.now += 20_000;
    const refused = await other.reserve(5, { consignee }, caller);
    expect(lineOf(refused)).toBe(lpp);
    expect(decided(refused).event).toMatchObject({
      type: 'ReservationRefused', code: 'route-not-applicable', route: 'lpp', reasons: [{ code: 'earlier-attempt-abandoned' }],
    });
    expect(await other.reserve(5, { consignee }, caller)).toEqual({ ...refused, replayed: true });
    one.store.letAppendsGo();
    expect(await stopped).toEqual({ ...refused, replayed: true });
    expect(await decisionsOf(one, refused)).toEqual([`quota-${lpp}`]);
    expect(lineOf(await other.reserve(5, { consignee }))).toBe('lpp:falcon-holding:2027');
  });

  it('where the request leads nowhere by the time an attempt is given up: it is told so', async () => {
    const [one, other] = await two();
    const caller = one.caller();
    one.now = other.now = Date.parse('2026-12-31T23:59:50.000Z');
    one.store.failFrom('quota-', 'unavailable');
    const request = { consignee, expiresAt: one.now + hourMs };
    expect(word(await one.reserve(5, request, caller))).toBe('store-unavailable');
    other.now += 20_000;
    const asked = other.reserve(5, request, caller);
    await until(() => other.store.appends.length > 0);
    other.now += dayMs;
    expect(word(await asked)).toBe('invalid-request');
    expect(await one.types()).toEqual([]);
  });

  it('where the claim could not be made: nothing is recorded, and the key is free', async () => {
    const [one, other] = await two();
    await one.reserve(1, { consignee });
    const caller = one.caller();
    one.store.failFrom('choice-', 'unavailable');
    const [failed, beside] = await Promise.all([one.reserve(5, { consignee }, caller), one.reserve(1)]);
    expect([word(failed), word(beside)]).toEqual(['store-unavailable', 'QuotaReserved']);
    expect(lineOf(await other.reserve(5, { consignee }, caller))).toBe(lpp);
  });

  it('by three of them, in the middle of others', async () => {
    const all = await instances(3);
    const [one] = all as [MemoryLedger];
    for (let round = 0; round < 10; round += 1) {
      const caller = one.caller();
      const asked = all.flatMap((instance) => [instance.reserve(2, { consignee }), instance.exportDirect(1, { consignee }, caller), instance.reserve(1)]);
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
    const [one, other] = await two();
    await one.reserve(1, { consignee });
    const caller = one.caller();
    one.store.holdAppends(toLines);
    const inDoubt = one.reserve(5, { consignee }, caller);
    expect(word(await passTime(inDoubt))).toBe('store-unavailable');
    expect(await one.reserve(5, { consignee }, caller)).toMatchObject({ detail: expect.stringContaining('may have been recorded') as string });
    one.store.letAppendsGo();
    await settle();
    const outcome = await other.reserve(5, { consignee }, caller);
    expect(decided(outcome).replayed).toBe(true);
    expect(await one.reserve(5, { consignee }, caller)).toEqual(outcome);
    expect(await decisionsOf(one, outcome)).toEqual([`quota-${lpp}`]);
  });
});
