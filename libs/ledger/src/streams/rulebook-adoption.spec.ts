import { fromTpp, milliTpp, noTpp, type CompiledRulebook, type GroupMembership } from '#rulebook';
import { decodeEvent } from '../events/codec.js';
import type { RulebookAdopted } from '../events/rulebook-event.js';
import { dayMs, decided, idOf, MemoryLedger, settle, smallCaps, start, unit, word } from '../testing/memory-ledger.js';
import type { KnownLine } from '../in-force/reconcile-lines.js';

const small = smallCaps();
const smaller = smallCaps({ version: 'smaller' }, { AE: 5, SA: 3 });
const adoptions = async (memory: MemoryLedger): Promise<readonly RulebookAdopted[]> =>
  (await memory.store.readStream('rulebook', { limit: 100 })).map(({ json }) => decodeEvent(json) as RulebookAdopted);

async function restartWith(memory: MemoryLedger, rulebook: CompiledRulebook): Promise<void> {
  await memory.restart({ rulebook });
  await memory.ledger.reconcileLines([behind('country:AE'), behind('country:SA')]);
}

describe('a rulebook', () => {
  it('is adopted by an empty log, whole, in one event', async () => {
    const memory = await MemoryLedger.open({ rulebook: small });
    const [adopted] = await adoptions(memory);
    expect(await memory.log()).toHaveLength(1);
    expect(adopted).toMatchObject({ v: 1, hash: small.hash, document: small.document, principal: 'system', recordedAt: new Date(start).toISOString(), prev: '' });
    expect(memory.ledger.position).toBe(1);
  });

  it('that is in force is not adopted again', async () => {
    const memory = await MemoryLedger.open({ rulebook: small });
    await memory.restart();
    await memory.restart({ rulebook: smallCaps() });
    expect(await memory.log()).toHaveLength(1);
  });

  it('that is another one is adopted at the start, in turn, even with the clock set back', async () => {
    const memory = await MemoryLedger.open({ rulebook: small });
    memory.now = start - dayMs;
    await memory.restart({ rulebook: smaller });
    await memory.restart({ rulebook: small });
    const all = await adoptions(memory);
    expect(all.map(({ hash }) => hash)).toEqual([small.hash, smaller.hash, small.hash]);
    expect(new Set(all.map(({ recordedAt }) => recordedAt)).size).toBe(1);
    expect(new Set(all.map(({ prev }) => prev)).size).toBe(3);
  });

  it('is adopted once by instances that start together', async () => {
    const memory = await MemoryLedger.open({ rulebook: small });
    await Promise.all([memory.another({ rulebook: smaller }), memory.another({ rulebook: smaller })]);
    expect((await adoptions(memory)).map(({ hash }) => hash)).toEqual([small.hash, smaller.hash]);
  });

  it('with another cap changes that of lines with history by one event, and writes nothing for the others', async () => {
    const memory = await MemoryLedger.open({ rulebook: small });
    await memory.reserve(10);
    await restartWith(memory, smaller);
    expect(await memory.events()).toEqual([
      expect.objectContaining({ type: 'QuotaReserved' }),
      expect.objectContaining({
        type: 'AllocationSet',
        principal: 'system',
        basis: 'rulebook',
        previousMilliTpp: 20 * unit,
        allocationMilliTpp: 5 * unit,
        idempotencyKey: null,
        rulebook: smaller.reference,
        reason: expect.stringContaining('smaller') as string,
      }),
    ]);
    expect(word(await memory.reserve(1))).toBe('insufficient-quota');
    await memory.ledger.reconcileLines([behind('country:AE')]);
    expect((await memory.types()).filter((type) => type === 'AllocationSet')).toHaveLength(1);
  });

  it('with another cap counts for the first command, reconciled or not', async () => {
    const memory = await MemoryLedger.open({ rulebook: small });
    const id = idOf(await memory.reserve(10));
    await memory.restart({ rulebook: smaller });
    expect((await memory.ledger.determine({ destination: 'AE', exporter: 'acme', items: [{ chip: 'nvidia-h100-sxm5', quantity: 1 }] }))).toMatchObject({
      refusal: { code: 'insufficient-quota', availableMilliTpp: 0 },
    });
    expect(word(await memory.exportHold(id, 10))).toBe('ExportDebited');
    expect(await memory.types()).toEqual(['QuotaReserved', 'AllocationSet', 'ExportDebited']);
  });

  it('leaves a cap alone that was set by order', async () => {
    const memory = await MemoryLedger.open({ rulebook: small });
    await memory.ledger.setAllocation('country:AE', { allocationMilliTpp: fromTpp(12 * 15_832), reason: 'by order' }, memory.caller());
    await restartWith(memory, smaller);
    expect(word(await memory.reserve(12))).toBe('QuotaReserved');
    expect(await memory.types()).toEqual(['AllocationSet', 'QuotaReserved']);
  });

  it('leaves a cap alone that is set by order while lines are brought in line with it', async () => {
    const memory = await MemoryLedger.open({ rulebook: small });
    await memory.reserve(1);
    await memory.restart({ rulebook: smaller });
    memory.store.holdAppends();
    const order = memory.ledger.setAllocation('country:AE', { allocationMilliTpp: fromTpp(12 * 15_832), reason: 'by order' }, memory.caller());
    await settle();
    const reconciled = memory.ledger.reconcileLines([behind('country:AE')]);
    await settle();
    memory.store.letAppendsGo();
    await Promise.all([order, reconciled]);
    expect((await memory.events()).map(({ capBasis = 'rulebook' }) => capBasis)).toEqual(['rulebook', 'rulebook', 'order']);
  });

  it('judges what comes after it, and leaves what was decided before', async () => {
    const memory = await MemoryLedger.open({ rulebook: small });
    const id = idOf(await memory.reserve(10));
    await memory.restart({ rulebook: smallCaps({ chips: [], version: 'without-chips' }) });
    expect(word(await memory.reserve(1))).toBe('unknown-chip');
    expect(decided(await memory.exportHold(id, 4)).event).toMatchObject({ rulebook: { version: 'without-chips' }, debitedMilliTpp: 4 * unit });
  });
});

