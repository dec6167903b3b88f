import { builtInRulebook } from '#rulebook';
import type { AmendCompanyRequest } from '../requests/company-request.js';
import type { Caller, ReserveRequest } from '../requests/ledger-request.js';
import { decided, idOf, MemoryLedger, until, unit, word } from '../testing/memory-ledger.js';

// 50 % outside of the United States, for a company that comes to be headquartered there: whatever it has counts.

const rulebook = builtInRulebook();

/** 45 units went to Japan and 7 to AE before Brit was American in any way: of its 100, that is more than the half. */
class World {
  #calls = 0;

  private constructor(readonly memory: MemoryLedger) {}

  static async open(...names: readonly ('Brit' | 'Yank')[]): Promise<World> {
    const world = new World(await MemoryLedger.open({ rulebook }));
    const { companies } = world.memory.ledger;
    for (const name of names) {
      const companyId = name.toLowerCase();
      await companies.registerCompany({ name, headquarters: name === 'Yank' ? 'US' : 'GB' }, world.caller());
      await world.amend(companyId, { declaredMilliTpp: (100 * unit) as never });
      await companies.grantAuthorisation({ kind: 'uveu', companyId, from: 0, reason: 'test' }, world.caller());
    }
    return world;
  }

  caller(): Caller {
    this.#calls += 1;
    return { ...this.memory.caller(), principal: 'regulator', body: this.#calls };
  }

  amend(companyId: string, change: Omit<AmendCompanyRequest, 'reason'>) {
    return this.memory.ledger.companies.amendCompany(companyId, { ...change, reason: 'test' }, this.caller());
  }

  to(name: string, destination: string, units: number, over: Partial<ReserveRequest> = { route: 'uveu' }) {
    return this.memory.reserve(units, { destination, consignee: { name, country: destination }, ...over });
  }

  async mergeBritIntoYank(): Promise<void> {
    const { companies } = this.memory.ledger;
    const authorisationId = companies.company('brit')?.authorisations[0]?.authorisationId ?? '';
    await companies.revokeAuthorisation(authorisationId, { reason: 'test' }, this.caller());
    this.memory.now += 1000;
    expect(word(await companies.mergeCompanies('brit', { into: 'yank', reason: 'test' }, this.caller()) as never)).toBe('CompaniesMerged');
  }

  /** Units of the whole line, and of its share outside of the United States. */
  async used(line: string) {
    const last = (await this.memory.events()).findLast((event) => event.shares !== undefined && (event.closedInto === undefined || line === 'uveu:brit'));
    const { exported, reserved } = last?.balanceMilliTpp ?? {};
    const share = last?.shares?.['outside-home'];
    return { line: [exported, reserved], share: share && [share.exported, share.reserved], limit: share?.limitMilliTpp };
  }
}

describe('the share outside of the United States', () => {
  it('counts what a merged company has elsewhere', async () => {
    const world = await World.open('Brit', 'Yank');
    const japan = await world.to('Brit', 'JP', 45);
    await world.to('Brit', 'AE', 7);
    await world.mergeBritIntoYank();
    const all = [0, 52 * unit];
    expect(await world.used('uveu:yank')).toEqual({ line: all, share: all, limit: 50 * unit });
    expect(decided(await world.to('Yank', 'JP', 1)).event).toMatchObject({ code: 'insufficient-quota', availableMilliTpp: 0 });
    await world.memory.exportHold(idOf(japan), 1);
    await world.memory.release(idOf(japan));
    const left = [unit, 7 * unit];
    await until(async () => (await world.used('uveu:yank')).line[1] === 7 * unit);
    expect(await world.used('uveu:yank')).toMatchObject({ line: left, share: left });
    expect(word(await world.to('Yank', 'JP', 43))).toMatch('insufficient-quota');
    expect(word(await world.to('Yank', 'JP', 42))).toBe('QuotaReserved');
  });

  it('counts from the day on that the company moves its headquarters there, holds of before as well', async () => {
    const world = await World.open('Brit');
    const japan = await world.to('Brit', 'JP', 45);
    const gulf = await world.to('Brit', 'AE', 7);
    expect((await world.used('uveu:brit')).share).toBeUndefined();
    await world.amend('brit', { headquarters: 'US' });
    const all = [0, 52 * unit];
    expect(await world.used('uveu:brit')).toEqual({ line: all, share: all, limit: 50 * unit });
    expect(decided(await world.to('Brit', 'JP', 1)).event).toMatchObject({ code: 'insufficient-quota', availableMilliTpp: 0 });
    const exported = decided(await world.memory.exportHold(idOf(japan), 5));
    expect(exported.event).toMatchObject({ scopes: ['outside-home'], shares: { 'outside-home': { exported: 5 * unit, reserved: 47 * unit } } });
    expect(decided(await world.memory.release(idOf(gulf))).event).toMatchObject({ scopes: ['outside-partners', 'country:AE', 'outside-home'] });
    expect(word(await world.to('Brit', 'JP', 6))).toBe('insufficient-quota');
    expect(word(await world.to('Brit', 'JP', 5))).toBe('QuotaReserved');
  });

  it('lets a hold of before grow as far as the whole line has room', async () => {
    const world = await World.open('Brit');
    const id = idOf(await world.to('Brit', 'JP', 45));
    await world.amend('brit', { headquarters: 'US' });
    const grown = (quantity: number) =>
      world.memory.ledger.amend(id, { items: [{ chip: 'nvidia-h100-sxm5', quantity }], expectedRevision: null }, world.memory.caller());
    expect(word(await grown(51))).toBe('insufficient-quota');
    expect(decided(await grown(50)).event).toMatchObject({ scopes: ['outside-home'], shares: { 'outside-home': { reserved: 50 * unit } } });
  });

  it('is full for a shipment that may go elsewhere: it goes by licence', async () => {
    const world = await World.open('Brit');
    await world.to('Brit', 'JP', 49);
    await world.amend('brit', { headquarters: 'US' });
    expect(decided(await world.to('Brit', 'SA', 1, {})).line).toBe('uveu:brit');
    expect(decided(await world.to('Brit', 'SA', 2, {})).line).not.toBe('uveu:brit');
  });

  it('ends when the company moves away, and is whole again when it comes back', async () => {
    const world = await World.open('Yank');
    const held = await world.to('Yank', 'JP', 50);
    expect((await world.used('uveu:yank')).share).toEqual([0, 50 * unit]);
    await world.amend('yank', { headquarters: 'GB' });
    expect((await world.memory.events()).at(-1)).toMatchObject({ type: 'AllocationSet', sharesEnded: ['outside-home'], shares: {} });
    expect(word(await world.to('Yank', 'JP', 10))).toBe('QuotaReserved');
    expect(decided(await world.memory.exportHold(idOf(held), 1)).event).toMatchObject({ scopes: [], shares: {} });
    await world.amend('yank', { headquarters: 'US' });
    expect(await world.used('uveu:yank')).toMatchObject({ share: [unit, 59 * unit], limit: 50 * unit });
  });

  it('stays with the survivor: one that is headquartered elsewhere has none', async () => {
    const world = await World.open('Yank', 'Brit');
    await world.to('Yank', 'AE', 7);
    const { companies } = world.memory.ledger;
    await companies.revokeAuthorisation(companies.company('yank')?.authorisations[0]?.authorisationId ?? '', { reason: 'test' }, world.caller());
    world.memory.now += 1000;
    await companies.mergeCompanies('yank', { into: 'brit', reason: 'test' }, world.caller());
    const last = (await world.memory.events()).at(-1);
    expect([last?.type, Object.keys(last?.shares ?? {}).sort()]).toEqual(['AmountsTakenOver', ['country:AE', 'outside-partners']]);
  });
});
