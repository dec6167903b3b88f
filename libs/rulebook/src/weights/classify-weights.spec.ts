import { builtInWeights } from './built-in-weights.js';
import { classifyWeights } from './classify-weights.js';
import type { Control, WeightsClassification } from './weights-determination.js';
import type { BaseModel, SyntheticData, WeightsFacts } from './weights-facts.js';
import type { WeightsRulebook } from './weights-rules.js';

const rulebook = builtInWeights();

/** Closed weights, trained from scratch without synthetic data. */
const closedModel: WeightsFacts = { model: 'Big', published: false, syntheticData: 'none', derivedFrom: 'none' };

function classified(facts: WeightsFacts, on = '2026-08-01T00:00:00Z', by = rulebook): WeightsClassification {
  const answer = classifyWeights(by, { ...closedModel, ...facts }, Date.parse(on));
  if ('problems' in answer) throw new Error(JSON.stringify(answer.problems));
  return answer;
}

const trained = (trainingOperations: number | 'unknown', syntheticData?: readonly SyntheticData[]): WeightsFacts => ({
  trainingOperations,
  ...(syntheticData === undefined ? {} : { syntheticData }),
});
const stages = (...operations: (number | 'unknown')[]): WeightsFacts => ({
  trainingOperations: operations.map((each) => ({ operations: each })),
});
/** Unpublished data of a closed generator: operations to train on them, to generate them, to train the generator. */
const taught = (
  used: number,
  generation: number,
  generator?: number,
  more?: Partial<SyntheticData>,
): SyntheticData => ({
  generator: 'Teacher',
  published: false,
  generatorPublished: false,
  trainingOperations: used,
  generationOperations: generation,
  ...(generator === undefined ? {} : { generatorTrainingOperations: generator }),
  ...more,
});
/** Trained on from the published model Open. */
const tuned = (base: Partial<BaseModel>, facts: WeightsFacts = {}): WeightsFacts => ({
  ...facts,
  derivedFrom: { model: 'Open', published: true, ...base },
});
const openTeacher = { generatorPublished: true };
const self = { generator: 'Big' };
const shared = { alreadyCountedOperations: 5.5e25 };
const classedBelow = (finding: boolean): WeightsFacts => ({
  trainingOperations: 2e26,
  belowPublishedFrontier: { finding, by: 'bis' },
});

/** What is asked, the paragraph that answers, the facts, the answer, a reason it gives, the facts it misses. */
type Case = [string, string, WeightsFacts, Control, string, (readonly string[])?];
const [yes, no, open]: readonly [Control, Control, Control] = ['controlled', 'not-controlled', 'unknown'];

