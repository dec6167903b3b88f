import { fromTpp } from '#rulebook';
import { StoreUnavailable } from '../event-store/event-store.js';
import { authorised, FakeCompanies } from '../testing/fake-companies.js';
import { falcon, forFalcon, lppOfFalcon as lpp, tenUnits } from '../testing/falcon.js';
import { dayMs, decided, hourMs, idOf, MemoryLedger, settle, start, unit, word } from '../testing/memory-ledger.js';

const rulebook = tenUnits();
const lineOf = async (outcome: Promise<Parameters<typeof decided>[0]>): Promise<string> => decided(await outcome).line;

describe('the line of an ultimate parent', () => {
  const six = { destination: 'AE', exporter: 'acme', items: [{ chip: 'nvidia-h100-sxm5', quantity: 6 }], consignee: falcon };

  it('takes what fits in the year, and the licence the rest', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    expect(await lineOf(memory.reserve(8, forFalcon))).toBe(lpp);
    expect(await lineOf(memory.exportDirect(2, forFalcon))).toBe(lpp);
    expect(await lineOf(memory.reserve(1, forFalcon))).toBe('country:AE');
    expect(await lineOf(memory.reserve(1))).toBe('country:AE');
  });

  it('is one over all exporters and consignees', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    const sister = { ...falcon, name: 'Falcon Labs' };
    await memory.reserve(8, forFalcon);
    expect(await lineOf(memory.reserve(2, { consignee: sister, exporter: 'globex' }))).toBe(lpp);
    expect(await lineOf(memory.reserve(1, { consignee: sister, exporter: 'globex' }))).toBe('country:AE');
  });

  it('is that of the ultimate parent of the operator, which is registered under its own name', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    const american = { name: 'Falcon US', headquarters: 'US', ultimateParent: { name: 'Falcon Inc', headquarters: 'US' } };
    const operator = { name: 'Opera', headquarters: 'IN', ultimateParent: { name: 'Opera Group', headquarters: 'SG' } };
    const shared = { destination: 'IN', consignee: american, facts: { operator } };
    expect(await lineOf(memory.reserve(8, shared))).toBe('lpp:opera-group:2026');
    expect(memory.ledger.companies.lookup({ name: 'Opera Group' })).toMatchObject({ headquarters: 'SG' });
    expect(memory.ledger.companies.lookup({ name: 'Opera' })).toBeNull();
    expect(await lineOf(memory.reserve(3, shared))).toBe('country:IN');
  });

  it('refuses what was asked for by name and does not fit', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    await memory.reserve(8, forFalcon);
    const refused = decided(await memory.reserve(3, { ...forFalcon, route: 'lpp' }));
    expect([word(refused), refused.line]).toEqual(['insufficient-quota', lpp]);
    expect(refused.event).toMatchObject({ availableMilliTpp: 2 * unit });
  });

  it('is drawn on by one of two racing for its last capacity; the other goes by licence and neither is refused', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    await memory.reserve(4, forFalcon);
    memory.store.holdAppends();
    const racing = [memory.reserve(6, forFalcon), memory.reserve(6, { ...forFalcon, exporter: 'globex' }), memory.exportDirect(6, forFalcon)];
    await settle();
    memory.store.letAppendsGo();
    const outcomes = (await Promise.all(racing)).map(decided);
    expect(outcomes.map(({ line }) => line)).toEqual([lpp, 'country:AE', 'country:AE']);
    expect(outcomes.map(word)).toEqual(['QuotaReserved', 'QuotaReserved', 'ExportDebited']);
    expect((await memory.events()).filter(({ type }) => type === 'ReservationRefused')).toEqual([]);
  });

  it('is drawn on by one of two instances that race for its last capacity; the other goes by licence', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    await memory.reserve(4, forFalcon);
    const other = await memory.another();
    for (const instance of [memory, other]) expect(await instance.ledger.determine(six)).toMatchObject({ determination: { line: lpp } });
    memory.store.holdAppends();
    const racing = [memory.reserve(6, forFalcon), other.reserve(6, { ...forFalcon, exporter: 'globex' })];
    await settle();
    memory.store.letAppendsGo();
    const outcomes = (await Promise.all(racing)).map(decided);
    expect(outcomes.map(({ line }) => line).sort()).toEqual(['country:AE', lpp]);
    expect(outcomes.map(word)).toEqual(['QuotaReserved', 'QuotaReserved']);
  });

  it('that another instance closed leads on to that of the survivor, named or not', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    await memory.reserve(4, forFalcon);
    const other = await memory.another();
    await other.reserve(1, forFalcon);
    await memory.ledger.companies.registerCompany({ name: 'Falcon Group', headquarters: 'AE' }, memory.caller());
    await memory.ledger.companies.mergeCompanies('falcon-holding', { into: 'falcon-group', reason: 'one company' }, memory.caller());
    expect(await lineOf(other.reserve(1, { ...forFalcon, route: 'lpp' }))).toBe('lpp:falcon-group:2026');
    expect(await lineOf(other.reserve(4, forFalcon))).toBe('lpp:falcon-group:2026');
    expect(await lineOf(other.reserve(1, forFalcon))).toBe('country:AE');
  });

  it('answers that the store is away while a line cannot be loaded, and leaves the key free', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    const readStream = memory.store.readStream.bind(memory.store);
    const caller = memory.caller();
    memory.store.readStream = (stream, ...rest) =>
      stream === `quota-${lpp}` ? Promise.reject(new StoreUnavailable('gone for a moment')) : readStream(stream, ...rest);
    expect(word(await memory.reserve(1, forFalcon, caller))).toBe('store-unavailable');
    memory.store.readStream = readStream;
    expect(await lineOf(memory.reserve(1, forFalcon, caller))).toBe(lpp);
  });

  it('answers a retry as it was answered first, although the line is full by now', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    const caller = memory.caller();
    const first = decided(await memory.reserve(10, forFalcon, caller));
    const again = decided(await memory.reserve(10, forFalcon, caller));
    expect([again.line, again.replayed, again.revision]).toEqual([lpp, true, first.revision]);
  });

  it('counts a hold that is due as gone', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    await memory.reserve(10, { ...forFalcon, expiresAt: start + hourMs });
    memory.now = start + hourMs;
    expect(await lineOf(memory.reserve(10, forFalcon))).toBe(lpp);
  });

  it('is found after a restart', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    await memory.reserve(8, forFalcon);
    await memory.restart();
    expect(await lineOf(memory.reserve(3, forFalcon))).toBe('country:AE');
    expect(await lineOf(memory.reserve(2, forFalcon))).toBe(lpp);
  });

  it('ends what it holds with the year, and the next year begins anew', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    memory.now = Date.parse('2026-12-31T23:00:00Z');
    const hold = decided(await memory.reserve(10, { ...forFalcon, expiresAt: memory.now + 30 * dayMs }));
    expect(hold.event).toMatchObject({ expiresAt: '2027-01-01T00:00:00.000Z' });
    memory.now = Date.parse('2027-01-01T00:00:00Z');
    expect(await lineOf(memory.reserve(10, forFalcon))).toBe('lpp:falcon-holding:2027');
    expect(word(await memory.exportHold(idOf(hold), 'all'))).toBe('reservation-closed');
    const left = await memory.exportDirect(10, { ...forFalcon, exportedAt: Date.parse('2026-12-31T22:00:00Z') });
    expect(decided(left).line).toBe(lpp);
  });

  it('refuses an export of a hold with the date of another year', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    memory.now = Date.parse('2027-01-02T00:00:00Z');
    const hold = idOf(await memory.reserve(2, forFalcon));
    const refused = decided(await memory.exportHold(hold, 1, { exportedAt: Date.parse('2026-12-31T12:00:00Z') }));
    expect([word(refused), refused.line]).toEqual(['outside-quota-period', 'lpp:falcon-holding:2027']);
    expect(refused.event).toMatchObject({ reasons: [{ code: 'outside-calendar-year' }] });
    expect(word(await memory.exportHold(hold, 1, { exportedAt: memory.now }))).toBe('ExportDebited');
  });

  it('keeps a hold that is amended, and refuses growth past its limit', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    const hold = decided(await memory.reserve(8, forFalcon));
    const amend = (quantity: number, expectedRevision: number) =>
      memory.ledger.amend(idOf(hold), { items: [{ chip: 'nvidia-h100-sxm5', quantity }], expectedRevision }, memory.caller());
    const grown = decided(await amend(10, 0));
    expect([grown.line, word(grown), grown.reservation?.route]).toEqual([lpp, 'ReservationAmended', 'lpp']);
    expect(word(await amend(11, 1))).toBe('insufficient-quota');
  });

  it('leaves a hold by licence on the line of its country when it is amended, although LPP has room by then', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    const first = idOf(await memory.reserve(10, forFalcon));
    const licensed = decided(await memory.reserve(2, forFalcon));
    await memory.release(first);
    const items = [{ chip: 'nvidia-h100-sxm5', quantity: 3 }];
    const amended = decided(await memory.ledger.amend(idOf(licensed), { items, expectedRevision: licensed.revision }, memory.caller()));
    expect([amended.line, amended.reservation?.route]).toEqual(['country:AE', 'licence']);
  });

  it('registers the parent before anything is recorded on it', async () => {
    const companies = new FakeCompanies();
    const memory = await MemoryLedger.open({ rulebook, companies });
    await memory.ledger.determine({ destination: 'AE', exporter: 'acme', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }], consignee: falcon });
    expect(companies.registered).toEqual([]);
    await Promise.all([memory.reserve(1, forFalcon), memory.reserve(1, forFalcon)]);
    expect(companies.registered).toEqual([falcon.ultimateParent]);
    await memory.reserve(1);
    expect(companies.registered).toHaveLength(1);
  });

  it('is foretold, with companies of nearly the same name', async () => {
    const companies = new FakeCompanies().add('Falcon Holdings Inc');
    const memory = await MemoryLedger.open({ rulebook, companies });
    const request = { destination: 'AE', exporter: 'acme', items: [{ chip: 'nvidia-h100-sxm5', quantity: 11 }], consignee: falcon };
    expect(await memory.ledger.determine({ ...request, items: [{ chip: 'nvidia-h100-sxm5', quantity: 10 }] })).toMatchObject({
      determination: { route: 'lpp', line: lpp },
      balanceAfter: { allocation: 10 * unit, reserved: 10 * unit },
      refusal: null,
      nearMatches: [
        { pointer: '/ultimateConsignee', name: 'Falcon Cloud' },
        { pointer: '/ultimateConsignee/ultimateParent', name: 'Falcon Holding', companies: [{ id: 'falcon-holdings-inc' }] },
      ],
    });
    expect(await memory.ledger.determine(request)).toMatchObject({ determination: { route: 'licence', line: 'country:AE' } });
    expect(await memory.ledger.determine({ ...request, route: 'lpp' })).toMatchObject({
      determination: { line: lpp },
      refusal: { code: 'insufficient-quota', availableMilliTpp: 10 * unit },
    });
  });
});

