import fc from 'fast-check';
import { decodeEvent, lineOfStream, type LineBalance, type LineEvent } from '#ledger';
import type { DecisionSide } from '#projections';
import type { CompiledRulebook } from '#rulebook';
import { MemoryEventStore } from '../../libs/ledger/src/event-store/memory/memory-event-store.js';
import { dayMs, decided, hourMs, MemoryLedger, smallCaps } from '../../libs/ledger/src/testing/memory-ledger.js';
import { openPlainIndex } from './index-keeper.js';
import { ModelRun } from './model-run.js';
import { step } from './model-steps.js';
import { replayedUnder } from './replayed-draft.js';

const long = process.env['LONG'] === '1';
const seed = Number(process.env['SEED'] ?? '4544');
const histories = long ? 5_000 : 100;
const rulebook = smallCaps();

/** A random history as the ledger wrote it. */
async function logOf(steps: Parameters<ModelRun['run']>[0]) {
  const store = new MemoryEventStore();
  await new ModelRun(store, rulebook, openPlainIndex).run(steps);
  return store.readAll({ after: 0, limit: 1_000_000 });
}

const steps = fc.array(step, { minLength: 20, maxLength: 60, size: 'max' });

describe('a draft replayed over history', () => {
  it(`changes nothing if it is the rulebook in force, over ${histories} random histories (SEED=${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const result = replayedUnder(rulebook, await logOf(taken));
        expect(result.differences).toEqual([]);
        expect(Object.values(result.counts)).toEqual([0, 0, 0, 0, 0, 0]);
        expect(result.replayed).toMatchObject({ withoutEffect: 0, notJudged: 0 });
        for (const { line, recorded, simulated } of result.lines) expect([line, simulated]).toEqual([line, recorded]);
      }),
      { seed, numRuns: histories },
    );
  });

  it(`never exceeds its caps with what it decides, over ${histories} random histories (SEED=${seed})`, async () => {
    const draft = smallCaps({ version: 'halved' }, { AE: 10, SA: 1 });
    await fc.assert(
      fc.asyncProperty(
        steps.map((all) => all.filter((each) => each.do !== 'setCap')),
        async (taken) => {
          const { lines } = replayedUnder(draft, await logOf(taken));
          for (const { line, simulated } of lines) {
            const { allocation, exported, reserved } = simulated.balance;
            expect([line, allocation === null || exported + reserved <= allocation]).toEqual([line, true]);
          }
        },
      ),
      { seed, numRuns: histories },
    );
  });
});

/** What is asked of two ledgers, one under each rulebook, at the same times and in the same order. */
const request = fc.record({
  destination: fc.constantFrom('AE', 'AE', 'SA', 'AU', 'CN', 'KH'),
  units: fc.integer({ min: 1, max: 9 }),
  chip: fc.constantFrom('nvidia-h100-sxm5', 'amd-mi300x', 'nvidia-v100-sxm2'),
  way: fc.constantFrom('reserve', 'reserve', 'export'),
  headquarters: fc.constantFrom(undefined, 'DE', 'CN', 'AE'),
  parent: fc.constant(undefined as string | undefined),
  holdMs: fc.constantFrom(hourMs, dayMs),
  passMs: fc.constantFrom(0, hourMs / 2, hourMs, 20 * hourMs),
});
type Request = typeof request extends fc.Arbitrary<infer Value> ? Value : never;

const drafts: Readonly<Record<string, CompiledRulebook>> = {
  'tighter caps': smallCaps({ version: 'tight' }, { AE: 8, SA: 12 }),
  'wider caps': smallCaps({ version: 'wide' }, { AE: 60, SA: 30 }),
  'another TPP of a chip': smallCaps({
    version: 'chip',
    chips: rulebook.document.chips.map((each) => (each.id === 'nvidia-h100-sxm5' ? { ...each, tppPerUnit: 21_000.5 } : each)),
  }),
  'Australia without a place among the partners': smallCaps({
    version: 'groups',
    groups: rulebook.document.groups.filter(({ country }) => country !== 'AU'),
  }),
};

describe('a simulation comes to what a ledger under the draft came to', () => {
  it.each(Object.entries(drafts))(`with %s (SEED=${seed})`, async (_, draft) => {
    let different = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 10, maxLength: 40, size: 'max' }), async (requests) => {
        different += await compare(rulebook, draft, requests);
      }),
      { seed, numRuns: long ? 1_000 : 12 },
    );
    expect(different).toBeGreaterThan(0);
  });
});

/** @returns the decisions that differ */
async function compare(inForce: CompiledRulebook, draft: CompiledRulebook, requests: readonly Request[]): Promise<number> {
  const recorded = await play(inForce, requests);
  const real = await play(draft, requests);
  const result = replayedUnder(draft, recorded.log);
  // A line that had only refusals, or that only the draft left untouched, has nothing on it.
  const used = result.lines.filter(({ simulated: { balance } }) => balance.exported + balance.reserved > 0);
  expect(Object.fromEntries(used.map(({ line, simulated }) => [line, simulated.balance]))).toEqual(real.balances);
  // Each difference is what the other ledger decided, and where there is none both decided the same.
  const told = new Map(result.differences.map(({ recordedAt, simulated }) => [recordedAt, wordOf(simulated)]));
  const expected = real.words.filter(([, word], index) => word !== recorded.words[index]?.[1]);
  expect([...told].sort()).toEqual([...expected].sort());
  return told.size;
}

/** With lines of companies: nothing lapses, so that every line stands the same in both. */
const withParents = request.map((each) => ({ ...each, parent: parents[each.units % parents.length], holdMs: 90 * dayMs }));
const parents = [undefined, 'Falcon Holding', 'Desert Group', 'Falcon  holding'];

/** The rulebook in force with another yearly limit for each ultimate parent, in units. */
function withLpp(units: number, enabled: boolean): CompiledRulebook {
  const { routes } = rulebook.document;
  if (routes?.lpp === undefined) throw new Error('The built-in rulebook has LPP.');
  const { perYearTpp } = routes.lpp.parameters;
  if (perYearTpp === undefined) throw new Error('LPP has a yearly limit.');
  const parameters = { ...routes.lpp.parameters, perYearTpp: { ...perYearTpp, value: units * 15_832 } };
  return smallCaps({ version: `lpp-${units}-${enabled}`, routes: { ...routes, lpp: { ...routes.lpp, enabled, parameters } } });
}

describe('a simulation with lines of companies comes to what a ledger under the draft came to', () => {
  const inForce = withLpp(20, true);
  const others: Readonly<Record<string, CompiledRulebook>> = {
    'the rulebook in force': inForce,
    'a lower limit': withLpp(6, true),
    'a higher limit': withLpp(40, true),
    'LPP switched off': withLpp(20, false),
  };
  it.each(Object.entries(others))(`with %s (SEED=${seed})`, async (_, draft) => {
    let different = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(withParents, { minLength: 10, maxLength: 40, size: 'max' }), async (requests) => {
        different += await compare(inForce, draft, requests);
      }),
      { seed, numRuns: long ? 1_000 : 12 },
    );
    expect(different > 0).toBe(draft !== inForce);
  });
});

/** What a ledger under a rulebook makes of the requests. Every line is touched at the end, so that what is due lapses. */
async function play(under: CompiledRulebook, requests: readonly Request[]) {
  const memory = await MemoryLedger.open({ rulebook: under }, new MemoryEventStore());
  const words: (readonly [at: string, word: string])[] = [];
  const ask = async ({ destination, units, chip, way, headquarters, parent, holdMs, passMs }: Request): Promise<void> => {
    // Each at a time of its own, by which the answers are told apart.
    memory.now += passMs + 1;
    const items = [{ chip, quantity: units }];
    const somebody = { name: 'Somebody', country: destination, headquarters: headquarters ?? destination };
    const consignee = parent === undefined ? somebody : { ...somebody, ultimateParent: { name: parent, headquarters: 'AE' } };
    const isNamed = headquarters !== undefined || parent !== undefined;
    const shipment = { destination, items, ...(isNamed && { consignee }) };
    const outcome =
      way === 'reserve'
        ? await memory.reserve(units, { ...shipment, expiresAt: memory.now + holdMs })
        : await memory.exportDirect(units, shipment);
    const { event } = decided(outcome);
    words.push([event.recordedAt, wordOf(sideOf(event))]);
  };
  for (const each of requests) await ask(each);
  const last = { units: 1, chip: 'nvidia-v100-sxm2', way: 'export', headquarters: undefined, parent: undefined, holdMs: dayMs } as const;
  for (const destination of ['AE', 'SA', 'AU', 'CN', 'KH'] as const) await ask({ ...last, destination, passMs: destination === 'AE' ? 2 * dayMs : 0 });
  const balances = new Map<string, LineBalance>();
  const log = await memory.log();
  for (const { stream, json } of log) {
    const line = lineOfStream(stream);
    if (line !== undefined) balances.set(line, (decodeEvent(json) as LineEvent).balanceMilliTpp);
  }
  for (const [line, { exported, reserved }] of balances) if (exported + reserved === 0) balances.delete(line);
  await memory.ledger.close();
  return { log, words, balances: Object.fromEntries([...balances].sort()) };
}

function sideOf(event: LineEvent): Pick<DecisionSide, 'outcome' | 'code' | 'route' | 'debitedMilliTpp'> {
  if (event.type === 'ReservationRefused') return { outcome: 'refused', code: event.code, route: null, debitedMilliTpp: 0 };
  if (event.type !== 'QuotaReserved' && event.type !== 'ExportDebited') throw new Error(`A ${event.type} answers no request.`);
  return { outcome: 'allowed', code: null, route: event.route, debitedMilliTpp: event.debitedMilliTpp };
}

function wordOf({ outcome, code, route, debitedMilliTpp }: Pick<DecisionSide, 'outcome' | 'code' | 'route' | 'debitedMilliTpp'>): string {
  return outcome === 'refused' ? `${code}` : `${route} ${debitedMilliTpp}`;
}
