import { builtInRulebook, loadRulebook, type Consignee, type MilliTpp } from '#rulebook';
import { StoreUnavailable, type AppendResult } from '../event-store/event-store.js';
import type { NewEvent, Revision } from '../events/stored-event.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import type { LineEvent } from '../events/line-event.js';
import { movesOf } from '../line/also-counts.js';
import { quotaStreamOf } from '../line/streams.js';
import type { ReserveRequest } from '../requests/ledger-request.js';
import type { Outcome } from '../requests/ledger-outcome.js';
import { dayMs, decided, hourMs, idOf, MemoryLedger, start, unit, until, WatchedStore, word } from '../testing/memory-ledger.js';

const rulebook = builtInRulebook();
const reason = 'test';
const line = 'uveu:atelier';
const atelier: Consignee = { name: 'Atelier', country: 'AE', headquarters: 'FR' };
/** A company of the Emirates whose ultimate parent is Atelier. */
const branch: Consignee = { name: 'Falcon Cloud', country: 'AE', headquarters: 'AE', ultimateParent: { name: 'Atelier', headquarters: 'FR' } };

/** Takes nothing in streams of these names while it is cut. */
class CutStore extends WatchedStore {
  cut: string | undefined;

  override append(stream: string, expected: Revision, events: readonly NewEvent[], onDurable?: () => void): Promise<AppendResult> {
    if (this.cut !== undefined && stream.startsWith(this.cut)) return Promise.reject(new StoreUnavailable('The disk is full.'));
    return super.append(stream, expected, events, onDurable);
  }
}

/** Atelier, a UVEU that declares 100 units in all: 25 outside of partner countries, 7 in any one of them. */
async function open(store?: WatchedStore, under = rulebook): Promise<MemoryLedger> {
  const memory = await MemoryLedger.open({ rulebook: under }, store);
  const { companies } = memory.ledger;
  await companies.registerCompany({ name: 'Atelier', headquarters: 'FR' }, memory.caller());
  await companies.amendCompany('atelier', { declaredMilliTpp: (100 * unit) as MilliTpp, reason }, memory.caller());
  await companies.grantAuthorisation({ kind: 'uveu', companyId: 'atelier', from: 0, reason }, memory.caller());
  return memory;
}

const licence: Partial<ReserveRequest> = { consignee: atelier, route: 'licence' };
const byItself: Partial<ReserveRequest> = { consignee: atelier, route: 'uveu' };

async function eventsOn(memory: MemoryLedger, of: string): Promise<readonly LineEvent[]> {
  return (await memory.store.readStream(quotaStreamOf(of), { limit: 10_000 })).map(({ json }) => JSON.parse(json) as LineEvent);
}

/** Units exported and reserved in a share of Atelier's line. */
async function used(memory: MemoryLedger, scope = 'country:AE'): Promise<readonly number[]> {
  const share = (await memory.last(line))?.shares?.[scope];
  return [(share?.exported ?? 0) / unit, (share?.reserved ?? 0) / unit];
}

