import { quotaStreamOf, type StoredEvent } from '#ledger';
import { fromTpp, loadRulebook, milliTpp, type CompiledRulebook, type Rulebook } from '#rulebook';
import { MemoryEventStore } from '../../libs/ledger/src/event-store/memory/memory-event-store.js';
import { dayMs, decided, hourMs, idOf, MemoryLedger, smallCaps, start, unit, word } from '../../libs/ledger/src/testing/memory-ledger.js';
import { lineOf, reasonsOf, replayedUnder, short } from './replayed-draft.js';

const h100 = 'nvidia-h100-sxm5';
const inForce = smallCaps();
const { document } = inForce;

/** The rulebook in force with something changed. */
function draft(change: Partial<Rulebook>, caps?: Readonly<Record<string, number>>): CompiledRulebook {
  return smallCaps({ version: 'draft', ...change }, caps);
}

/** The rulebook in force with another TPP of the H100. */
function withH100(tppPerUnit: number): CompiledRulebook {
  return draft({ chips: document.chips.map((chip) => (chip.id === h100 ? { ...chip, tppPerUnit } : chip)) });
}

describe('a history under a draft', () => {
  let memory: MemoryLedger;
  beforeEach(async () => {
    memory = await MemoryLedger.open({ rulebook: inForce }, new MemoryEventStore());
  });
  afterEach(() => memory.ledger.close());

  async function under(rulebook: CompiledRulebook, change: (log: readonly StoredEvent[]) => readonly StoredEvent[] = (log) => log) {
    return replayedUnder(rulebook, change(await memory.log()));
  }

  it('counts for good where licences count, direct exports as well', async () => {
    const { readings } = document.policy;
    const { countAt } = readings;
    if (countAt === undefined) throw new Error('The built-in rulebook reads countAt.');
    const licence = { ...countAt, value: 'licence', alternatives: ['export'] };
    const policy = { ...document.policy, readings: { ...readings, countAt: licence } };
    const exported = idOf(await memory.exportDirect(4));
    await memory.ledger.file(exported, { itn: 'X1' }, memory.caller());
    await memory.ledger.reverse(exported, { code: 'misreported', reason: 'never left' }, memory.caller());
    expect(lineOf(await under(draft({ policy })))).toEqual({ recorded: [0, 0], simulated: [4, 0] });
  });

  it('is refused what no longer fits, and nothing comes of it', async () => {
    await memory.reserve(6);
    const second = idOf(await memory.reserve(6));
    const part = idOf(await memory.exportHold(second, 2));
    await memory.ledger.reverse(part, { code: 'returned', reason: 'sent back' }, memory.caller());
    await memory.release(second);
    const result = await under(draft({}, { AE: 10 }));
    expect(short(result)).toEqual(['allowed-to-refused: reserve licence 6 -> insufficient-quota']);
    expect(reasonsOf(result, 'reserve')).toEqual([
      {
        code: 'insufficient-quota',
        text: `${(6 * unit) / 1000} TPP do not fit: under the draft country:AE has ${(4 * unit) / 1000} TPP left.`,
        citation: document.allocations.citation,
      },
    ]);
    expect(result.replayed.withoutEffect).toBe(3);
    expect(lineOf(result).simulated).toEqual([0, 6]);
  });

  it('leaves room for what was refused then', async () => {
    await memory.reserve(12);
    await memory.reserve(12);
    await memory.reserve(8);
    const result = await under(draft({}, { AE: 30 }));
    expect(short(result)).toEqual([
      'refused-to-allowed: reserve insufficient-quota -> licence 12',
      // What is allowed takes the room of what came later.
      'allowed-to-refused: reserve licence 8 -> insufficient-quota',
    ]);
    expect(reasonsOf(result, 'reserve', 'refused-to-allowed').map(({ code }) => code)).toEqual(['within-allocation', 'fits-line']);
    expect(lineOf(result)).toEqual({ recorded: [0, 20], simulated: [0, 24] });
  });

  it('holds what was refused until its end, and not a moment longer', async () => {
    await memory.reserve(25, { expiresAt: start + 2 * hourMs });
    const roomy = draft({}, { AE: 30 });
    memory.now = start + 2 * hourMs - 1;
    await memory.reserve(1, { destination: 'SA' });
    expect(lineOf(await under(roomy)).simulated).toEqual([0, 25]);
    memory.now += 1;
    await memory.reserve(1, { destination: 'SA' });
    expect(lineOf(await under(roomy)).simulated).toEqual([0, 0]);
  });

  it('debits what the chips have under the draft, from the hold to the reversal', async () => {
    const held = idOf(await memory.reserve(5));
    const left = idOf(await memory.exportHold(held, 2));
    const direct = idOf(await memory.exportDirect(1));
    const double = withH100((2 * unit) / 1000);
    const result = await under(double);
    expect(short(result)).toEqual([
      'other-debit: reserve licence 5 -> licence 10',
      'other-debit: export-direct licence 1 -> licence 2',
    ]);
    expect(reasonsOf(result, 'reserve')).toContainEqual(expect.objectContaining({ code: 'items-classified-otherwise' }));
    expect(lineOf(result)).toEqual({ recorded: [3, 3], simulated: [6, 6] });
    await memory.ledger.reverse(left, { code: 'misreported', reason: 'typo' }, memory.caller());
    await memory.ledger.reverse(direct, { code: 'misreported', reason: 'typo' }, memory.caller());
    await memory.exportHold(held, 'all');
    expect(lineOf(await under(double))).toEqual({ recorded: [3, 0], simulated: [6, 0] });
  });

  it('is refused a chip that the draft does not know', async () => {
    await memory.reserve(1);
    const without = draft({ chips: document.chips.filter(({ id }) => id !== h100), systems: [] });
    expect(short(await under(without))).toEqual(['allowed-to-refused: reserve licence 1 -> unknown-chip']);
  });

  it('keeps an ECCN that was declared', async () => {
    const board = { description: 'board', milliTppPerUnit: fromTpp(5_000), eccn: '4A090.a', quantity: 2 };
    await memory.reserve(1, { items: [{ chip: h100, quantity: 1, eccn: '5A992.c' }, board] });
    expect((await under(withH100(16_000))).differences).toEqual([]);
  });

  it('takes another route where a country changes its group', async () => {
    await memory.reserve(1, { destination: 'AU', consignee: { name: 'Southern', country: 'AU', headquarters: 'AU' } });
    const groups = document.groups.filter(({ country }) => country !== 'AU');
    const result = await under(draft({ groups }));
    expect(result.differences).toMatchObject([{ kind: 'other-route', simulated: { route: 'licence', line: 'country:AU' } }]);
    expect(reasonsOf(result, 'reserve').length).toBeGreaterThan(1);
    expect(lineOf(result, 'country:AU').simulated).toEqual([0, 1]);
  });

  it('leaves a reservation as it was where its change no longer fits', async () => {
    const id = idOf(await memory.reserve(4));
    await memory.ledger.amend(id, { items: [{ chip: h100, quantity: 12 }], expectedRevision: null }, memory.caller());
    const tight = draft({}, { AE: 10 });
    const result = await under(tight);
    expect(short(result)).toEqual(['allowed-to-refused: amend licence 12 -> insufficient-quota']);
    expect(lineOf(result).simulated).toEqual([0, 4]);
    await memory.exportHold(id, 'all');
    // There is no more to export than the hold has.
    expect(lineOf(await under(tight))).toEqual({ recorded: [12, 0], simulated: [4, 0] });
  });

  it('changes a reservation where the change was refused', async () => {
    const id = idOf(await memory.reserve(4));
    const refused = await memory.ledger.amend(id, { items: [{ chip: h100, quantity: 22 }], expectedRevision: null }, memory.caller());
    expect(word(refused)).toBe('insufficient-quota');
    const roomy = draft({}, { AE: 30 });
    const result = await under(roomy);
    expect(short(result)).toEqual(['refused-to-allowed: amend insufficient-quota -> licence 22']);
    expect(lineOf(result).simulated).toEqual([0, 22]);
    await memory.exportHold(id, 3);
    expect(lineOf(await under(roomy)).simulated).toEqual([3, 19]);
    await memory.release(id);
    expect(lineOf(await under(roomy)).simulated).toEqual([3, 0]);
  });

  it('follows a change of the end alone', async () => {
    const id = idOf(await memory.reserve(4));
    await memory.ledger.amend(id, { expiresAt: start + dayMs, expectedRevision: null }, memory.caller());
    const result = await under(withH100((2 * unit) / 1000));
    expect(short(result)).toEqual(['other-debit: reserve licence 4 -> licence 8']);
    memory.now = start + dayMs;
    await memory.reserve(1, { destination: 'AE' });
    expect(lineOf(await under(withH100((2 * unit) / 1000))).simulated).toEqual([0, 2]);
  });

  it('makes no export outside of the period of the draft, and keeps the hold until its end', async () => {
    await memory.ledger.close();
    const longer = draft({ period: { ...document.period, start: '2024-01-01T00:00:00Z' } });
    memory = await MemoryLedger.open({ rulebook: longer }, new MemoryEventStore());
    const id = idOf(await memory.reserve(4, { expiresAt: start + dayMs }));
    await memory.exportHold(id, 'all', { exportedAt: Date.parse('2024-12-01T00:00:00Z') });
    const result = await under(inForce);
    expect(short(result)).toEqual(['allowed-to-refused: export licence 4 -> outside-quota-period']);
    expect(lineOf(result)).toEqual({ recorded: [4, 0], simulated: [0, 4] });
    memory.now = start + dayMs;
    await memory.reserve(1, { destination: 'SA' });
    expect(lineOf(await under(inForce)).simulated).toEqual([0, 0]);
  });

  it('lets holds that draw on no allocation go on after the period, where the draft says when the rule took effect', async () => {
    await memory.ledger.close();
    const { inForce: _, ...bound } = document;
    memory = await MemoryLedger.open({ rulebook: loadRulebook(bound) }, new MemoryEventStore());
    const early = { exportedAt: Date.parse('2024-12-01T00:00:00Z') };
    const held = idOf(await memory.reserve(4, { destination: 'DE' }));
    expect(word(await memory.exportHold(held, 3, early))).toBe('outside-quota-period');
    expect(word(await memory.exportDirect(2, early))).toBe('outside-quota-period');
    const result = await under(draft({}));
    expect(short(result)).toEqual([
      'refused-to-allowed: export outside-quota-period -> aia 3',
      'refused-to-allowed: export-direct outside-quota-period -> none 0',
    ]);
    expect(reasonsOf(result, 'export')).toMatchObject([{ code: 'not-bound-to-quota-period' }]);
    expect(reasonsOf(result, 'export-direct')).toContainEqual(expect.objectContaining({ code: 'rule-not-in-force' }));
  });

  it('makes the exports that were refused for their date', async () => {
    await memory.ledger.close();
    const since2024 = { inForce: { from: '2024-01-01T00:00:00Z', citation: 'test' } };
    memory = await MemoryLedger.open({ rulebook: draft(since2024) }, new MemoryEventStore());
    const id = idOf(await memory.reserve(4));
    const early = { exportedAt: Date.parse('2024-12-01T00:00:00Z') };
    expect(word(await memory.exportHold(id, 3, early))).toBe('outside-quota-period');
    expect(word(await memory.exportDirect(2, early))).toBe('outside-quota-period');
    const result = await under(draft({ ...since2024, period: { ...document.period, start: '2024-01-01T00:00:00Z' } }));
    expect(short(result)).toEqual([
      'refused-to-allowed: export outside-quota-period -> licence 3',
      'refused-to-allowed: export-direct outside-quota-period -> licence 2',
    ]);
    expect(lineOf(result)).toEqual({ recorded: [0, 4], simulated: [5, 1] });
  });

  it('gives back by the policy of the draft', async () => {
    const id = idOf(await memory.exportDirect(3));
    await memory.ledger.reverse(id, { code: 'returned', reason: 'sent back' }, memory.caller());
    const { policy } = document;
    const otherwise = !policy.reversalCredits.returned;
    const result = await under(draft({ policy: { ...policy, reversalCredits: { ...policy.reversalCredits, returned: otherwise } } }));
    expect(result.differences).toMatchObject([{ kind: 'other-debit', operation: 'reverse' }]);
    expect(lineOf(result).simulated).toEqual([otherwise ? 0 : 3, 0]);
  });

  it('stands under the orders that were given', async () => {
    await memory.ledger.setAllocation('country:AE', { allocationMilliTpp: milliTpp(5 * unit), reason: 'by order' }, memory.caller());
    await memory.reserve(4);
    await memory.ledger.suspend('country:SA', { reason: 'under review' }, memory.caller());
    await memory.reserve(1, { destination: 'SA' });
    const result = await under(draft({}, { AE: 1, SA: 100 }));
    expect(result.differences).toEqual([]);
    expect(result.lines).toMatchObject([
      { line: 'country:AE', simulated: { balance: { allocation: 5 * unit } } },
      { line: 'country:SA', simulated: { suspended: true, balance: { allocation: 100 * unit } } },
    ]);
  });

  it('says of how many refusals the log knows too little', async () => {
    const id = idOf(await memory.reserve(4));
    await memory.exportDirect(100);
    await memory.ledger.amend(id, { items: [{ chip: h100, quantity: 100 }], expectedRevision: null }, memory.caller());
    const asBefore = (stored: StoredEvent): StoredEvent => {
      const event = JSON.parse(stored.json) as Record<string, unknown>;
      if (event['type'] !== 'ReservationRefused') return stored;
      return { ...stored, json: JSON.stringify({ ...event, exportedAt: undefined, holdRevision: undefined }) };
    };
    const roomy = draft({}, { AE: 1000 });
    expect((await under(roomy, (log) => log.map(asBefore))).replayed.notJudged).toBe(2);
    expect((await under(roomy)).replayed.notJudged).toBe(0);
  });

  it('leaves events as they were decided when another rulebook is adopted', async () => {
    await memory.reserve(6);
    const before = decided(await memory.reserve(6)).event;
    await memory.restart({ rulebook: draft({}, { AE: 10 }) });
    await memory.reserve(1);
    const [first, second] = (await memory.log()).filter(({ stream }) => stream === quotaStreamOf('country:AE'));
    expect([first, second].map((stored) => JSON.parse(stored?.json ?? '') as unknown)).toMatchObject([
      { rulebook: inForce.reference },
      { rulebook: inForce.reference, balanceMilliTpp: before.balanceMilliTpp },
    ]);
    const result = await under(inForce);
    expect(short(result)).toEqual(['refused-to-allowed: reserve insufficient-quota -> licence 1']);
  });
});
