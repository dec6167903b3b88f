import { builtInRulebook, type MilliTpp } from '#rulebook';
import { StoreUnavailable, type AppendResult } from '../event-store/event-store.js';
import type { NewEvent, Revision } from '../events/stored-event.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import type { CompanyOutcome } from './companies.js';
import { ownedBy } from '../testing/falcon.js';
import { decided, MemoryLedger, settle, unit, WatchedStore, word } from '../testing/memory-ledger.js';

const rulebook = builtInRulebook();
const reason = 'one company';


/** A shipment that asks for LPP. */
const underLpp = (parent: string, headquarters?: string) => ({ ...ownedBy(parent, headquarters), route: 'lpp' }) as const;

async function registered(memory: MemoryLedger): Promise<readonly string[]> {
  return (await memory.log()).filter(({ type }) => type === 'CompanyRegistered').map(({ json }) => (JSON.parse(json) as { companyId: string }).companyId);
}

/** A store that takes nothing on lines while it is cut off. */
class CutStore extends WatchedStore {
  isCut = false;

  override append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<AppendResult> {
    if (this.isCut && stream.startsWith('quota-')) return Promise.reject(new StoreUnavailable('The disk is gone.'));
    return super.append(stream, expected, events);
  }
}

/** A store that lets appends to lines wait at a door. */
class DoorStore extends WatchedStore {
  #door: Promise<void> = Promise.resolve();
  letLinesGo: () => void = () => undefined;

  holdLines(): void {
    this.#door = new Promise((resolve) => (this.letLinesGo = resolve));
  }

  override async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<AppendResult> {
    if (stream.startsWith('quota-')) await this.#door;
    return super.append(stream, expected, events);
  }
}

/** The lines that the views would know. */
async function reconcile(memory: MemoryLedger, ...lines: readonly string[]): Promise<void> {
  const known = await Promise.all(lines.map(async (line) => ({ line, balance: (await memory.last(line))?.balanceMilliTpp })));
  await memory.ledger.reconcileLines(known.flatMap(({ line, balance }) => (balance ? [{ line, balance }] : [])));
}

describe('two instances that meet a new parent', () => {
  it('register it once, and count on one line', async () => {
    const one = await MemoryLedger.open({ rulebook });
    const other = await one.another();
    const all = await Promise.all([one, other, one, other].map((each) => each.reserve(1, underLpp('Falcon Holding'))));
    expect(all.map(word)).toEqual(Array(4).fill('QuotaReserved'));
    expect(await registered(one)).toEqual(['falcon-holding']);
    expect((await one.last('lpp:falcon-holding:2026'))?.balanceMilliTpp.reserved).toBe(4 * unit);
  });

  it('with other headquarters, refuse the one that comes second', async () => {
    const one = await MemoryLedger.open({ rulebook });
    const other = await one.another();
    expect(word(await one.reserve(1, underLpp('Falcon', 'AE')))).toBe('QuotaReserved');
    expect(word(await other.reserve(1, underLpp('Falcon', 'FR')))).toBe('contradictory-facts');
    expect(await registered(one)).toEqual(['falcon']);
    expect((await one.last('lpp:falcon:2026'))?.balanceMilliTpp.reserved).toBe(unit);
  });
});

describe('a parent that was registered without headquarters', () => {
  it('gets those of the first shipment that states them, and others contradict from then on', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    await memory.ledger.companies.registerCompany({ name: 'Falcon' }, memory.caller());
    expect(word(await memory.reserve(1, underLpp('Falcon', 'FR')))).toBe('QuotaReserved');
    expect(memory.ledger.companies.company('falcon')).toMatchObject({ headquarters: 'FR' });
    expect(word(await memory.reserve(1, underLpp('Falcon', 'AE')))).toBe('contradictory-facts');
  });
});

describe('what is rejected', () => {
  it('registers nobody: an unknown chip, a missing key', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    expect(word(await memory.reserve(1, { ...underLpp('Falcon'), items: [{ chip: 'nope', quantity: 1 }] }))).toBe('unknown-chip');
    expect(word(await memory.reserve(1, underLpp('Falcon'), memory.caller(null)))).toBe('idempotency-key-missing');
    expect(await registered(memory)).toEqual([]);
  });
});