describe('a shipment to a UVEU by another route', () => {
  it('counts in its shares, from the hold to its export, and no longer once that is reversed', async () => {
    const memory = await open();
    const hold = idOf(await memory.reserve(5, licence));
    expect(await used(memory)).toEqual([0, 5]);
    expect(await used(memory, 'outside-partners')).toEqual([0, 5]);
    const left = decided(await memory.exportHold(hold, 2)).event as { readonly exportId: string };
    expect(await used(memory)).toEqual([2, 3]);
    await memory.ledger.amend(hold, { items: [{ chip: 'nvidia-h100-sxm5', quantity: 6 }], expectedRevision: null }, memory.caller());
    expect(await used(memory)).toEqual([2, 4]);
    await memory.release(hold);
    expect(await used(memory)).toEqual([2, 0]);
    await memory.ledger.reverse(left.exportId, { code: 'returned', reason }, memory.caller());
    expect(await used(memory)).toEqual([0, 0]);
    const counted = (await eventsOn(memory, line)).filter(({ type }) => type === 'ShipmentCounted');
    expect(counted).toHaveLength(5);
    expect(counted[0]).toMatchObject({ principal: 'system', fromLine: 'country:AE', fromRevision: 0, shipmentId: hold, destination: 'AE', commandId: expect.any(String) as string });
  });

  it('may pass a share, and leaves nothing of it', async () => {
    const memory = await open();
    expect(word(await memory.reserve(10, licence))).toBe('QuotaReserved');
    expect(await used(memory)).toEqual([0, 10]);
    expect(decided(await memory.reserve(1, byItself)).event).toMatchObject({ code: 'insufficient-quota', availableMilliTpp: 0 });
  });

  const licensed = { consignee: branch, route: 'licence' } as const;
  it.each<[string, (memory: MemoryLedger) => Promise<Outcome>, readonly number[]]>([
    ['to a company whose ultimate parent it is', (memory) => memory.reserve(3, licensed), [0, 3]],
    ['under LPP', (memory) => memory.reserve(3, { consignee: branch, route: 'lpp' }), [0, 3]],
    ['as a direct export', (memory) => memory.exportDirect(3, licensed), [3, 0]],
  ])('counts %s', async (_, send, counted) => {
    const memory = await open();
    expect(decided(await send(memory)).line).not.toBe(line);
    expect(await used(memory, 'country:AE')).toEqual(counted);
  });

  it('counts under AIA, in no share of a company from a partner country and in that outside of the United States for one from there', async () => {
    const memory = await open();
    const aia = { destination: 'DE', route: 'aia', consignee: { ...atelier, country: 'DE' }, facts: { customersOutsideD5: true } } as const;
    await memory.reserve(3, aia);
    const last = (await memory.last(line));
    expect([last?.type, last?.balanceMilliTpp.reserved]).toEqual(['ShipmentCounted', 3 * unit]);
    await memory.ledger.companies.amendCompany('atelier', { headquarters: 'US', reason }, memory.caller());
    await memory.reserve(2, { ...aia, consignee: { name: 'Atelier', country: 'DE', headquarters: 'US' } });
    expect(await used(memory, 'outside-home')).toEqual([0, 5]);
  });

  it('is undone when its hold lapses', async () => {
    const memory = await open();
    await memory.reserve(5, { ...licence, expiresAt: start + hourMs });
    memory.now = start + 2 * hourMs;
    await memory.reserve(1, { ...licence, expiresAt: start + dayMs });
    await until(async () => (await used(memory))[1] === 1);
  });

  it('counts once, however often it is told', async () => {
    const memory = await open();
    const { line: from, revision } = decided(await memory.reserve(5, licence));
    await Promise.all([1, 2, 3].map(() => memory.ledger.countShipments([{ line: from, revision }])));
    expect(await used(memory)).toEqual([0, 5]);
  });

  it('counts what leaves of a hold from before the authorisation', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    const { companies } = memory.ledger;
    const hold = idOf(await memory.reserve(5, licence));
    await companies.registerCompany({ name: 'Atelier', headquarters: 'FR' }, memory.caller());
    await companies.amendCompany('atelier', { declaredMilliTpp: (100 * unit) as MilliTpp, reason }, memory.caller());
    await companies.grantAuthorisation({ kind: 'uveu', companyId: 'atelier', from: 0, reason }, memory.caller());
    await memory.exportHold(hold, 2);
    expect(await used(memory)).toEqual([2, 0]);
  });

  it('goes on to the survivor of a merger', async () => {
    const memory = await open();
    const hold = idOf(await memory.reserve(5, licence));
    const { companies } = memory.ledger;
    await companies.registerCompany({ name: 'Atelier Nord', headquarters: 'FR' }, memory.caller());
    await companies.mergeCompanies('atelier', { into: 'atelier-nord', reason }, memory.caller());
    await memory.exportHold(hold, 2);
    const survivor = async () => (await memory.last('uveu:atelier-nord'))?.shares?.['country:AE'];
    await until(async () => (await survivor())?.exported === 2 * unit);
    expect(await survivor()).toMatchObject({ exported: 2 * unit, reserved: 3 * unit });
  });

  it('counts nothing under a rulebook that does not say so', async () => {
    const { document } = rulebook;
    const { uveuCounts: _, nveuCounts: __, uveuSharesBind: ___, ...readings } = document.policy.readings;
    const memory = await open(undefined, loadRulebook({ ...document, policy: { ...document.policy, readings } }));
    const outcome = decided(await memory.reserve(5, licence));
    expect(movesOf(outcome.event)).toEqual([]);
    expect(await eventsOn(memory, line)).toEqual([]);
  });
});

