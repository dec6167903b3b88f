import type { Consignee, CompiledRulebook, Reading, ReadingName } from '#rulebook';
import { decided, dayMs, idOf, MemoryLedger, smallCaps, start, unit, word } from '../testing/memory-ledger.js';

/** Small caps under another reading: 20 H100s for AE. */
function reading(name: ReadingName, value: string): CompiledRulebook {
  const { policy } = smallCaps().document;
  const stated: Reading = { value, reason: 'A test.' };
  return smallCaps({ policy: { ...policy, readings: { ...policy.readings, [name]: stated } } });
}

describe('a licence for a company of a partner country, where the allocation is met', () => {
  const consignee: Consignee = { name: 'Nordic Cloud', country: 'AE', headquarters: 'NO' };
  const approved = reading('partnerBeyondCap', 'approved');

  it('is refused by default', async () => {
    const memory = await MemoryLedger.open();
    await memory.reserve(15, { consignee });
    expect(word(await memory.reserve(6, { consignee }))).toBe('insufficient-quota');
  });

  it('is approved under the other reading, and draws on nothing', async () => {
    const memory = await MemoryLedger.open({ rulebook: approved });
    await memory.reserve(15, { consignee });
    const beyond = decided(await memory.reserve(6, { consignee }));
    expect([beyond.line, word(beyond), beyond.event]).toMatchObject(['country:AE', 'QuotaReserved', { route: 'licence', debitedMilliTpp: 0 }]);
    const fits = decided(await memory.reserve(5, { consignee }));
    expect(fits.event).toMatchObject({ debitedMilliTpp: 5 * unit });
    expect(word(await memory.reserve(1))).toBe('insufficient-quota');
    expect(word(await memory.exportHold(idOf(beyond), 'all'))).toBe('ExportDebited');
  });

  it('is judged again where the line fills up before its turn', async () => {
    const memory = await MemoryLedger.open({ rulebook: approved });
    const outcomes = await Promise.all([15, 6, 6, 5].map((quantity) => memory.reserve(quantity, { consignee })));
    expect(outcomes.map(word)).toEqual(outcomes.map(() => 'QuotaReserved'));
    const debits = outcomes.map((outcome) => (decided(outcome).event as { debitedMilliTpp: number }).debitedMilliTpp / unit);
    expect(debits).toEqual([15, 0, 0, 5]);
  });
});

describe('the life of a hold that stands for a licence', () => {
  const later = start + 366 * dayMs;

  it('may last to the end of the period by default', async () => {
    const memory = await MemoryLedger.open();
    expect(word(await memory.reserve(1, { expiresAt: later }))).toBe('QuotaReserved');
  });

  it('is one year from the grant on under the other reading, also where the hold is amended later', async () => {
    const memory = await MemoryLedger.open({ rulebook: reading('licenceLife', 'one-year') });
    const yearMs = Date.parse('2027-08-01T12:00:00.000Z');
    expect(await memory.reserve(1, { expiresAt: later })).toMatchObject({ decided: false, errors: [{ pointer: '/expiresAt' }] });
    const hold = decided(await memory.reserve(1, { expiresAt: yearMs }));
    expect(hold.event).toMatchObject({ expiresAt: '2027-08-01T12:00:00.000Z' });
    memory.now += 100 * dayMs;
    const amend = (expiresAt: number) => memory.ledger.amend(idOf(hold), { expiresAt, expectedRevision: hold.revision }, memory.caller());
    expect(await amend(yearMs + 1)).toMatchObject({ decided: false, errors: [{ pointer: '/expiresAt' }] });
    expect(word(await amend(yearMs - dayMs))).toBe('ReservationAmended');
    const b = [{ chip: 'nvidia-l40', quantity: 1 }];
    expect(word(await memory.reserve(1, { destination: 'VN', route: 'licence', items: b, expiresAt: memory.now + 400 * dayMs }))).toBe('QuotaReserved');
  });
});
