import { builtInRulebook } from '#rulebook';
import { StoreUnavailable, type AppendResult } from '../event-store/event-store.js';
import type { NewEvent, Revision } from '../events/stored-event.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import { ownedBy } from '../testing/falcon.js';
import { decided, idOf, MemoryLedger, unit, until, WatchedStore, word } from '../testing/memory-ledger.js';

const rulebook = builtInRulebook();
/** What LPP lets a parent have in a year. */
const limit = Math.floor(26_900_000_000 / unit);
const reason = 'one company';
const former = 'lpp:falcn:2026';
const survivor = 'lpp:falcon:2026';


/** A store that takes nothing in streams whose names begin so. */
class CutStore extends WatchedStore {
  cut: string | undefined;

  override append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<AppendResult> {
    if (this.cut !== undefined && stream.startsWith(this.cut)) return Promise.reject(new StoreUnavailable('The disk is full.'));
    return super.append(stream, expected, events);
  }
}

const reservedOn = async (memory: MemoryLedger, line: string): Promise<number> => ((await memory.last(line))?.balanceMilliTpp.reserved ?? 0) / unit;

interface HalfMerged {
  readonly memory: MemoryLedger;
  readonly store: CutStore;
  /** Holds on the line of the former company and on that of the one that goes on. */
  readonly holds: readonly string[];
}

/** Falcn has 1,200 of 1,699 units, Falcon 100; the register knows that they are one. */
async function halfMerged(cut: string): Promise<HalfMerged> {
  const store = new CutStore(new MemoryEventStore());
  const memory = await MemoryLedger.open({ rulebook }, store);
  const holds = [await memory.reserve(1_200, ownedBy('Falcn')), await memory.reserve(100, ownedBy('Falcon'))].map(idOf);
  store.cut = cut;
  const outcome = await memory.ledger.companies.mergeCompanies('falcn', { into: 'falcon', reason }, memory.caller());
  expect(outcome).toMatchObject({ decided: false, code: 'store-unavailable' });
  expect(memory.ledger.companies.lookup({ name: 'Falcn' })).toMatchObject({ id: 'falcon' });
  return { memory, store, holds };
}