/** Worked out by hand from the text. */
const cases: readonly Case[] = [
  ['exactly 10^26 operations', '4E091', trained(1e26), yes, 'threshold-reached'],
  ['the double just below 10^26', '4E091', trained(9.999999999999999e25), no, 'below-threshold'],
  ['3.8e26 operations, as GPT-4.5 by Epoch AI', '4E091', trained(3.8e26), yes, 'threshold-reached'],
  ['6.6e25 operations, as GPT-5 by Epoch AI', '4E091', trained(6.6e25), no, 'below-threshold'],
  ['pre-training below, all training at it', '4E091 TN 2', stages(9e25, 1e25), yes, 'threshold-reached'],
  ['two parts of 10^26 that doubles add up to less', '4E091 TN 2', stages(1.1e25, 8.9e25), yes, 'threshold-reached'],
  ['all stages together below', '4E091 TN 2', stages(9e25, 9e24), no, 'below-threshold'],
  ['an unknown stage, the others at it', '4E091 TN 2', stages(1e26, 'unknown'), yes, 'operations-open'],
  ['an unknown stage, the others below', '4E091 TN 2', stages(5e25, 'unknown'), open, 'threshold-open',
    ['/trainingOperations/1/operations']],
  ['no figure at all', '4E091 TN 2', trained('unknown'), open, 'threshold-open', ['/trainingOperations']],

  ['published weights of 5e27', '4E091 Note 1', { ...trained(5e27), published: true }, no, 'published'],
  ['published weights, nothing else known', '4E091 Note 1',
    { published: true, syntheticData: 'unknown', derivedFrom: 'unknown' }, no, 'published'],
  ['publication unknown, above', '4E091 Note 1', { ...trained(2e26), published: 'unknown' }, open,
    'publication-unknown', ['/published']],
  ['publication unknown, below', '4E091', { ...trained(1e25), published: 'unknown' }, no, 'below-threshold'],

  ['10 % synthetic data are not more than 10 %', '4E091 TN 3', trained(9e25, [taught(9e24, 1e25, 5e26)]), no,
    'no-synthetic-data-counted'],
  ['just more than 10 %', '4E091 TN 3', trained(9e25, [taught(9.000000000000001e24, 1e24, 9e24)]), yes,
    'synthetic-data-counted'],
  ['a published generator: generating counts', '4E091 TN 3', trained(9e25, [taught(2e25, 1e24, 5e26, openTeacher)]), no,
    'synthetic-data-counted'],
  ['a published generator: generating suffices', '4E091 TN 3', trained(9e25, [taught(2e25, 1e25, 0, openTeacher)]), yes,
    'synthetic-data-counted'],
  ['published synthetic data', '4E091 TN 3', trained(9e25, [taught(8e25, 1e26, 5e26, { published: true })]), no,
    'no-synthetic-data-counted'],
  ['8 % of each of two models: one must exceed it', '4E091 TN 3',
    trained(9e25, [taught(7.2e24, 9e25, 0), taught(7.2e24, 9e25, 0, { generator: 'Other' })]), no,
    'no-synthetic-data-counted'],
  ['8 % twice of one model: its training counts once', '4E091 TN 3',
    trained(9e25, [taught(7.2e24, 5e23, 5e24), taught(7.2e24, 5e23, 5e24)]), no, 'synthetic-data-counted'],
  ['a model that generates for itself', '4E091 TN 3', trained(9e25, [taught(2e25, 5e24, 7e25, self)]), no,
    'synthetic-data-counted'],
  ['a generator that shares its base', '4E091 TN 3', trained(9e25, [taught(2e25, 0, 6e25, shared)]), no,
    'synthetic-data-counted'],
  ['synthetic data unknown, below', '4E091 TN 3', { ...trained(9e25), syntheticData: 'unknown' }, open,
    'synthetic-data-open', ['/syntheticData']],
  ['synthetic data unknown, above anyway', '4E091', { ...trained(2e26), syntheticData: 'unknown' }, yes,
    'synthetic-data-open'],
  ['a generator of unknown training', '4E091 TN 3', trained(9e25, [taught(2e25, 1e20)]), open, 'synthetic-data-open',
    ['/syntheticData/0/generatorTrainingOperations']],
  ['a generator that may be published', '4E091 TN 3',
    trained(9e25, [taught(2e25, 0, 5e25, { generatorPublished: 'unknown' })]), open, 'synthetic-data-open',
    ['/syntheticData/0/generatorPublished']],
  ['data that may be published', '4E091 TN 3', trained(9e25, [taught(2e25, 0, 5e25, { published: 'unknown' })]), open,
    'synthetic-data-open', ['/syntheticData/0/published']],
  ['an unknown share that could not matter', '4E091 TN 3',
    trained(9e25, [taught(0, 1e24, 0, { ...openTeacher, trainingOperations: 'unknown' })]), no, 'synthetic-data-open'],

  ['2.5e25 after a published model', '4E091 Note 1', tuned({ trainingOperations: 9e25, furtherOperations: 2.5e25 }), no,
    'further-training-within-limit'],
  ['just more than 2.5e25, 25 % being less', '4E091 Note 1',
    tuned({ trainingOperations: 9e25, furtherOperations: 2.5000000000000004e25 }), yes, 'further-training-above-limit'],
  ['25 % of 4e26, the higher limit', '4E091 Note 1', tuned({ trainingOperations: 4e26, furtherOperations: 1e26 }), no,
    'further-training-within-limit'],
  ['more than 25 % of 4e26', '4E091 Note 1', tuned({ trainingOperations: 4e26 }, trained(5.1e26)), yes,
    'further-training-above-limit'],
  ['above the limit, all training below', '4E091', tuned({ trainingOperations: 3.8e25 }, trained(7e25)), no,
    'below-threshold'],
  ['little after a closed model above it', '4E091 Note 1',
    tuned({ published: false, furtherOperations: 1e20 }, trained(2e26)), yes, 'base-not-published'],
  ['little after a published model of unknown size', '4E091 Note 1', tuned({ furtherOperations: 1e25 }), no,
    'further-training-within-limit'],
  ['much after a published model of unknown size', '4E091 Note 1', tuned({ furtherOperations: 1e26 }), open,
    'derivative-open', ['/derivedFrom/trainingOperations', '/trainingOperations']],
  ['a base that may be published', '4E091 Note 1',
    tuned({ published: 'unknown', furtherOperations: 1e24 }, trained(2e26)), open, 'derivative-open',
    ['/derivedFrom/published']],
  ['a base that may be there', '4E091 Note 1', { ...trained(2e26), derivedFrom: 'unknown' }, open, 'derivation-unknown',
    ['/derivedFrom']],
  ['a closed teacher pushes a derivative over its limit', '4E091 Note 1, TN 3',
    tuned({ trainingOperations: 1e26 }, trained(1.2e26, [taught(1.5e25, 1e24, 5e24)])), yes,
    'further-training-above-limit'],
  ['a base that teaches: its training counts once', '4E091 Note 1, TN 3',
    tuned({ trainingOperations: 1e26 }, trained(1.2e26, [taught(1.5e25, 5e24, 1e26, { generator: 'Open' })])), no,
    'further-training-within-limit'],

  ['classified by BIS as below the frontier', '4E091 Note 2; 748.3(f)', classedBelow(true), no,
    'classified-below-published-frontier'],
  ['classified by BIS as not below', '4E091 Note 2; 748.3(f)', classedBelow(false), yes,
    'classified-not-below-published-frontier'],
  ['not classified, the floor far below', '4E091 Note 2', trained(1e26), yes, 'above-moving-floor'],
];