describe('a crash between the shipment and its count', () => {
  it.each<[string, (memory: MemoryLedger, event: { readonly line: string; readonly revision: number }) => Promise<void>]>([
    ['a start', async (memory, event) => {
      await memory.restart();
      await memory.ledger.countShipments([event]);
    }],
    ['itself', async () => undefined],
  ])('is made good by %s', async (_, makeGood) => {
    const store = new CutStore(new MemoryEventStore());
    const memory = await open(store);
    store.cut = quotaStreamOf(line);
    const { line: from, revision } = decided(await memory.reserve(5, licence));
    expect(await eventsOn(memory, line)).toEqual([]);
    store.cut = undefined;
    await makeGood(memory, { line: from, revision });
    await until(async () => (await used(memory))[1] === 5);
    expect(await eventsOn(memory, line)).toHaveLength(1);
  });
});

describe('what a company declares to have from elsewhere', () => {
  const declare = (memory: MemoryLedger, units: Readonly<Record<string, number>>) =>
    memory.ledger.companies.amendCompany(
      'atelier',
      { declaredElsewhere: Object.fromEntries(Object.entries(units).map(([country, each]) => [country, (each * unit) as MilliTpp])), reason },
      memory.caller(),
    );

  it('counts in the shares of each country, but for the home country, until it declares something else', async () => {
    const memory = await open();
    await declare(memory, { AE: 4, IN: 2, JP: 10, US: 30 });
    expect([await used(memory), await used(memory, 'country:IN'), await used(memory, 'outside-partners')]).toEqual([[4, 0], [2, 0], [6, 0]]);
    expect((await memory.last(line))).toMatchObject({ type: 'HoldingsDeclared', balanceMilliTpp: { exported: 16 * unit } });
    expect(word(await memory.reserve(4, byItself))).toBe('insufficient-quota');
    expect(word(await memory.reserve(3, byItself))).toBe('QuotaReserved');
    await declare(memory, { AE: 1 });
    expect([await used(memory), await used(memory, 'outside-partners')]).toEqual([[1, 3], [1, 3]]);
    await declare(memory, { AE: 0 });
    const last = (await memory.last(line));
    expect([await used(memory), last?.declared]).toEqual([[0, 3], undefined]);
    expect(await declare(memory, {})).toMatchObject({ code: 'nothing-to-change' });
  });

  it('is not more than all that it has', async () => {
    const memory = await open();
    expect(await declare(memory, { AE: 60, IN: 41 })).toMatchObject({ decided: false, errors: [{ pointer: '/declaredElsewhere' }] });
  });

  it('counts from the authorisation on where it was declared before', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    const { companies } = memory.ledger;
    await companies.registerCompany({ name: 'Atelier', headquarters: 'FR' }, memory.caller());
    await declare(memory, { AE: 4 });
    expect(await eventsOn(memory, line)).toEqual([]);
    await companies.grantAuthorisation({ kind: 'uveu', companyId: 'atelier', reason }, memory.caller());
    expect(await used(memory)).toEqual([4, 0]);
  });

  it('is the survivor\'s to declare after a merger, and counted once', async () => {
    const memory = await open();
    await declare(memory, { AE: 4 });
    await memory.reserve(1, licence);
    const { companies } = memory.ledger;
    await companies.registerCompany({ name: 'Atelier Nord', headquarters: 'FR' }, memory.caller());
    await companies.mergeCompanies('atelier', { into: 'atelier-nord', reason }, memory.caller());
    const survivor = async () => (await memory.last('uveu:atelier-nord'));
    await until(async () => (await survivor())?.declared !== undefined);
    expect((await survivor())?.shares?.['country:AE']).toMatchObject({ exported: 4 * unit, reserved: unit });
  });

  it('counts under an authorisation that a merger brings, where the former company had no line', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    const { companies } = memory.ledger;
    await companies.registerCompany({ name: 'Falcon', headquarters: 'AE' }, memory.caller());
    await companies.registerCompany({ name: 'Falcon Cloud', headquarters: 'AE' }, memory.caller());
    await companies.grantAuthorisation({ kind: 'nveu', companyId: 'falcon', country: 'AE', from: 0, reason }, memory.caller());
    await companies.amendCompany('falcon-cloud', { declaredElsewhere: { AE: (4 * unit) as MilliTpp }, reason }, memory.caller());
    await companies.mergeCompanies('falcon', { into: 'falcon-cloud', reason }, memory.caller());
    expect((await memory.last('nveu:falcon-cloud:AE'))?.balanceMilliTpp.exported).toBe(4 * unit);
  });
});

