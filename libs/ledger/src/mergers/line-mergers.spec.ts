import { builtInRulebook } from '#rulebook';
import { StoreUnavailable } from '../event-store/event-store.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import type { LineEvent } from '../events/line-event.js';
import { authorised, FakeCompanies } from '../testing/fake-companies.js';
import { ownedBy } from '../testing/falcon.js';
import { dayMs, decided, idOf, MemoryLedger, settle, start, unit, until, word } from '../testing/memory-ledger.js';

const rulebook = builtInRulebook();
const lppLimit = 26_900_000_000;
const fits = Math.floor(lppLimit / unit);

const former = 'lpp:falcon:2026';
const survivor = 'lpp:falcon-holding:2026';

async function merged(): Promise<{ memory: MemoryLedger; companies: FakeCompanies; hold: string }> {
  const companies = new FakeCompanies().add('Falcon').add('Falcon Holding');
  const memory = await MemoryLedger.open({ rulebook, companies });
  const hold = idOf(await memory.reserve(500, { ...ownedBy('Falcon'), expiresAt: start + dayMs }));
  await memory.exportDirect(200, ownedBy('Falcon'));
  await memory.reserve(100, ownedBy('Falcon Holding'));
  companies.merge('falcon', 'falcon-holding');
  await memory.mergeLines('falcon', 'falcon-holding', 'one company');
  return { memory, companies, hold };
}

