import { milliTpp } from '#rulebook';
import { dayMs, decided, hourMs, idOf, MemoryLedger, start, unit, word } from '../testing/memory-ledger.js';

const end = Date.parse('2028-01-01T00:00:00Z');
const h100 = (quantity: number) => ({ chip: 'nvidia-h100-sxm5', quantity });
const expiryOf = (outcome: Parameters<typeof decided>[0]): number => Date.parse(decided(outcome).reservation?.expiresAt ?? '');

describe('a request to reserve', () => {
  it('holds for 90 days, at most to the end of the period', async () => {
    const memory = await MemoryLedger.open();
    expect(expiryOf(await memory.reserve(1))).toBe(start + 90 * dayMs);
    memory.now = end - dayMs;
    expect(expiryOf(await memory.reserve(1))).toBe(end);
    expect(expiryOf(await memory.reserve(1, { expiresAt: end }))).toBe(end);
  });

  it.each([
    ['now', start],
    ['before now', start - 1],
    ['after the end of the period', end + 1],
  ])('is rejected for a hold that ends %s, with the member named', async (_, expiresAt) => {
    const memory = await MemoryLedger.open();
    expect(await memory.reserve(1, { expiresAt })).toMatchObject({ decided: false, code: 'invalid-request', errors: [{ pointer: '/expiresAt' }] });
    expect(await memory.types()).toEqual([]);
  });

  it.each<[string, object, string, string]>([
    ['an unknown destination', { destination: 'ZZ' }, 'unknown-destination', '/destination'],
    ['the home country', { destination: 'US' }, 'not-an-export', '/destination'],
    ['an unknown chip', { items: [h100(1), { chip: 'nope', quantity: 1 }] }, 'unknown-chip', '/items/1/chip'],
    ['an item named twice', { items: [h100(1), h100(2)] }, 'invalid-request', '/items/1'],
    ['half a chip', { items: [{ chip: 'nvidia-h100-sxm5', quantity: 0.5 }] }, 'invalid-request', '/items/0/quantity'],
    ['an unknown density where it decides', { items: [{ description: 'board', quantity: 1, milliTppPerUnit: milliTpp(2_500_000) }] }, 'classification-unknown', '/items/0/dieAreaMm2'],
    [
      'more TPP than can be counted',
      { items: [h100(500_000_000), { chip: 'amd-mi300x', quantity: 400_000_000 }] },
      'invalid-request',
      '/items/1/quantity',
    ],
  ])('is rejected for %s', async (_, over, code, pointer) => {
    const memory = await MemoryLedger.open();
    expect(await memory.reserve(1, over)).toMatchObject({ decided: false, code, errors: [{ pointer }] });
    expect(await memory.types()).toEqual([]);
  });

  it('is recorded as refused on its destination\'s line where the rules refuse it', async () => {
    const memory = await MemoryLedger.open();
    expect(decided(await memory.reserve(1, { destination: 'CN' }))).toMatchObject({ line: 'country:CN', event: { code: 'no-allocation' } });
    expect(decided(await memory.reserve(1, { route: 'lpp' }))).toMatchObject({ line: 'country:AE', event: { code: 'route-not-applicable' } });
  });

  it.each([
    ['an operator without a name', '/facts/operator', { operator: { name: '\u00a0', headquarters: 'CN' } }],
    ['a notice at no time', '/facts/noticeGivenAt', { noticeGivenAt: '2026-02-30T00:00:00Z' }],
  ])('with %s is rejected: what was stated is never passed over', async (_, pointer, facts) => {
    const memory = await MemoryLedger.open();
    expect(await memory.reserve(1, { facts })).toMatchObject({ code: 'invalid-request', errors: [{ pointer }] });
    expect(await memory.types()).toEqual([]);
  });

  it('to a partner is counted without a cap', async () => {
    const memory = await MemoryLedger.open();
    expect(decided(await memory.reserve(1_000_000, { destination: 'AU' })).event).toMatchObject({
      route: 'aia', balanceMilliTpp: { allocation: null, exported: 0, reserved: 1_000_000 * unit },
    });
  });

  it('beyond what a line without a cap can count is rejected, and those beside it go on', async () => {
    const memory = await MemoryLedger.open();
    const huge = { destination: 'AU', items: [h100(500_000_000)] };
    const words = (await Promise.all([memory.reserve(1, huge), memory.reserve(1, huge), memory.reserve(1, { destination: 'AU' })])).map(word);
    expect(words).toEqual(['QuotaReserved', 'invalid-request', 'QuotaReserved']);
  });
});