describe('a merger', () => {
  async function withTwoLines(store = new WatchedStore(new MemoryEventStore())): Promise<MemoryLedger> {
    const memory = await MemoryLedger.open({ rulebook }, store);
    await memory.reserve(2, underLpp('Falcon'));
    await memory.reserve(3, underLpp('Falcn'));
    return memory;
  }

  it('is answered when the survivor\'s line counts what the other has', async () => {
    const memory = await withTwoLines();
    const outcome = await memory.ledger.companies.mergeCompanies('falcn', { into: 'falcon', reason }, memory.caller());
    expect(outcome).toMatchObject({ decided: true, event: { type: 'CompaniesMerged' } });
    expect(await memory.last('lpp:falcon:2026')).toMatchObject({ type: 'AmountsTakenOver', balanceMilliTpp: { reserved: 5 * unit } });
    expect(await memory.last('lpp:falcn:2026')).toMatchObject({ type: 'LineClosed', into: 'lpp:falcon:2026' });
    expect(decided(await memory.reserve(1, underLpp('Falcn'))).line).toBe('lpp:falcon:2026');
  });

  type Completion = (memory: MemoryLedger, merge: () => Promise<unknown>) => Promise<void>;

  it.each<[string, Completion]>([
    ['the same request', async (_, merge) => expect(await merge()).toMatchObject({ decided: true, replayed: true })],
    ['a start', async (memory) => {
      await memory.restart();
      await reconcile(memory, 'lpp:falcn:2026', 'lpp:falcon:2026');
    }],
  ])('that stopped between the register and the lines is completed by %s', async (_, complete) => {
    const store = new CutStore(new MemoryEventStore());
    const memory = await withTwoLines(store);
    const caller = memory.caller();
    store.isCut = true;
    const merge = () => memory.ledger.companies.mergeCompanies('falcn', { into: 'falcon', reason }, caller);
    expect(await merge()).toMatchObject({ decided: false, code: 'store-unavailable' });
    expect(memory.ledger.companies.lookup({ name: 'Falcn' })).toMatchObject({ id: 'falcon' });
    store.isCut = false;
    await complete(memory, merge);
    expect((await memory.last('lpp:falcon:2026'))?.balanceMilliTpp.reserved).toBe(5 * unit);
  });

  it('lets shipments of that moment wait, and none draws on what the other has taken', async () => {
    const memory = await withTwoLines();
    const merging = memory.ledger.companies.mergeCompanies('falcn', { into: 'falcon', reason }, memory.caller());
    const all = await Promise.all([merging, memory.reserve(1, underLpp('Falcn')), memory.reserve(1, underLpp('Falcon'))]);
    expect(all.map((outcome) => outcome.decided)).toEqual([true, true, true]);
    expect((await memory.last('lpp:falcon:2026'))?.balanceMilliTpp.reserved).toBe(7 * unit);
  });
});

describe('a declared total of a validated end user that is amended', () => {
  const consignee = { name: 'Atelier', country: 'AE', headquarters: 'FR' };
  const line = 'uveu:atelier';

  /** 100 units in all, of which the Emirates may have 7; one of these is held. */
  async function declared(store?: WatchedStore): Promise<MemoryLedger> {
    const memory = await MemoryLedger.open({ rulebook }, store);
    const { companies } = memory.ledger;
    await companies.registerCompany({ name: 'Atelier', headquarters: 'FR' }, memory.caller());
    await amended(memory, 100);
    await companies.grantAuthorisation({ kind: 'uveu', companyId: 'atelier', reason }, memory.caller());
    expect(decided(await memory.reserve(1, { consignee, route: 'uveu' })).line).toBe(line);
    return memory;
  }

  function amended(memory: MemoryLedger, units: number): Promise<CompanyOutcome> {
    return memory.ledger.companies.amendCompany('atelier', { declaredMilliTpp: (units * unit) as MilliTpp, reason }, memory.caller());
  }

  const newest = async (memory: MemoryLedger, count: number) => (await memory.log()).slice(-count).map(({ type }) => type);

  it('moves the shares at once', async () => {
    const memory = await declared();
    await amended(memory, 50);
    expect(await memory.last(line)).toMatchObject({ shares: { 'country:AE': { limitMilliTpp: 3.5 * unit } } });
  });

  it('lets shipments of that moment wait, and none is decided under the former one', async () => {
    const memory = await declared();
    const [, late] = await Promise.all([amended(memory, 50), memory.reserve(6, { consignee, route: 'uveu' })]);
    expect(word(late)).toBe('insufficient-quota');
    expect(await newest(memory, 3)).toEqual(['CompanyAmended', 'AllocationSet', 'ReservationRefused']);
  });

  it('waits for what is decided under the former one and not yet written', async () => {
    const store = new DoorStore(new MemoryEventStore());
    const memory = await declared(store);
    store.holdLines();
    const early = memory.reserve(6, { consignee, route: 'uveu' });
    await settle();
    const amending = amended(memory, 50);
    await settle();
    store.letLinesGo();
    expect([word(await early), (await amending).decided]).toEqual(['QuotaReserved', true]);
    expect(await newest(memory, 3)).toEqual(['QuotaReserved', 'CompanyAmended', 'AllocationSet']);
  });
});
