import { loadRulebook } from '#rulebook';
import { dayMs, decided, hourMs, idOf, MemoryLedger, smallCaps, start, unit, word } from '../testing/memory-ledger.js';

const end = Date.parse('2028-01-01T00:00:00Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const beyond = end + 100 * dayMs;
const toPartner = { destination: 'DE' };
const card = [{ chip: 'nvidia-geforce-rtx-4090', quantity: 2 }];

describe('the end of a hold and the quota period', () => {
  it('are bound together only where the hold draws on an allocation', async () => {
    const memory = await MemoryLedger.open();
    const tooLong = { decided: false, code: 'invalid-request', errors: [{ pointer: '/expiresAt' }] };
    expect(await memory.reserve(1, { expiresAt: beyond })).toMatchObject(tooLong);
    for (const free of [toPartner, { items: card }, { items: [{ chip: 'nvidia-h20', quantity: 1 }] }]) {
      expect(decided(await memory.reserve(1, { ...free, expiresAt: beyond })).event).toMatchObject({ expiresAt: iso(beyond) });
    }
  });

  it('cut the usual end of a hold only there', async () => {
    const memory = await MemoryLedger.open();
    memory.now = end - dayMs;
    expect(decided(await memory.reserve(1)).event).toMatchObject({ expiresAt: iso(end) });
    expect(decided(await memory.reserve(1, toPartner)).event).toMatchObject({ expiresAt: iso(end + 89 * dayMs) });
  });

  it('are bound as soon as other items draw on an allocation', async () => {
    const memory = await MemoryLedger.open();
    const id = idOf(await memory.reserve(1, { items: card, expiresAt: beyond }));
    const amend = (change: object) => memory.ledger.amend(id, { expectedRevision: null, ...change }, memory.caller());
    expect(decided(await amend({ expiresAt: beyond + dayMs })).event).toMatchObject({ expiresAt: iso(beyond + dayMs) });
    expect(decided(await amend({ items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }] })).event).toMatchObject({ expiresAt: iso(end), heldMilliTpp: unit });
    expect(word(await amend({ expiresAt: beyond }))).toBe('invalid-request');
  });
});

describe('after the quota period', () => {
  it('nothing draws on an allocation, and everything else goes on', async () => {
    const memory = await MemoryLedger.open();
    const held = idOf(await memory.reserve(3, { ...toPartner, expiresAt: beyond }));
    memory.now = end + 2 * dayMs;
    expect(word(await memory.reserve(1))).toBe('outside-quota-period');
    expect(word(await memory.exportDirect(1))).toBe('outside-quota-period');
    expect(decided(await memory.exportHold(held, 2)).event).toMatchObject({ type: 'ExportDebited', route: 'aia' });
    expect(decided(await memory.exportDirect(1, toPartner)).event).toMatchObject({ type: 'ExportDebited', route: 'aia' });
    expect(decided(await memory.exportDirect(1, { items: card })).event).toMatchObject({ route: 'aca', debitedMilliTpp: 0 });
    expect(word(await memory.reserve(1, { destination: 'CN' }))).toBe('no-allocation');
  });
});

describe('before the rule took effect', () => {
  it('an export is recorded and debits nothing, unless it is of a licence from the quota period', async () => {
    const memory = await MemoryLedger.open();
    const at = (instant: string, over: object = {}) => memory.exportDirect(1, { exportedAt: Date.parse(instant), ...over });
    for (const destination of ['AE', 'CN']) {
      expect(decided(await at('2024-06-01T00:00:00Z', { destination })).event).toMatchObject({ route: 'none', debitedMilliTpp: 0, milliTpp: unit });
    }
    expect(decided(await at('2024-06-01T00:00:00Z', { route: 'licence' })).event).toMatchObject({ route: 'licence', debitedMilliTpp: 0 });
    expect(decided(await at('2025-01-05T00:00:00Z', { route: 'licence' })).event).toMatchObject({ route: 'licence', debitedMilliTpp: unit });
    expect(decided(await at('2025-01-05T00:00:00Z')).event).toMatchObject({ route: 'none', debitedMilliTpp: 0 });
  });
});

describe('a rulebook that does not say when the rule took effect', () => {
  const { inForce: _, ...document } = smallCaps().document;
  const rulebook = loadRulebook(document);

  it('binds everything to the quota period, as before', async () => {
    const memory = await MemoryLedger.open({ rulebook });
    expect(word(await memory.reserve(1, { ...toPartner, expiresAt: end + hourMs }))).toBe('invalid-request');
    const held = idOf(await memory.reserve(3, { ...toPartner, expiresAt: end }));
    expect(word(await memory.exportHold(held, 1, { exportedAt: start - 3 * 365 * dayMs }))).toBe('outside-quota-period');
    expect(word(await memory.exportDirect(1, { ...toPartner, exportedAt: start - 3 * 365 * dayMs }))).toBe('outside-quota-period');
  });
});