describe('the installed base of an NVEU', () => {
  const base = 'nveu:falcon-cloud:AE';
  const falcon: Consignee = { name: 'Falcon Cloud', country: 'AE', headquarters: 'AE' };

  it('counts what comes by licence and what is declared in the country, and gives attrition of it back', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    const { companies } = memory.ledger;
    await companies.registerCompany({ name: 'Falcon Cloud', headquarters: 'AE' }, memory.caller());
    await companies.grantAuthorisation({ kind: 'nveu', companyId: 'falcon-cloud', country: 'AE', from: 0, reason }, memory.caller());
    const elsewhere = { AE: (4 * unit) as MilliTpp, IN: (9 * unit) as MilliTpp };
    await companies.amendCompany('falcon-cloud', { declaredElsewhere: elsewhere, reason }, memory.caller());
    const posted = decided(await memory.exportDirect(5, { consignee: falcon, route: 'licence' })).event as { readonly exportId: string };
    const exported = async () => ((await memory.last(base))?.balanceMilliTpp.exported ?? 0) / unit;
    expect(await exported()).toBe(9);
    const lost = { milliTpp: (2 * unit) as MilliTpp, cause: 'failure', occurredAt: start - hourMs, reason } as const;
    expect(word(await memory.ledger.recordAttrition(base, lost, memory.caller()))).toBe('AttritionRecorded');
    await memory.ledger.reverse(posted.exportId, { code: 'misreported', reason }, memory.caller());
    // What attrition gave back is not given back again.
    expect(await exported()).toBe(4);
  });
});

describe('shares that are only measured on the reporting dates', () => {
  const reading = (value: string) => {
    const { document } = rulebook;
    const { readings } = document.policy;
    return loadRulebook({ ...document, policy: { ...document.policy, readings: { ...readings, uveuSharesBind: { ...readings.uveuSharesBind, value } as never } } });
  };

  it.each([
    ['always', 'insufficient-quota'],
    ['outside-home-on-reporting-dates', 'insufficient-quota'],
    ['on-reporting-dates', 'QuotaReserved'],
  ])('under %s: what passes 7 %% comes to %s', async (value, outcome) => {
    const memory = await open(undefined, reading(value));
    expect(word(await memory.reserve(8, byItself))).toBe(outcome);
  });

  it.each([
    ['always', 'insufficient-quota'],
    ['outside-home-on-reporting-dates', 'QuotaReserved'],
    ['on-reporting-dates', 'QuotaReserved'],
  ])('under %s: what passes 50 %% outside of the United States comes to %s', async (value, outcome) => {
    const memory = await open(undefined, reading(value));
    await memory.ledger.companies.amendCompany('atelier', { headquarters: 'US', reason }, memory.caller());
    const consignee = { name: 'Atelier', country: 'JP', headquarters: 'US' };
    expect(word(await memory.reserve(51, { destination: 'JP', consignee, route: 'uveu' }))).toBe(outcome);
  });
});
