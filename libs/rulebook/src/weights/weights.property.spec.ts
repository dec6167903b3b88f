import fc from 'fast-check';
import { countries } from '../countries/countries.js';
import { builtInWeights } from './built-in-weights.js';
import { classifyWeights } from './classify-weights.js';
import { determineWeights } from './determine-weights.js';
import type { Control } from './weights-determination.js';
import type { Stated, SyntheticData, WeightsConsignee, WeightsFacts } from './weights-facts.js';

const rulebook = builtInWeights();
const atMs = Date.parse('2026-08-01T00:00:00Z');

/** Figures around the bounds, where doubles and their sums matter. */
const operations = fc.oneof(
  fc.constantFrom(0, 1e24, 5e24, 9e24, 1e25, 2.5e25, 5e25, 9e25, 9.999999999999999e25, 1e26, 1e27, 1e29),
  fc.double({ min: 1e23, max: 1e27, noNaN: true }),
);
const stated = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Stated<Value>> =>
  fc.oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: fc.constant('unknown' as const) });
const stages = fc.array(fc.record({ operations: stated(operations) }), { minLength: 1, maxLength: 5 });
const synthetic: fc.Arbitrary<SyntheticData[]> = fc.uniqueArray(
  fc.record({
    generator: fc.constantFrom('A', 'B', 'Big', 'Base'),
    trainingOperations: stated(operations),
    published: stated(fc.boolean()),
    generationOperations: stated(operations),
    generatorPublished: stated(fc.boolean()),
    generatorTrainingOperations: stated(operations),
  }),
  { selector: ({ generator }) => generator, maxLength: 3 },
);
const facts: fc.Arbitrary<WeightsFacts> = fc.record(
  {
    model: fc.constant('Big'),
    published: stated(fc.boolean()),
    trainingOperations: fc.oneof(stated(operations), stages),
    syntheticData: fc.oneof(fc.constantFrom('none' as const, 'unknown' as const), synthetic),
    derivedFrom: fc.oneof(
      fc.constantFrom('none' as const, 'unknown' as const),
      fc.record({
        model: fc.constant('Base'),
        published: stated(fc.boolean()),
        trainingOperations: stated(operations),
        furtherOperations: stated(operations),
      }),
    ),
    origin: stated(fc.constantFrom('us' as const, 'foreign' as const)),
    listedPlant: stated(fc.boolean()),
    release: fc.constantFrom('export' as const, 'deemed-export' as const),
    permanentRegularEmployee: stated(fc.boolean()),
  },
  { requiredKeys: [] },
);
const mostly = fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) });
const country = stated(
  fc.oneof(fc.constantFrom('GB', 'US', 'JP'), fc.constantFrom(...countries.map(({ code }) => code))),
);
const consignee: fc.Arbitrary<WeightsConsignee> = fc.record(
  {
    country,
    headquarters: country,
    ultimateParent: fc.oneof(
      fc.constantFrom('none' as const, 'unknown' as const),
      fc.record({ headquarters: country }),
    ),
    facility: fc.record({
      paragraph14: stated(mostly),
      paragraph15: stated(mostly),
      paragraph18: stated(mostly),
    }),
  },
  { requiredKeys: [] },
);

/** Chance alone seldom gets as far as the routes. */
const controlled: WeightsFacts = {
  published: false,
  trainingOperations: 2e26,
  syntheticData: 'none',
  derivedFrom: 'none',
  origin: 'us',
  release: 'export',
};
const asked = fc.oneof(
  facts,
  facts.map((some): WeightsFacts => ({ ...some, ...controlled })),
);
const partner: WeightsConsignee = { headquarters: 'GB', ultimateParent: 'none' };
const receiver = fc.oneof(
  consignee,
  consignee.map((some): WeightsConsignee => ({ ...some, ...partner })),
);

function controlOf(some: WeightsFacts): Control | undefined {
  const answer = classifyWeights(rulebook, some, atMs);
  return 'problems' in answer ? undefined : answer.control;
}

/** The same members in the opposite order, all the way down. */
function reversed<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map((each: unknown) => reversed(each)).reverse() as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, each]) => [name, reversed<unknown>(each)]),
  ) as Value;
}

