import fc from 'fast-check';
import type { WeightsConsignee, WeightsFacts } from '#rulebook';
import { decodeEvent } from '../events/codec.js';
import { digestOf } from '../events/seal.js';
import type { WeightsEvent } from '../events/weights-event.js';
import type { WeightExportRequest } from '../weights/weights-request.js';
import { hourMs, MemoryLedger, start } from '../testing/memory-ledger.js';
import type { WeightsOutcome } from './weights-ledger.js';

const exporters = ['acme', 'beta'] as const;

const flag = fc.constantFrom<boolean | 'unknown'>(true, false, 'unknown');
const operations = fc.constantFrom<number | 'unknown'>(0, 5e25, 9.999999999999999e25, 1e26, 3e26, 'unknown');
const country = fc.constantFrom('GB', 'US', 'AE', 'CN', 'MO', 'JP', 'unknown');
const closed = { published: false, syntheticData: 'none', derivedFrom: 'none', origin: 'us' } as const;
const facts: fc.Arbitrary<WeightsFacts> = fc.oneof(
  fc.record({ published: flag, trainingOperations: operations, origin: fc.constantFrom('us', 'foreign'), listedPlant: flag }),
  operations.map((trainingOperations) => ({ ...closed, trainingOperations })),
  fc.constant({ ...closed, trainingOperations: 2e26 }),
);
const consignee: fc.Arbitrary<WeightsConsignee> = fc.record({
  country,
  headquarters: country,
  ultimateParent: fc.oneof(fc.constant('none' as const), country.map((headquarters) => ({ headquarters }))),
  facility: fc.record({ paragraph14: flag, paragraph15: flag, paragraph18: flag }),
});
const request: fc.Arbitrary<WeightExportRequest> = fc.record(
  {
    exporter: fc.constantFrom(...exporters),
    weights: facts,
    exportedAt: fc.constantFrom(start - hourMs, start - 365 * 24 * hourMs),
    consignee,
    route: fc.constantFrom('aia', 'licence'),
    licence: fc.constantFrom('D1234567', 'D7654321'),
  },
  { requiredKeys: ['exporter', 'weights', 'exportedAt'] },
);

/** Which of two instances is asked, with one of few keys, while the store may be out of order. */
const step = fc.record({
  instance: fc.constantFrom(0, 1),
  key: fc.integer({ min: 1, max: 12 }),
  request,
  fault: fc.option(fc.constantFrom('unknown-lost', 'unknown-stored', 'unavailable'), { nil: undefined, freq: 6 }),
  follows: fc.boolean(),
  waits: fc.boolean(),
});

/** The same members in the opposite order, all the way down. */
function reversed<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([name, each]) => [name, reversed<unknown>(each)])) as Value;
}

async function eventsOf(memory: MemoryLedger, exporter: string): Promise<readonly { readonly json: string; readonly event: WeightsEvent }[]> {
  const stored = await memory.store.readStream(`weights:${exporter}`, { limit: 10_000 });
  return stored.map(({ json }) => ({ json, event: decodeEvent(json) as WeightsEvent }));
}

describe('any exports of weights by two instances', () => {
  it('are each recorded once or not at all, chained, and answered the same for ever', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const one = await MemoryLedger.shared();
        const instances = [one, await one.another()];
        const asked: { readonly key: string; readonly request: WeightExportRequest; readonly outcome: Promise<WeightsOutcome> }[] = [];
        for (const { instance, key: number, request: of, fault, follows, waits } of steps) {
          const memory = instances[instance] ?? one;
          const key = `key-number-${number}`;
          if (fault) memory.store.failNext(fault);
          if (follows) await memory.index.reach(memory.store);
          const caller = { principal: of.exporter, idempotencyKey: key, body: of };
          const outcome = memory.ledger.weights.record(of, caller);
          asked.push({ key, request: of, outcome });
          if (waits) await outcome;
        }
        const outcomes = await Promise.all(asked.map(({ outcome }) => outcome));
        for (const memory of instances) await memory.restart();

        const ids = new Set<string>();
        for (const exporter of exporters) {
          let prev = '';
          for (const { json, event } of await eventsOf(one, exporter)) {
            expect([event.exporter, event.prev, ids.has(event.weightExportId)]).toEqual([exporter, prev, false]);
            ids.add(event.weightExportId);
            prev = digestOf(json);
            seen.add(`${event.type} ${event.route}`);
            if (event.type === 'WeightExportRefused') expect(event.reasons.length).toBeGreaterThan(0);
            else if (event.route === 'licence') expect(event.licence).toBeDefined();
            else if (event.route === 'none') expect(event.obligations).toEqual([]);
            if (event.type === 'WeightExportRecorded' && event.asked) expect(event.route).toBe(event.asked);
          }
        }
        for (const [index, { key, request: of }] of asked.entries()) {
          const first = outcomes[index];
          if (!first?.decided) continue;
          const again = await one.ledger.weights.record(of, { principal: of.exporter, idempotencyKey: key, body: reversed(of) });
          expect(again).toEqual({ ...first, replayed: true });
        }
        // Nothing is written that nobody was told of, and nothing told that was not written.
        expect(new Set(outcomes.flatMap((outcome) => (outcome.decided ? [outcome.event.weightExportId] : [])))).toEqual(ids);
      }),
      { numRuns: 60 },
    );
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(['WeightExportRecorded aia', 'WeightExportRecorded licence', 'WeightExportRecorded none', 'WeightExportRefused licence']),
    );
  });
});
