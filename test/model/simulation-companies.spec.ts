import { milliTpp, type CompiledRulebook, type Rulebook } from '#rulebook';
import { MemoryEventStore } from '../../libs/ledger/src/event-store/memory/memory-event-store.js';
import { dayMs, idOf, MemoryLedger, settle, smallCaps, start, unit } from '../../libs/ledger/src/testing/memory-ledger.js';
import { lineOf, replayedUnder, short } from './replayed-draft.js';

const inForce = smallCaps();
const { document } = inForce;

/** The rulebook in force with something changed. */
function draft(change: Partial<Rulebook>): CompiledRulebook {
  return smallCaps({ version: 'draft', ...change });
}

describe('a history of companies under a draft', () => {
  let memory: MemoryLedger;
  beforeEach(async () => {
    memory = await MemoryLedger.open({ rulebook: inForce }, new MemoryEventStore());
  });
  afterEach(() => memory.ledger.close());

  async function under(rulebook: CompiledRulebook) {
    return replayedUnder(rulebook, await memory.log());
  }

  it('counts on the line of an ultimate parent where the draft opens that route', async () => {
    const { routes } = document;
    if (routes?.lpp === undefined) throw new Error('The built-in rulebook has LPP.');
    await memory.ledger.close();
    const closed = smallCaps({ version: 'closed', routes: { ...routes, lpp: { ...routes.lpp, enabled: false } } });
    memory = await MemoryLedger.open({ rulebook: closed }, new MemoryEventStore());
    const consignee = { name: 'Falcon', country: 'AE', headquarters: 'AE', ultimateParent: { name: 'Falcon Holding', country: 'AE', headquarters: 'AE' } };
    const id = idOf(await memory.reserve(3, { consignee }));
    await memory.exportHold(id, 1);
    const result = await under(inForce);
    expect(short(result)).toEqual(['other-route: reserve licence 3 -> lpp 3']);
    expect(lineOf(result).simulated).toEqual([0, 0]);
    expect(lineOf(result, 'lpp:falcon-holding:2026')).toEqual({ recorded: [0, 0], simulated: [1, 2] });
  });

  it('knows the companies, their authorisations and their mergers', async () => {
    const { companies } = memory.ledger;
    const reason = 'for the record';
    await companies.registerCompany({ name: 'Falcon', headquarters: 'AE' }, memory.caller());
    await companies.registerCompany({ name: 'Falcon Two', headquarters: 'AE' }, memory.caller());
    await companies.registerCompany({ name: 'Union Cloud', headquarters: 'DE' }, memory.caller());
    await companies.amendCompany('union-cloud', { declaredMilliTpp: milliTpp(1000 * unit), reason }, memory.caller());
    const from = start - dayMs;
    await companies.grantAuthorisation({ companyId: 'falcon', kind: 'nveu', country: 'AE', from, reason }, memory.caller());
    await companies.grantAuthorisation({ companyId: 'union-cloud', kind: 'uveu', from, reason }, memory.caller());
    const party = (name: string, headquarters: string) => ({ name, country: 'AE', headquarters });
    const held = idOf(await memory.reserve(5, { consignee: party('Falcon', 'AE') }));
    await memory.exportHold(held, 2);
    const shared = idOf(await memory.reserve(7, { consignee: party('Union Cloud', 'DE') }));
    await memory.exportHold(shared, 3);
    const ofParent = (name: string) => ({ consignee: { ...party('Site', 'AE'), ultimateParent: { name, headquarters: 'AE' } } });
    await memory.reserve(1, ofParent('Falcon Two'));
    await memory.reserve(2, ofParent('Falcon'));
    await companies.mergeCompanies('falcon-two', { into: 'falcon', reason }, memory.caller());
    await memory.reserve(4, ofParent('Falcon Two'));
    const same = await under(inForce);
    expect(short(same)).toEqual([]);
    const lines = Object.fromEntries(same.lines.map(({ line }) => [line, lineOf(same, line)]));
    for (const { line, recorded, simulated } of same.lines) expect([line, simulated]).toEqual([line, recorded]);
    expect(lines).toMatchObject({
      'nveu:falcon:AE': { recorded: [2, 3 + 2 + 4] },
      'uveu:union-cloud': { recorded: [3, 4] },
      'lpp:falcon-two:2026': { recorded: [0, 1] },
      'lpp:falcon:2026': { recorded: [0, 1] },
    });
    const { routes } = document;
    if (routes?.uveu === undefined || routes.nveu === undefined) throw new Error('The built-in rulebook has both.');
    const { uveu, nveu } = routes;
    const without = draft({ routes: { ...routes, uveu: { ...uveu, enabled: false }, nveu: { ...nveu, enabled: false } } });
    const result = await under(without);
    expect(short(result)).toEqual([
      'other-route: reserve nveu 5 -> licence 5',
      'other-route: reserve uveu 7 -> licence 7',
      'other-route: reserve nveu 2 -> lpp 2',
      'other-route: reserve nveu 4 -> lpp 4',
    ]);
    expect([lineOf(result).simulated, lineOf(result, 'lpp:falcon:2026').simulated]).toEqual([[5, 7], [0, 1 + 2 + 4]]);
  });

  it('counts all that a company has outside of the United States once it is headquartered there', async () => {
    const { companies } = memory.ledger;
    const reason = 'for the record';
    await companies.registerCompany({ name: 'Brit', headquarters: 'GB' }, memory.caller());
    await companies.amendCompany('brit', { declaredMilliTpp: milliTpp(100 * unit), reason }, memory.caller());
    await companies.grantAuthorisation({ companyId: 'brit', kind: 'uveu', from: start - dayMs, reason }, memory.caller());
    const to = (country: string) => ({ destination: country, consignee: { name: 'Brit', country }, route: 'uveu' }) as const;
    const japan = idOf(await memory.reserve(45, to('JP')));
    await memory.reserve(7, to('AE'));
    await companies.amendCompany('brit', { headquarters: 'US', reason }, memory.caller());
    await memory.reserve(1, to('JP'));
    await memory.exportHold(japan, 40);
    await memory.reserve(3, to('JP'));
    await memory.release(japan);
    await memory.reserve(3, to('JP'));
    await memory.reserve(1, to('JP'));
    const result = await under(inForce);
    expect(short(result)).toEqual([]);
    const line = result.lines.find(({ line }) => line === 'uveu:brit');
    expect(line?.recorded.shares).toMatchObject({ 'outside-home': { limitMilliTpp: 50 * unit, exported: 40 * unit, reserved: 10 * unit } });
    expect(line?.simulated).toEqual(line?.recorded);
    await companies.amendCompany('brit', { headquarters: 'GB', reason }, memory.caller());
    const moved = (await under(inForce)).lines.find(({ line }) => line === 'uveu:brit');
    expect([Object.keys(moved?.recorded.shares ?? {}).sort(), moved?.simulated]).toEqual([['country:AE', 'outside-partners'], moved?.recorded]);
  });

  describe('of which one is validated everywhere and receives shipments by other routes', () => {
    const reason = 'for the record';
    const atelier = { name: 'Atelier', country: 'AE', headquarters: 'FR' };
    const reading = (name: 'uveuCounts' | 'uveuSharesBind', value: string): CompiledRulebook => {
      const { policy } = document;
      const changed = { ...policy.readings[name], value } as never;
      return smallCaps({ version: value, policy: { ...policy, readings: { ...policy.readings, [name]: changed } } });
    };
    const readings = (value: 'own-shipments' | 'whole-company'): CompiledRulebook => reading('uveuCounts', value);
    const licence = { consignee: atelier, route: 'licence' } as const;

    /** The rulebook that the history was made under decides the same again, and leaves every line as it is. */
    async function expectSame(rulebook = inForce): Promise<void> {
      const result = await under(rulebook);
      expect(short(result)).toEqual([]);
      for (const { line, recorded, simulated } of result.lines) expect([line, simulated]).toEqual([line, recorded]);
    }

    /** Atelier as a validated end user that declares 100 units in all, or nothing. */
    async function register({ declares = true } = {}): Promise<void> {
      const { companies } = memory.ledger;
      await companies.registerCompany({ name: 'Atelier', headquarters: 'FR' }, memory.caller());
      if (declares) await companies.amendCompany('atelier', { declaredMilliTpp: milliTpp(100 * unit), reason }, memory.caller());
      await companies.grantAuthorisation({ companyId: 'atelier', kind: 'uveu', from: start - dayMs, reason }, memory.caller());
    }

    /** Everything that can happen to a shipment that counts elsewhere, and what the company declares. */
    async function history(rulebook: CompiledRulebook): Promise<void> {
      await memory.ledger.close();
      memory = await MemoryLedger.open({ rulebook }, new MemoryEventStore());
      await register();
      const elsewhere = { AE: milliTpp(2 * unit), US: milliTpp(9 * unit) };
      await memory.ledger.companies.amendCompany('atelier', { declaredElsewhere: elsewhere, reason }, memory.caller());
      const hold = idOf(await memory.reserve(5, licence));
      const left = idOf(await memory.exportHold(hold, 2));
      await memory.ledger.amend(hold, { items: [{ chip: 'nvidia-h100-sxm5', quantity: 4 }], expectedRevision: null }, memory.caller());
      await memory.release(idOf(await memory.reserve(1, licence)));
      await memory.exportDirect(1, { ...licence, exportedAt: start });
      const branch = { name: 'Falcon', country: 'AE', headquarters: 'AE', ultimateParent: { name: 'Atelier', headquarters: 'FR' } };
      await memory.reserve(3, { consignee: branch, route: 'lpp' });
      await memory.ledger.reverse(left, { code: 'misreported', reason }, memory.caller());
      await memory.reserve(1, { consignee: atelier, route: 'uveu' });
    }

    it('counts them as recorded', async () => {
      await history(inForce);
      await expectSame();
      // 2 declared and 1 exported directly; 2 held by licence, 3 under LPP; the last request did not fit.
      expect(lineOf(await under(inForce), 'uveu:atelier').recorded).toEqual([3, 5]);
    });

    it('leaves the line that a merger closed its limits, whatever the survivor declares later', async () => {
      await history(inForce);
      const { companies } = memory.ledger;
      const held = idOf(await memory.reserve(1, licence));
      await companies.registerCompany({ name: 'Atelier Nord', headquarters: 'FR' }, memory.caller());
      await companies.mergeCompanies('atelier', { into: 'atelier-nord', reason }, memory.caller());
      await companies.amendCompany('atelier-nord', { declaredMilliTpp: milliTpp(300 * unit), headquarters: 'US', reason }, memory.caller());
      await memory.release(held);
      await expectSame();
      const closed = (await under(inForce)).lines.find(({ line }) => line === 'uveu:atelier');
      expect(closed?.recorded.shares).toMatchObject({ 'country:AE': { limitMilliTpp: 7 * unit }, 'outside-partners': { limitMilliTpp: 25 * unit } });
    });

    it('gives the survivor no share in which the closed line has nothing left', async () => {
      await register();
      const { companies } = memory.ledger;
      await memory.release(idOf(await memory.reserve(1, licence)));
      await companies.registerCompany({ name: 'Atelier Nord', headquarters: 'FR' }, memory.caller());
      await companies.mergeCompanies('atelier', { into: 'atelier-nord', reason }, memory.caller());
      await memory.exportDirect(1, { ...licence, destination: 'IN', consignee: { ...atelier, country: 'IN' }, exportedAt: start });
      await expectSame();
    });

    it('closes a line that began to count after the merger under the limits of the survivor', async () => {
      await register();
      const { companies } = memory.ledger;
      await companies.registerCompany({ name: 'Atelier Nord', headquarters: 'FR' }, memory.caller());
      memory.store.holdAppends((stream) => stream === 'quota-uveu:atelier');
      const shipped = memory.reserve(1, licence);
      await settle();
      const merged = companies.mergeCompanies('atelier', { into: 'atelier-nord', reason }, memory.caller());
      await settle();
      memory.store.letAppendsGo();
      await Promise.all([shipped, merged]);
      await expectSame();
    });

    it('counts the rest of a hold from before the authorisation once it is determined again', async () => {
      const hold = idOf(await memory.reserve(5, licence));
      await memory.exportHold(hold, 2);
      await register();
      await memory.ledger.amend(hold, { items: [{ chip: 'nvidia-h100-sxm5', quantity: 5 }], expectedRevision: null }, memory.caller());
      await expectSame();
      expect(lineOf(await under(inForce), 'uveu:atelier').simulated).toEqual([0, 3]);
    });

    it('counts in shares of nothing where nothing is declared', async () => {
      await register({ declares: false });
      await memory.reserve(1, { consignee: atelier, route: 'uveu', items: [{ chip: 'nvidia-l40', quantity: 9 }] });
      await expectSame();
    });

    it('may pass shares that are only measured on the reporting dates', async () => {
      const measured = reading('uveuSharesBind', 'on-reporting-dates');
      await memory.ledger.close();
      memory = await MemoryLedger.open({ rulebook: measured }, new MemoryEventStore());
      await register();
      await memory.reserve(8, { consignee: atelier, route: 'uveu' });
      await expectSame(measured);
    });

    it('counts none of them where the draft does not', async () => {
      await history(inForce);
      const result = await under(readings('own-shipments'));
      expect(short(result)).toEqual(['refused-to-allowed: reserve insufficient-quota -> uveu 1']);
      expect(lineOf(result, 'uveu:atelier').simulated).toEqual([0, 1]);
    });

    it('counts them where the draft does and the rulebook of then did not', async () => {
      await history(readings('own-shipments'));
      const result = await under(readings('whole-company'));
      expect(short(result)).toEqual(['allowed-to-refused: reserve uveu 1 -> insufficient-quota']);
      expect(lineOf(result, 'uveu:atelier')).toEqual({ recorded: [0, 1], simulated: [3, 5] });
    });
  });
});