describe('a date at which a country changes its group', () => {
  const struckOff = Date.parse('2025-11-07T00:00:00Z');
  const toKh = { destination: 'KH' };

  it('opens its line, from that very millisecond', async () => {
    const memory = await MemoryLedger.open({ rulebook: small });
    memory.now = struckOff - 1;
    expect(word(await memory.reserve(1, toKh))).toBe('no-allocation');
    memory.now = struckOff;
    const outcome = decided(await memory.reserve(1, toKh));
    expect(outcome.event.balanceMilliTpp).toEqual({ allocation: 790_000_000_000, exported: 0, reserved: unit });
    expect(await memory.types()).toEqual(['ReservationRefused', 'AllocationSet', 'QuotaReserved']);
    expect((await memory.events())[1]).toMatchObject({ previousMilliTpp: 0, allocationMilliTpp: 790_000_000_000 });
  });

  it('counts for an export by its own date', async () => {
    const memory = await MemoryLedger.open({ rulebook: small });
    expect(word(await memory.exportDirect(1, { ...toKh, exportedAt: struckOff - 1 }))).toBe('no-allocation');
    expect(word(await memory.exportDirect(1, { ...toKh, exportedAt: struckOff }))).toBe('ExportDebited');
  });

  it('closes a line that had an allocation: what is held may leave, nothing new comes', async () => {
    const embargo: GroupMembership = { country: 'AE', group: 'embargoed', from: new Date(start + dayMs).toISOString(), citation: 'test' };
    const memory = await MemoryLedger.open({ rulebook: smallCaps({ groups: [...small.document.groups, embargo], version: 'embargo' }) });
    const id = idOf(await memory.reserve(10));
    memory.now = start + dayMs;
    await memory.ledger.reconcileLines([behind('country:AE')]);
    await settle();
    expect(word(await memory.reserve(1))).toBe('no-allocation');
    expect(word(await memory.exportHold(id, 4))).toBe('ExportDebited');
    expect((await memory.events()).at(-1)?.balanceMilliTpp).toEqual({ allocation: 0, exported: 4 * unit, reserved: 6 * unit });
  });
});

/** A line as a view shows it that is behind. */
function behind(line: string): KnownLine {
  return { line, balance: { allocation: milliTpp(1), exported: noTpp, reserved: noTpp } };
}
