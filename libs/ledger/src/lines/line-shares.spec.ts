import { builtInRulebook, fromTpp, loadRulebook, type Consignee } from '#rulebook';
import { authorised, FakeCompanies } from '../testing/fake-companies.js';
import type { ReserveRequest } from '../requests/ledger-request.js';
import { forFalcon } from '../testing/falcon.js';
import { decided, hourMs, idOf, MemoryLedger, start, unit, word } from '../testing/memory-ledger.js';

const rulebook = builtInRulebook();
const lineOf = async (outcome: Promise<Parameters<typeof decided>[0]>): Promise<string> => decided(await outcome).line;

describe('the shares of a company that is validated everywhere', () => {
  const uveu = 'uveu:nordic-cloud';
  const nordic: Consignee = { name: 'Nordic Cloud', country: 'AE', headquarters: 'NO' };
  /** 100 units in all: 25 outside of partner countries, 7 in one of them. */
  const register = (units: number) =>
    new FakeCompanies().add('Nordic Cloud', { headquarters: 'NO', tpp: (units * unit) / 1000, authorisations: [authorised('uveu')] });
  const to = (destination: string): Partial<ReserveRequest> => ({ destination, consignee: { ...nordic, country: destination } });

  it('take what fits all of them', async () => {
    const memory = await MemoryLedger.open({ rulebook, companies: register(100) });
    for (const country of ['AE', 'SA', 'IN']) expect(await lineOf(memory.reserve(7, to(country)))).toBe(uveu);
    expect(await lineOf(memory.reserve(1, to('AE')))).not.toBe(uveu);
    // What goes by licence counts, too.
    expect(await lineOf(memory.reserve(3, to('BR')))).toBe(uveu);
    const refused = await memory.reserve(1, { ...to('MY'), route: 'uveu' });
    expect([word(refused), decided(refused).event]).toMatchObject(['insufficient-quota', { availableMilliTpp: 0 }]);
  });

  it('need no declared total where none applies, and count from the day on that it is declared', async () => {
    const companies = new FakeCompanies().add('Nordic Cloud', { headquarters: 'NO', authorisations: [authorised('uveu')] });
    const memory = await MemoryLedger.open({ rulebook, companies });
    const asked = (destination: string): Partial<ReserveRequest> => ({ ...to(destination), route: 'uveu' });
    expect(await lineOf(memory.reserve(50, asked('JP')))).toBe(uveu);
    expect(word(await memory.reserve(1, asked('SA')))).toBe('route-not-applicable');
    const below = decided(await memory.reserve(1, { ...asked('SA'), items: [{ chip: 'nvidia-l40', quantity: 9 }] }));
    expect([below.line, word(below)]).toEqual([uveu, 'QuotaReserved']);
    companies.add('Nordic Cloud', { headquarters: 'NO', tpp: (100 * unit) / 1000, authorisations: [authorised('uveu')] });
    const expectedRevision = below.revision;
    const amend = (quantity: number) =>
      memory.ledger.amend(idOf(below), { items: [{ chip: 'nvidia-h100-sxm5', quantity }], expectedRevision }, memory.caller());
    expect(word(await amend(8))).toBe('insufficient-quota');
    expect(word(await amend(7))).toBe('ReservationAmended');
  });

  it('follow what the company declares, before the next decision', async () => {
    const companies = register(100);
    const memory = await MemoryLedger.open({ rulebook, companies });
    await memory.reserve(6, to('AE'));
    companies.add('Nordic Cloud', { headquarters: 'NO', tpp: (200 * unit) / 1000, authorisations: [authorised('uveu')] });
    expect(await lineOf(memory.reserve(8, to('AE')))).toBe(uveu);
    companies.add('Nordic Cloud', { headquarters: 'NO', tpp: (150 * unit) / 1000, authorisations: [authorised('uveu')] });
    expect(await lineOf(memory.reserve(1, to('AE')))).not.toBe(uveu);
    const limits = (await memory.events()).filter(({ type }) => type === 'AllocationSet');
    // What went by licence counts, too, so the shares have followed.
    expect(limits).toMatchObject([
      { shareLimits: { 'country:AE': 14 * unit, 'outside-partners': 50 * unit } },
      { shareLimits: { 'country:AE': Math.floor(10.5 * unit), 'outside-partners': 37.5 * unit } },
    ]);
    companies.add('Nordic Cloud', { headquarters: 'NO', tpp: (100 * unit) / 1000, authorisations: [authorised('uveu')] });
    const lines = [{ line: uveu, ...stateOf(await memory.events()) }];
    await memory.ledger.reconcileLines(lines);
    expect((await memory.events()).at(-1)).toMatchObject({ type: 'AllocationSet', shares: { 'country:AE': { limitMilliTpp: 7 * unit } } });
    await memory.ledger.reconcileLines(lines);
    expect((await memory.events()).filter(({ type }) => type === 'AllocationSet')).toHaveLength(3);
  });

  it('have no cap that an order could set', async () => {
    const memory = await MemoryLedger.open({ rulebook, companies: register(100) });
    expect(word(await memory.ledger.setAllocation(uveu, { allocationMilliTpp: fromTpp(1), reason: 'by order' }, memory.caller()))).toBe('invalid-request');
  });
});

function stateOf(events: Awaited<ReturnType<MemoryLedger['events']>>) {
  const last = events.findLast(({ shares }) => shares !== undefined);
  return { balance: last?.balanceMilliTpp ?? { allocation: null, exported: fromTpp(0), reserved: fromTpp(0) }, ...(last?.shares && { shares: last.shares }) };
}

describe('a licence that counts at once', () => {
  it('debits when it is granted, under the reading that says so', async () => {
    const { document } = builtInRulebook();
    const { countAt } = document.policy.readings;
    const readings = { ...document.policy.readings, ...(countAt && { countAt: { ...countAt, value: 'licence', alternatives: ['export'] } }) };
    const counting = loadRulebook({ ...document, id: 'counts-licences', policy: { ...document.policy, readings } });
    const memory = await MemoryLedger.open({ rulebook: counting });
    const hold = decided(await memory.reserve(3));
    expect(hold.event).toMatchObject({ countedAt: 'licence', balanceMilliTpp: { exported: 3 * unit, reserved: 0 } });
    const gone = decided(await memory.release(idOf(hold)));
    expect(gone.event).toMatchObject({ balanceMilliTpp: { exported: 3 * unit, reserved: 0 } });
    const other = idOf(await memory.reserve(2, { expiresAt: start + hourMs }));
    expect(decided(await memory.exportHold(other, 1)).event.balanceMilliTpp.exported).toBe(5 * unit);
    const direct = decided(await memory.exportDirect(4));
    expect(direct.event).toMatchObject({ countedAt: 'licence', balanceMilliTpp: { exported: 9 * unit, reserved: 0 } });
    const reversed = await memory.ledger.reverse(idOf(direct), { code: 'misreported', reason: 'test' }, memory.caller());
    expect(decided(reversed).event).toMatchObject({ creditedMilliTpp: 0, balanceMilliTpp: { exported: 9 * unit } });
    expect(decided(await memory.reserve(1, forFalcon)).line).toBe('lpp:falcon-holding:2026');
    expect((await memory.events()).at(-1)).not.toHaveProperty('countedAt');
    expect(decided(await memory.exportDirect(1, forFalcon)).event).not.toHaveProperty('countedAt');
  });
});