describe('ECCN 4E091, worked out by hand', () => {
  it('is a table of at least 40 cases, each of its own', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(new Set(cases.map(([what]) => what)).size).toBe(cases.length);
  });

  it.each<Case>(cases)('%s (%s)', (_, __, facts, control, because, missing = []) => {
    const answer = classified(facts);
    expect([answer.control, answer.missing.map(({ member }) => member)]).toEqual([control, missing]);
    expect(answer.steps.map(({ reason }) => reason.code)).toContain(because);
    for (const { reason } of answer.steps) {
      expect(reason.code).toMatch(/^[a-z0-9-]+$/);
      expect(reason.text).toMatch(/^\S.*\.$/);
      expect(reason.citation).toMatch(/CFR|90 FR 4544/);
    }
    for (const { text } of answer.missing) expect(text).toMatch(/\?$/);
  });

  it('says what decided and how many operations count', () => {
    expect(classified(trained(9e25, [taught(2e25, 1e24, 3e25)]))).toMatchObject({
      decidedBy: 'threshold',
      operations: { least: 1.21e26, most: 1.21e26 },
    });
    expect(classified(stages(5e25, 'unknown'))).toMatchObject({
      decidedBy: 'threshold',
      operations: { least: 5e25, most: null },
    });
    expect(classified({ ...trained(1e20), published: true }).decidedBy).toBe('published');
  });
});

describe('the dates of the control', () => {
  it.each<[string, Control, string]>([
    ['2025-01-12T23:59:59.999Z', 'not-controlled', 'not-in-force'],
    ['2025-01-13T00:00:00Z', 'controlled', 'in-force-compliance-later'],
    ['2025-05-15T00:00:00Z', 'controlled', 'in-force'],
  ])('%s: %s', (on, control, code) => {
    const answer = classified(trained(1e26), on);
    expect([answer.control, answer.steps[0]?.reason.code]).toEqual([control, code]);
  });

  it('raise the moving floor, which frees weights once it is above the threshold and never falls', () => {
    const { weights } = rulebook;
    const entries = [
      ...weights.movingFloor.entries,
      { from: '2027-01-01T00:00:00Z', operations: 3e26, reason: 'A scenario.' },
      { from: '2027-06-01T00:00:00Z', operations: 1.5e26, reason: 'Better algorithms.' },
    ];
    const by: WeightsRulebook = {
      ...rulebook,
      weights: { ...weights, movingFloor: { ...weights.movingFloor, entries } },
    };
    const controls = ['2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z', '2027-07-01T00:00:00Z'].map(
      (on) => classified(trained(2e26), on, by).control,
    );
    expect(controls).toEqual(['controlled', 'not-controlled', 'not-controlled']);
    expect(classified(trained(3e26), '2027-07-01T00:00:00Z', by).control).toBe('controlled');
  });
});

describe('facts that cannot be', () => {
  const teacher = { generator: 'T', generatorPublished: true };
  it.each<[string, WeightsFacts, string]>([
    ['a negative figure', trained(-1), '/trainingOperations'],
    ['a fraction', trained(0.5), '/trainingOperations'],
    ['more than 1e30', trained(2e30), '/trainingOperations'],
    ['no number', trained(NaN), '/trainingOperations'],
    ['no stage', stages(), '/trainingOperations'],
    ['a bad stage', stages(1, Infinity), '/trainingOperations/1/operations'],
    ['a base larger than all', tuned({ trainingOperations: 3e26 }, trained(2e26)), '/trainingOperations'],
    [
      'base and rest that are not all',
      tuned({ trainingOperations: 1e26, furtherOperations: 9e25 }, trained(2e26)),
      '/trainingOperations',
    ],
    ['a generator without a name', { syntheticData: [{ generator: ' ' }] }, '/syntheticData/0/generator'],
    ['more synthetic data than training', trained(2e26, [taught(3e26, 0)]), '/syntheticData'],
    [
      'a generator that is two',
      { syntheticData: [teacher, { ...teacher, generatorPublished: false }] },
      '/syntheticData/1/generatorPublished',
    ],
    [
      'more counted already than there is',
      { syntheticData: [taught(1, 1, 1, { alreadyCountedOperations: 2 })] },
      '/syntheticData/0/alreadyCountedOperations',
    ],
  ])('%s: named, nothing classified', (_, facts, member) => {
    const answer = classifyWeights(rulebook, { ...closedModel, ...facts }, Date.parse('2026-08-01T00:00:00Z'));
    expect(answer).toEqual({ problems: [expect.objectContaining({ member })] });
  });
});
