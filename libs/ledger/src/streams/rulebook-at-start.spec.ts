import { RulebookInvalid, type CompiledRulebook } from '#rulebook';
import type { EventStore } from '../event-store/event-store.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import { decodeEvent } from '../events/codec.js';
import type { RulebookAdopted } from '../events/rulebook-event.js';
import { MemoryLedger, smallCaps, start, word } from '../testing/memory-ledger.js';
import { appendOnce } from '../appending/append-once.js';
import { adoptionOf } from './rulebook-adoption.js';
import { OtherRulebookInForce, rulebookAtStart } from './rulebook-at-start.js';

const old = smallCaps({ version: 'old' });
const builtIn = smallCaps({ version: 'of-this-build' });
const newer = smallCaps({ version: 'newer' });
const clock = (): number => start;

/** A log that adopted these, in order. */
async function logWith(...adopted: readonly CompiledRulebook[]): Promise<MemoryEventStore> {
  const store = new MemoryEventStore();
  for (const each of adopted) {
    const adoption = adoptionOf(each, { at: start, principal: 'system', identity: null });
    await appendOnce<RulebookAdopted>({ store, stream: 'rulebook', draft: () => adoption });
  }
  return store;
}

const adoptedIn = async (store: EventStore): Promise<readonly string[]> =>
  (await store.readStream('rulebook', { limit: 100 })).map(({ json }) => (decodeEvent(json) as RulebookAdopted).document.version);

describe('the rulebook of a process that starts', () => {
  it.each([
    ['the built-in one', undefined, 'of-this-build'],
    ['the one that is named', old, 'old'],
  ])('is, on an empty log, %s, which is adopted', async (_, named, version) => {
    const store = await logWith();
    expect(await rulebookAtStart(store, { named, builtIn }, clock)).toMatchObject({ rulebook: { reference: { version } }, position: 1 });
    expect(await adoptedIn(store)).toEqual([version]);
  });

  it.each([
    ['another one than the build brings along', [old]],
    ['one that took the place of the built-in one', [builtIn, newer]],
    ['the built-in one', [old, builtIn]],
  ])('is the one in force where that is %s, and nothing is recorded', async (_, adopted) => {
    const store = await logWith(...adopted);
    const inForce = adopted.at(-1);
    for (const named of [undefined, inForce]) {
      const { rulebook, position } = await rulebookAtStart(store, { named, builtIn }, clock);
      expect([rulebook.hash, position]).toEqual([inForce?.hash, adopted.length]);
    }
    expect(await adoptedIn(store)).toHaveLength(adopted.length);
  });

  it('is never another one than the one in force: a start that names it is refused with both hashes', async () => {
    const store = await logWith(builtIn, newer);
    for (const named of [old, builtIn]) {
      const refused = await rulebookAtStart(store, { named, builtIn }, clock).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(OtherRulebookInForce);
      expect(refused).toMatchObject({ inForce: newer.reference, named: named.reference });
    }
    expect(await adoptedIn(store)).toEqual(['of-this-build', 'newer']);
  });

  it('is that of the first of several processes that start together on an empty log', async () => {
    const store = await logWith();
    const starts = [old, newer].map((named) => rulebookAtStart(store, { named, builtIn }, clock));
    const results = await Promise.allSettled(starts);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await adoptedIn(store)).toEqual(['old']);
  });

  it('cannot be one of a newer build that this one does not understand', async () => {
    const strange = { hash: 'x', document: { ...newer.document, routes: 'of another kind' } } as unknown as CompiledRulebook;
    await expect(rulebookAtStart(await logWith(builtIn, strange), { named: undefined, builtIn }, clock)).rejects.toThrow(RulebookInvalid);
  });
});

describe('a ledger whose rulebook another process replaces', () => {
  it('decides nothing more, and says so once', async () => {
    const told: string[] = [];
    const memory = await MemoryLedger.shared({ rulebook: old, onSuperseded: (message) => told.push(message) });
    const other = await memory.another({ rulebook: newer });
    const [first, second] = await memory.log();
    memory.ledger.rulebookAdopted({ hash: old.hash, position: first?.position ?? 0 });
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
    const adopted = { hash: newer.hash, position: second?.position ?? 0 };
    memory.ledger.rulebookAdopted(adopted);
    memory.ledger.rulebookAdopted(adopted);
    expect(await memory.reserve(1)).toMatchObject({ code: 'store-unavailable', detail: expect.stringContaining(newer.hash) as string });
    expect(told).toEqual([expect.stringContaining('small-caps old') as string]);
    other.ledger.rulebookAdopted({ hash: old.hash, position: first?.position ?? 0 });
    expect(word(await other.reserve(1))).toBe('QuotaReserved');
  });

  it('finds that on a line, before its views tell it; of one that it replaced itself it thinks nothing', async () => {
    const told: string[] = [];
    const memory = await MemoryLedger.shared({ rulebook: old, onSuperseded: (message) => told.push(message) });
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
    const other = await memory.another({ rulebook: newer });
    expect(word(await memory.reserve(1))).toBe('QuotaReserved');
    expect(word(await other.reserve(1))).toBe('QuotaReserved');
    const log = (await memory.log()).length;
    for (let n = 0; n < 2; n += 1) {
      expect(await memory.reserve(1)).toMatchObject({ code: 'store-unavailable', detail: expect.stringContaining(newer.hash) as string });
    }
    expect(await memory.log()).toHaveLength(log);
    expect(told).toHaveLength(1);
    expect(word(await other.reserve(1))).toBe('QuotaReserved');
  });
});