describe('an export', () => {
  it('may be reported a day ahead and no more', async () => {
    const memory = await MemoryLedger.open();
    const id = idOf(await memory.reserve(5));
    expect(word(await memory.exportDirect(1, { exportedAt: start + dayMs }))).toBe('ExportDebited');
    expect(word(await memory.exportHold(id, 1, { exportedAt: start + dayMs }))).toBe('ExportDebited');
    const early = { decided: false, code: 'invalid-request', errors: [{ pointer: '/exportedAt' }] };
    expect(await memory.exportDirect(1, { exportedAt: start + dayMs + 1 })).toMatchObject(early);
    expect(await memory.exportHold(id, 1, { exportedAt: start + dayMs + 1 })).toMatchObject(early);
  });

  it('of a hold that draws on an allocation is refused outside the quota period, from its very ends', async () => {
    const memory = await MemoryLedger.open();
    const id = idOf(await memory.reserve(5));
    const first = Date.parse('2025-01-01T00:00:00Z');
    expect(decided(await memory.exportHold(id, 2, { exportedAt: first - 1 })).event).toMatchObject({ code: 'outside-quota-period', operation: 'export', milliTpp: 2 * unit });
    expect(word(await memory.exportHold(id, 2, { exportedAt: first }))).toBe('ExportDebited');
  });

  it('is not found under an unknown id, nor is a reservation one', async () => {
    const memory = await MemoryLedger.open();
    const id = idOf(await memory.reserve(5));
    const reverse = (of: string) => memory.ledger.reverse(of, { code: 'duplicate', reason: 'test' }, memory.caller());
    expect(word(await reverse('00000000-0000-5000-8000-000000000000'))).toBe('export-not-found');
    expect(word(await reverse(id))).toBe('export-not-found');
    expect(word(await memory.release('00000000-0000-5000-8000-000000000000'))).toBe('reservation-not-found');
    const refused = idOf(await memory.reserve(500));
    expect(word(await memory.release(refused))).toBe('reservation-closed');
  });

  it('is reversed by the policy of its code and within its window', async () => {
    const memory = await MemoryLedger.open();
    const ids = [idOf(await memory.exportDirect(1)), idOf(await memory.exportDirect(1)), idOf(await memory.exportDirect(1))] as const;
    const reverse = (id: string, code: 'returned' | 'misreported') => memory.ledger.reverse(id, { code, reason: 'test' }, memory.caller());
    expect(decided(await reverse(ids[0], 'returned')).event).toMatchObject({ creditedMilliTpp: 0 });
    expect(decided(await reverse(ids[1], 'misreported')).event).toMatchObject({ creditedMilliTpp: unit, balanceMilliTpp: { exported: 2 * unit } });
    memory.now = start + 30 * dayMs + 1;
    expect(word(await reverse(ids[2], 'misreported'))).toBe('reversal-window-closed');
  });
});

describe('a determination', () => {
  const ask = { destination: 'AE', exporter: 'acme', items: [h100(5)] };

  it('says what a reservation would come to, and records nothing', async () => {
    const memory = await MemoryLedger.open();
    await memory.reserve(10);
    expect(await memory.ledger.determine(ask)).toMatchObject({
      determination: { route: 'licence', line: 'country:AE', debitedMilliTpp: 5 * unit },
      balanceAfter: { allocation: 20 * unit, exported: 0, reserved: 15 * unit },
      refusal: null,
    });
    expect(await memory.ledger.determine({ ...ask, items: [h100(11)] })).toMatchObject({
      balanceAfter: { allocation: 20 * unit, exported: 0, reserved: 10 * unit },
      refusal: { code: 'insufficient-quota', availableMilliTpp: 10 * unit },
    });
    expect(await memory.types()).toEqual(['QuotaReserved']);
  });

  it('is rejected as the reservation would be', async () => {
    const memory = await MemoryLedger.open();
    expect(await memory.ledger.determine({ ...ask, destination: 'US' })).toMatchObject({ decided: false, code: 'not-an-export' });
    expect(await memory.ledger.determine({ ...ask, expiresAt: start - hourMs })).toMatchObject({ decided: false, code: 'invalid-request' });
    const huge = { destination: 'AU', exporter: 'acme', items: [h100(500_000_000)] };
    await memory.reserve(1, huge);
    expect(await memory.ledger.determine(huge)).toMatchObject({ decided: false, code: 'invalid-request' });
  });

  it('knows the cap of the day on a line that nothing was written to since', async () => {
    const memory = await MemoryLedger.open();
    memory.now = Date.parse('2025-11-06T00:00:00Z');
    await memory.reserve(1, { destination: 'KH' });
    memory.now = Date.parse('2025-11-07T00:00:00Z');
    expect(await memory.ledger.determine({ ...ask, destination: 'KH' })).toMatchObject({ balanceAfter: { allocation: 790_000_000_000, reserved: 5 * unit }, refusal: null });
  });
});