describe('any facts', () => {
  it('never throw, and name what is missing exactly where the answer is unknown', () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(asked, fc.option(receiver, { nil: undefined }), (some, who) => {
        const answer = determineWeights(rulebook, some, who, atMs);
        if ('problems' in answer) {
          expect(answer.problems.length).toBeGreaterThan(0);
          return;
        }
        const { control, route, presumption, classification, missing, obligations } = answer;
        seen.set(`${control} ${route}`, (seen.get(`${control} ${route}`) ?? 0) + 1);
        expect(classification.missing.length > 0).toBe(classification.control === 'unknown');
        if (control === 'not-controlled') expect(route).toBe('none');
        if (route === 'unknown') expect([control, missing.length > 0]).toEqual(['unknown', true]);
        if (presumption === 'unknown') expect(missing.length).toBeGreaterThan(0);
        expect(presumption !== null).toBe(route === 'licence');
        expect(obligations.length > 0).toBe(route === 'aia' || route === 'licence');
      }),
      { numRuns: 3000 },
    );
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining(['controlled aia', 'controlled licence', 'not-controlled none', 'unknown unknown']),
    );
  });

  it('have the same answer in every order', () => {
    fc.assert(
      fc.property(asked, receiver, (some, who) => {
        const answer = determineWeights(rulebook, some, who, atMs);
        const other = determineWeights(rulebook, reversed(some), reversed(who), atMs);
        if ('problems' in answer || 'problems' in other) {
          expect('problems' in answer).toBe('problems' in other);
          return;
        }
        const { missing, classification, ...rest } = answer;
        const { missing: otherMissing, classification: otherClassification, ...otherRest } = other;
        expect(otherRest).toEqual(rest);
        expect(otherMissing).toHaveLength(missing.length);
        expect(otherClassification.operations).toEqual(classification.operations);
      }),
      { numRuns: 1000 },
    );
  });

  it('settle nothing otherwise once an unknown fact becomes known', () => {
    const open = facts.filter((some) => some.published === undefined || some.published === 'unknown');
    fc.assert(
      fc.property(open, fc.boolean(), (some, published) => {
        const before = controlOf(some);
        if (before === 'controlled' || before === 'not-controlled')
          expect(controlOf({ ...some, published })).toBe(before);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('more operations', () => {
  const rank: Readonly<Record<Control, number>> = { 'not-controlled': 0, unknown: 1, controlled: 2 };
  const neverLess = (less: WeightsFacts, more: WeightsFacts): void => {
    const [before, after] = [controlOf(less), controlOf(more)];
    if (before !== undefined && after !== undefined) expect(rank[after]).toBeGreaterThanOrEqual(rank[before]);
  };

  it('of training never take a model without synthetic data out of the control', () => {
    fc.assert(
      fc.property(facts, fc.array(operations, { minLength: 1, maxLength: 4 }), operations, (some, parts, extra) => {
        const base =
          typeof some.derivedFrom === 'object'
            ? { ...some.derivedFrom, furtherOperations: 'unknown' as const }
            : some.derivedFrom;
        const { trainingOperations: _, derivedFrom: __, ...rest } = some;
        const model: WeightsFacts = {
          ...rest,
          syntheticData: 'none',
          ...(base === undefined ? {} : { derivedFrom: base }),
        };
        // Where the base model is unknown more training may be the base's: only the derivative's own is asked here.
        if (typeof base === 'object' && typeof base.trainingOperations !== 'number') return;
        neverLess(
          { ...model, trainingOperations: parts.map((each) => ({ operations: each })) },
          { ...model, trainingOperations: [...parts, extra].map((each) => ({ operations: each })) },
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('to train on, generate or train the generator of synthetic data never take a model out of the control', () => {
    const member = fc.constantFrom(
      'generationOperations' as const,
      'generatorTrainingOperations' as const,
      'trainingOperations' as const,
    );
    fc.assert(
      fc.property(
        facts,
        synthetic,
        member,
        fc.double({ min: 1, max: 20, noNaN: true }),
        (some, data, which, factor) => {
          const more = data.map((each) => {
            const figure = each[which];
            return typeof figure === 'number' ? { ...each, [which]: Math.round(figure * factor) } : each;
          });
          neverLess({ ...some, syntheticData: data }, { ...some, syntheticData: more });
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('on other data can take synthetic data below their share: the one exception, and it is in the text', () => {
    const model: WeightsFacts = {
      published: false,
      derivedFrom: 'none',
      syntheticData: [
        {
          generator: 'A',
          published: false,
          trainingOperations: 6e24,
          generationOperations: 0,
          generatorPublished: false,
          generatorTrainingOperations: 6e25,
        },
      ],
    };
    expect(controlOf({ ...model, trainingOperations: 5e25 })).toBe('controlled');
    expect(controlOf({ ...model, trainingOperations: 6.5e25 })).toBe('not-controlled');
    expect(controlOf({ ...model, trainingOperations: 1e26 })).toBe('controlled');
  });
});