describe.each([
  ['closing the former line', `quota-${former}`],
  ['taking over what it has', `quota-${survivor}`],
])('a merger that stopped at %s', (_, cut) => {
  it('lets nobody draw on the lines of both, and records nothing', async () => {
    const { memory, store, holds } = await halfMerged(cut);
    const before = (await memory.log()).length;
    for (const parent of ['Falcn', 'Falcon']) {
      expect(word(await memory.reserve(1_000, ownedBy(parent)))).toBe('store-unavailable');
      expect(word(await memory.reserve(1, { ...ownedBy(parent), route: 'lpp' }))).toBe('store-unavailable');
      expect(word(await memory.exportDirect(1, ownedBy(parent)))).toBe('store-unavailable');
      const asked = { destination: 'AE', exporter: 'acme', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], ...ownedBy(parent) };
      expect(await memory.ledger.determine(asked)).toMatchObject({ code: 'store-unavailable' });
    }
    const items = [{ chip: 'nvidia-h100-sxm5', quantity: 1_300 }];
    for (const id of holds) expect(word(await memory.ledger.amend(id, { items, expectedRevision: null }, memory.caller()))).toBe('store-unavailable');
    expect((await memory.log()).length).toBe(before);
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
    expect(word(await memory.reserve(1, ownedBy('Orion')))).toBe('QuotaReserved');
    store.cut = undefined;
  });

  it('is finished once the store takes it, asked for by nobody, and the limit is one', async () => {
    const { memory, store } = await halfMerged(cut);
    const caller = memory.caller();
    expect(word(await memory.reserve(1_000, ownedBy('Falcon'), caller))).toBe('store-unavailable');
    store.cut = undefined;
    await until(async () => (await reservedOn(memory, survivor)) === 1_300);
    await until(() => memory.reserve(1_000, ownedBy('Falcon'), caller).then((outcome) => outcome.decided));
    expect(decided(await memory.reserve(1_000, ownedBy('Falcon'), caller))).toMatchObject({ line: 'country:AE', replayed: true });
    expect(word(await memory.reserve(limit - 1_299, { ...ownedBy('Falcn'), route: 'lpp' }))).toBe('insufficient-quota');
    expect(decided(await memory.reserve(limit - 1_300, { ...ownedBy('Falcn'), route: 'lpp' })).line).toBe(survivor);
  });

  it('holds up the company that both became later, which counts all in the end', async () => {
    const { memory, store } = await halfMerged(cut);
    await memory.ledger.companies.registerCompany({ name: 'Aquila', headquarters: 'AE' }, memory.caller());
    await memory.reserve(50, ownedBy('Aquila'));
    store.cut = `quota-${former}`;
    await memory.ledger.companies.mergeCompanies('falcon', { into: 'aquila', reason }, memory.caller());
    if (cut === store.cut) expect(word(await memory.reserve(1_000, ownedBy('Aquila')))).toBe('store-unavailable');
    store.cut = undefined;
    const all = 'lpp:aquila:2026';
    await until(async () => (await reservedOn(memory, all)) === 1_350);
    await until(() => memory.reserve(1, { ...ownedBy('Falcn'), route: 'lpp' }).then((outcome) => outcome.decided));
    expect(await memory.last(all)).toMatchObject({ type: 'QuotaReserved', balanceMilliTpp: { reserved: 1_351 * unit } });
  });

  it('is finished by a start, which does without while the store takes nothing', async () => {
    const { memory, store } = await halfMerged(cut);
    await memory.restart();
    const known = [former, survivor].map(async (line) => ({ line, balance: (await memory.last(line))?.balanceMilliTpp }));
    await memory.ledger.reconcileLines((await Promise.all(known)).flatMap(({ line, balance }) => (balance ? [{ line, balance }] : [])));
    expect(word(await memory.reserve(1_000, ownedBy('Falcon')))).toBe('store-unavailable');
    store.cut = undefined;
    await until(async () => (await reservedOn(memory, survivor)) === 1_300);
  });
});

describe('a merger that another instance recorded', () => {
  it('is finished here as soon as it is known, and shipments wait for it', async () => {
    const store = new CutStore(new MemoryEventStore());
    const one = await MemoryLedger.open({ rulebook }, store);
    await one.reserve(1_200, ownedBy('Falcn'));
    await one.reserve(100, ownedBy('Falcon'));
    const other = await one.another();
    store.cut = 'quota-lpp';
    await one.ledger.companies.mergeCompanies('falcn', { into: 'falcon', reason }, one.caller());
    await one.ledger.close();
    store.cut = undefined;
    const recorded = (await one.log()).at(-1);
    expect(recorded?.type).toBe('CompaniesMerged');
    await other.ledger.companies.reach(recorded?.position ?? 0);
    expect(decided(await other.reserve(1_000, ownedBy('Falcn'))).line).toBe('country:AE');
    expect(await reservedOn(other, survivor)).toBe(1_300);
  });

  it('is finished here when a view knows that the register moved, asked for by nobody, once the register can be read', async () => {
    const store = new CutStore(new MemoryEventStore([], { isShared: true }));
    const one = await MemoryLedger.open({ rulebook }, store);
    await one.reserve(1_200, ownedBy('Falcn'));
    await one.reserve(100, ownedBy('Falcon'));
    const other = await one.another();
    store.cut = 'quota-lpp';
    await one.ledger.companies.mergeCompanies('falcn', { into: 'falcon', reason }, one.caller());
    await one.ledger.close();
    store.cut = undefined;
    const read = store.readStream.bind(store);
    store.readStream = () => {
      store.readStream = read;
      return Promise.reject(new StoreUnavailable('gone for a moment'));
    };
    other.ledger.others.inRegister((await one.log()).at(-1)?.position ?? 0);
    await until(() => store.readStream === read);
    await until(async () => (await reservedOn(other, survivor)) === 1_300);
    await other.ledger.close();
  });
});