describe('the line of what a validated end user has installed in a country', () => {
  const nveu = 'nveu:falcon-cloud:AE';
  const q1Limit = Math.floor(633_000_000 / 15_832);
  const companies = () => new FakeCompanies().add('Falcon Cloud', { authorisations: [authorised('nveu', 'AE')] });
  const many = (units: number, memory: MemoryLedger) => memory.reserve(units, forFalcon);

  it('follows the schedule at recorded time: what does not fit this quarter fits the next', async () => {
    const memory = await MemoryLedger.open({ rulebook, companies: companies() });
    memory.now = Date.parse('2025-03-31T12:00:00Z');
    expect(await lineOf(many(q1Limit, memory))).toBe(nveu);
    expect(word(await memory.reserve(100, { ...forFalcon, route: 'nveu' }))).toBe('insufficient-quota');
    memory.now = Date.parse('2025-04-01T00:00:00Z');
    const early = await memory.exportDirect(100, { ...forFalcon, exportedAt: Date.parse('2025-03-31T13:00:00Z') });
    expect([decided(early).line, word(early)]).toEqual([nveu, 'ExportDebited']);
    const caps = (await memory.events()).filter(({ type }) => type === 'AllocationSet');
    expect(caps).toMatchObject([{ allocationMilliTpp: fromTpp(949_500_000), previousMilliTpp: fromTpp(633_000_000), basis: 'rulebook' }]);
  });

  it('is given back what fails, once for each key', async () => {
    const memory = await MemoryLedger.open({ rulebook, companies: companies() });
    await memory.exportDirect(10, forFalcon);
    const attrition = { milliTpp: fromTpp(15_832), cause: 'failure', occurredAt: memory.now, reason: 'burnt out' } as const;
    const caller = memory.caller();
    const given = decided(await memory.ledger.recordAttrition(nveu, attrition, caller));
    expect(given.event.balanceMilliTpp.exported).toBe(9 * unit);
    expect(decided(await memory.ledger.recordAttrition(nveu, attrition, caller)).replayed).toBe(true);
    expect(word(await memory.ledger.recordAttrition(nveu, { ...attrition, milliTpp: fromTpp(10 * 15_832) }, memory.caller()))).toBe('exceeds-installed');
    expect(word(await memory.ledger.recordAttrition(nveu, { ...attrition, occurredAt: memory.now + 1 }, memory.caller()))).toBe('invalid-request');
    expect(word(await memory.ledger.recordAttrition('country:AE', attrition, memory.caller()))).toBe('attrition-not-credited');
    expect(word(await memory.ledger.recordAttrition('nowhere', attrition, memory.caller()))).toBe('line-not-found');
    expect(word(await memory.ledger.recordAttrition(nveu, attrition, memory.caller(null)))).toBe('idempotency-key-missing');
  });
});