describe('companies that are merged', () => {
  it('have one limit: what the former one received counts on the line of the survivor', async () => {
    const { memory } = await merged();
    expect(await memory.last(former)).toMatchObject({ type: 'LineClosed', into: survivor });
    expect(await memory.last(survivor)).toMatchObject({
      type: 'AmountsTakenOver',
      balanceMilliTpp: { allocation: lppLimit, exported: 200 * unit, reserved: 600 * unit },
    });
    const left = fits - 800;
    expect(decided(await memory.reserve(left + 1, ownedBy('Falcon'))).line).toBe('country:AE');
    expect(decided(await memory.reserve(left, ownedBy('Falcon'))).line).toBe(survivor);
  });

  it('let holds of the former line go on, and the survivor is told whenever it moves', async () => {
    const { memory, hold } = await merged();
    expect(decided(await memory.exportHold(hold, 100)).line).toBe(former);
    await until(async () => (await memory.last(survivor))?.balanceMilliTpp.exported === 300 * unit);
    memory.now = start + dayMs;
    expect(decided(await memory.reserve(1, { exporter: 'acme' })).line).toBe('country:AE');
    await memory.ledger.close();
    await memory.restart();
    await until(async () => (await memory.last(survivor))?.balanceMilliTpp.reserved === 100 * unit);
    expect(await memory.last(former)).toMatchObject({ type: 'ReservationLapsed', closedInto: survivor });
  });

  it('are merged again without any effect', async () => {
    const { memory, companies } = await merged();
    const before = (await memory.log()).length;
    await memory.mergeLines('falcon', 'falcon-holding', 'one company');
    await memory.ledger.reconcileLines([{ line: former, balance: balanceOf(await memory.last(former)) }]);
    expect((await memory.log()).length).toBe(before);
    expect(companies.lookup({ name: 'Falcon' })?.id).toBe('falcon-holding');
  });

  it('are finished at the next start if a crash came in between', async () => {
    const companies = new FakeCompanies().add('Falcon').add('Falcon Holding');
    const memory = await MemoryLedger.open({ rulebook, companies });
    await memory.reserve(500, ownedBy('Falcon'));
    companies.merge('falcon', 'falcon-holding');
    await memory.restart();
    await memory.ledger.reconcileLines([{ line: former, balance: balanceOf(await memory.last(former)) }]);
    expect(await memory.last(survivor)).toMatchObject({ type: 'AmountsTakenOver', fromLine: former, balanceMilliTpp: { reserved: 500 * unit } });
  });

  it('may be merged in a chain, and nothing is counted twice', async () => {
    const { memory, companies, hold } = await merged();
    companies.add('Falcon Group').merge('falcon-holding', 'falcon-group');
    await memory.mergeLines('falcon-holding', 'falcon-group', 'one company');
    await memory.ledger.reconcileLines([former, survivor].map((line) => ({ line, balance: balanceOf(undefined) })));
    const last = 'lpp:falcon-group:2026';
    expect(await memory.last(last)).toMatchObject({ balanceMilliTpp: { exported: 200 * unit, reserved: 600 * unit } });
    await memory.release(hold);
    await until(async () => (await memory.last(last))?.balanceMilliTpp.reserved === 100 * unit);
  });

  it('send a request that waits on the former line to that of the survivor', async () => {
    const companies = new FakeCompanies().add('Falcon').add('Falcon Holding');
    const memory = await MemoryLedger.open({ rulebook, companies });
    await memory.reserve(1, ownedBy('Falcon'));
    memory.store.holdAppends();
    const first = memory.reserve(1, ownedBy('Falcon'));
    await settle();
    companies.merge('falcon', 'falcon-holding');
    const merging = memory.mergeLines('falcon', 'falcon-holding', 'one company');
    const named = memory.reserve(1, { ...ownedBy('Falcon'), route: 'lpp' });
    const free = memory.reserve(1, ownedBy('Falcon'));
    await settle();
    memory.store.letAppendsGo();
    await merging;
    expect((await Promise.all([first, named, free])).map((outcome) => decided(outcome).line)).toEqual([former, survivor, survivor]);
  });

  it('bring the shares and the installed base along', async () => {
    const companies = new FakeCompanies()
      .add('Nordic', { headquarters: 'NO', tpp: (1000 * unit) / 1000, authorisations: [authorised('uveu'), authorised('nveu', 'SA')] })
      .add('Nordic Group', { headquarters: 'NO', tpp: (2000 * unit) / 1000, authorisations: [authorised('uveu')] });
    const memory = await MemoryLedger.open({ rulebook, companies });
    const consignee = { name: 'Nordic', country: 'AE', headquarters: 'NO' };
    await memory.reserve(70, { consignee });
    await memory.exportDirect(5, { consignee: { ...consignee, country: 'SA', headquarters: 'NO' }, destination: 'SA', route: 'nveu' });
    companies.merge('nordic', 'nordic-group');
    await memory.mergeLines('nordic', 'nordic-group', 'one company');
    expect(await memory.last('uveu:nordic-group')).toMatchObject({
      type: 'AmountsTakenOver',
      shares: { 'country:AE': { limitMilliTpp: 140 * unit, reserved: 70 * unit }, 'outside-partners': { limitMilliTpp: 500 * unit } },
    });
    expect(await memory.last('nveu:nordic-group:SA')).toMatchObject({ balanceMilliTpp: { exported: 5 * unit } });
    expect(word(await memory.reserve(71, { consignee, route: 'uveu' }))).toBe('insufficient-quota');
    expect(word(await memory.reserve(70, { consignee, route: 'uveu' }))).toBe('QuotaReserved');
  });

  it('count what moved on the former line where the instance that moved it told nobody, once a view knows', async () => {
    const companies = new FakeCompanies().add('Falcon').add('Falcon Holding');
    const log = new MemoryEventStore([], { isShared: true });
    const one = await MemoryLedger.open({ rulebook, companies }, log);
    const other = await MemoryLedger.open({ rulebook, companies }, log);
    const hold = idOf(await one.reserve(500, ownedBy('Falcon')));
    companies.merge('falcon', 'falcon-holding');
    await one.mergeLines('falcon', 'falcon-holding', 'one company');
    one.store.holdAppends((stream) => stream === `quota-${survivor}`);
    expect(word(await one.release(hold))).toBe('ReservationReleased');
    expect((await other.last(survivor))?.balanceMilliTpp.reserved).toBe(500 * unit);
    other.ledger.others.onClosedLine(former);
    await until(async () => (await other.last(survivor))?.balanceMilliTpp.reserved === 0);
    const before = (await other.log()).length;
    one.store.letAppendsGo();
    await Promise.all([one.ledger.close(), other.ledger.close()]);
    expect((await other.log()).length).toBe(before);
  });

  it('keep nobody waiting for a read of each line that they might have, one after another', async () => {
    const { memory } = await merged();
    const read = memory.store.readStream.bind(memory.store);
    let underWay = 0;
    const atOnce: number[] = [];
    memory.store.readStream = async (...asked) => {
      atOnce.push((underWay += 1));
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return read(...asked);
    };
    await memory.mergeLines('falcon', 'falcon-holding', 'one company');
    expect(atOnce.length).toBeGreaterThan(200);
    expect(Math.max(...atOnce)).toBe(32);
  });

  it('tell the survivor once the store is back', async () => {
    const { memory, hold } = await merged();
    const append = memory.store.append.bind(memory.store);
    let failures = 1;
    memory.store.append = (stream, ...rest) => {
      if (stream !== `quota-${survivor}` || failures === 0) return append(stream, ...rest);
      failures -= 1;
      return Promise.reject(new StoreUnavailable('gone for a moment'));
    };
    expect(word(await memory.exportHold(hold, 100))).toBe('ExportDebited');
    await settle();
    expect([failures, (await memory.last(survivor))?.balanceMilliTpp.exported]).toEqual([0, 200 * unit]);
    await until(async () => (await memory.last(survivor))?.balanceMilliTpp.exported === 300 * unit);
  });
});

function balanceOf(event: LineEvent | undefined): LineEvent['balanceMilliTpp'] {
  return event?.balanceMilliTpp ?? { allocation: null, exported: 0 as never, reserved: 0 as never };
}
