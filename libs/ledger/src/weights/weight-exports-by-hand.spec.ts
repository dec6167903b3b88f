import {
  builtInRulebook,
  isRouted,
  loadRulebook,
  type CompiledRulebook,
  type WeightsConsignee,
  type WeightsFacts,
  type WeightsReliance,
} from '#rulebook';
import { encodeEvent } from '../events/codec.js';
import { emptyStream, seal } from '../events/seal.js';
import type { WeightsEvent } from '../events/weights-event.js';
import type { Rejected } from '../outcome/rejected.js';
import { judgeWeightExport, judgeWeights, type WeightsAnswer } from './judge-weights.js';

const rulebook = builtInRulebook();
const identity = { commandId: '886313e1-3b8a-5372-9b90-0c9aee199e5d', idempotencyKey: 'by-hand-1', requestHash: 'x' };
const recordedAt = Date.parse('2026-08-01T12:00:00Z');

/** Closed weights of US origin, trained from scratch with twice the operations of the threshold. */
const closed: WeightsFacts = {
  published: false,
  trainingOperations: 2e26,
  syntheticData: 'none',
  derivedFrom: 'none',
  origin: 'us',
};
const complies = { paragraph14: true, paragraph15: true, paragraph18: true } as const;
/** Located, headquartered, with a parent headquartered in; `none`: without a parent, `-`: nobody says. */
function firm(country: string, headquarters: string, parent = 'none', facility: object = complies): WeightsConsignee {
  return {
    name: 'A firm',
    country,
    headquarters,
    ...(parent !== '-' && { ultimateParent: parent === 'none' ? parent : { headquarters: parent } }),
    facility,
  };
}
const british = firm('GB', 'GB');
const emirati = firm('AE', 'AE');
const chinese = firm('CN', 'CN');
const licensed: WeightsReliance = { licence: 'D1234567' };
const data = (operations: number, generator: object): WeightsFacts => ({
  trainingOperations: 9e25,
  syntheticData: [{ generator: 'Elder', trainingOperations: operations, published: false, generationOperations: 1e25, ...generator }],
});
const derived = (operations: number, of: object): WeightsFacts => ({
  trainingOperations: operations,
  derivedFrom: { model: 'Open Base', published: true, ...of },
});

interface Case {
  readonly what: string;
  readonly paragraph: string;
  /** Beyond `closed`. */
  readonly facts?: WeightsFacts;
  readonly to: WeightsConsignee | undefined;
  readonly with?: WeightsReliance;
  readonly on?: string;
  /** `recorded <route>`, `refused <route>: <first reason>` or `nothing: <code>`. */
  readonly comesTo: string;
}

/** Worked out by hand from the text. */
const cases: readonly Case[] = [
  // Is it controlled?
  { what: 'the day before the rule', paragraph: '90 FR 4544', to: chinese, on: '2025-01-12', comesTo: 'recorded none' },
  { what: 'the first day of the rule', paragraph: '90 FR 4544', to: chinese, on: '2025-01-13',
    comesTo: 'refused licence: licence-number-missing' },
  { what: 'open weights to China', paragraph: '4E091 Note 1', facts: { published: true }, to: chinese, comesTo: 'recorded none' },
  { what: '1e26 operations', paragraph: '4E091', facts: { trainingOperations: 1e26 }, to: emirati,
    comesTo: 'refused licence: licence-number-missing' },
  { what: 'one double below 1e26', paragraph: '4E091', facts: { trainingOperations: 9.999999999999999e25 }, to: chinese,
    comesTo: 'recorded none' },
  { what: 'later training that reaches 1e26', paragraph: '4E091 TN 2',
    facts: { trainingOperations: [{ operations: 8.9e25 }, { operations: 1.1e25 }] }, to: emirati,
    comesTo: 'refused licence: licence-number-missing' },
  { what: 'later training that does not', paragraph: '4E091 TN 2',
    facts: { trainingOperations: [{ operations: 8.9e25 }, { operations: 1e25 }] }, to: chinese, comesTo: 'recorded none' },
  { what: 'data of a closed model, 10 % exactly', paragraph: '4E091 TN 3',
    facts: data(9e24, { generatorPublished: false, generatorTrainingOperations: 9e25 }), to: chinese, comesTo: 'recorded none' },
  { what: 'data of a closed model, more than 10 %', paragraph: '4E091 TN 3',
    facts: data(9.1e24, { generatorPublished: false, generatorTrainingOperations: 9e25 }), to: emirati,
    comesTo: 'refused licence: licence-number-missing' },
  { what: 'data of an open model: generating alone counts', paragraph: '4E091 TN 3',
    facts: data(5e25, { generatorPublished: true, generatorTrainingOperations: 9e25 }), to: emirati,
    comesTo: 'refused licence: licence-number-missing' },
  { what: 'the same, generated with less', paragraph: '4E091 TN 3',
    facts: data(5e25, { generatorPublished: true, generationOperations: 9e24 }), to: chinese, comesTo: 'recorded none' },
  { what: 'published data', paragraph: '4E091 TN 3', facts: data(5e25, { published: true }), to: chinese, comesTo: 'recorded none' },
  { what: 'an open model tuned with 2.5e25', paragraph: '4E091 Note 1', facts: derived(1.05e26, { furtherOperations: 2.5e25 }),
    to: chinese, comesTo: 'recorded none' },
  { what: 'an open model tuned with more', paragraph: '4E091 Note 1', facts: derived(1.06e26, { furtherOperations: 2.6e25 }),
    to: chinese, comesTo: 'refused licence: licence-number-missing' },
  { what: 'a large open model tuned with 25 %', paragraph: '4E091 Note 1', facts: derived(2.5e26, { furtherOperations: 5e25 }),
    to: chinese, comesTo: 'recorded none' },
  { what: 'a closed model tuned with little', paragraph: '4E091 Note 1',
    facts: derived(1.05e26, { published: false, furtherOperations: 1e24 }), to: emirati,
    comesTo: 'refused licence: licence-number-missing' },
  { what: 'found to be below the open frontier by BIS', paragraph: '4E091 Note 2; 748.3(f)',
    facts: { belowPublishedFrontier: { finding: true, by: 'bis' } }, to: chinese, comesTo: 'recorded none' },
  { what: 'foreign weights of no listed plant', paragraph: '734.9(l)', facts: { origin: 'foreign', listedPlant: false }, to: chinese,
    comesTo: 'recorded none' },
  { what: 'foreign weights of a listed plant', paragraph: '734.9(l)', facts: { origin: 'foreign', listedPlant: true }, to: chinese,
    comesTo: 'refused licence: licence-number-missing' },
  // Nothing is guessed
  { what: 'operations that nobody knows', paragraph: '4E091', facts: { trainingOperations: 'unknown' }, to: british,
    comesTo: 'nothing: classification-unknown' },
  { what: 'foreign weights of an unknown plant', paragraph: '734.9(l)', facts: { origin: 'foreign' }, to: british,
    comesTo: 'nothing: classification-unknown' },
  { what: 'a base model with more training than the model', paragraph: '4E091 TN 2',
    facts: derived(1e25, { trainingOperations: 2e25 }), to: british, comesTo: 'nothing: contradictory-facts' },
  { what: 'a country that is none', paragraph: 'ISO 3166-1', to: firm('UK', 'GB'), comesTo: 'nothing: invalid-request' },
  { what: 'to the United States', paragraph: '734.13(a)(1)', to: firm('US', 'US'), comesTo: 'nothing: not-an-export' },
  { what: 'open weights to the United States', paragraph: '734.13(a)(1)', facts: { published: true }, to: firm('US', 'US'),
    comesTo: 'nothing: not-an-export' },
  { what: 'to a US firm that stores in Canada', paragraph: '734.13(a)(1)', to: firm('US', 'US', 'none', { ...complies, country: 'CA' }),
    comesTo: 'recorded aia' },
  { what: 'to a person in the United States', paragraph: '734.13(a)(2)', to: firm('US', 'US'),
    facts: { release: 'deemed-export', permanentRegularEmployee: false }, comesTo: 'refused licence: licence-number-missing' },
  // AIA
  { what: 'a British firm', paragraph: '740.27(a)(3)', to: british, comesTo: 'recorded aia' },
  { what: 'a British firm in the Emirates', paragraph: '740.27(a)(3)(i)', to: firm('AE', 'GB'), comesTo: 'recorded aia' },
  { what: 'a Japanese firm of a US parent', paragraph: '740.27(a)(3)', to: firm('JP', 'JP', 'US'), comesTo: 'recorded aia' },
  { what: 'an Emirati firm of a US parent', paragraph: '740.27(a)(3)', to: firm('AE', 'AE', 'US'), comesTo: 'recorded aia' },
  { what: 'an Emirati firm of an Indian parent', paragraph: '742.6(b)(14)', to: firm('AE', 'AE', 'IN'),
    comesTo: 'refused licence: licence-number-missing' },
  { what: 'a British firm of a Chinese parent', paragraph: '740.27(a)(3)', to: firm('GB', 'GB', 'CN'), with: { route: 'aia' },
    comesTo: 'refused aia: parent-headquarters-not-partner' },
  { what: 'a British firm of an unknown parent', paragraph: '740.27(a)(3)', to: firm('GB', 'GB', '-'), with: { route: 'aia' },
    comesTo: 'refused aia: fact-missing' },
  { what: 'a British firm that stores in Macau', paragraph: '740.27(a)(3)(i)', with: { route: 'aia' },
    to: firm('GB', 'GB', 'none', { ...complies, country: 'MO' }), comesTo: 'refused aia: facility-embargoed' },
  { what: 'Cambodia while in D:5', paragraph: '740.27(a)(3)(i)', to: firm('KH', 'GB'), on: '2025-11-06',
    comesTo: 'refused licence: licence-number-missing' },
  { what: 'Cambodia out of D:5', paragraph: '740.27(a)(3)(i)', to: firm('KH', 'GB'), on: '2025-11-07', comesTo: 'recorded aia' },
  { what: 'a facility without paragraph 18 before it is due', paragraph: 'Supp. 10 to 748, para 8', on: '2026-01-15',
    to: firm('GB', 'GB', 'none', { ...complies, paragraph18: false }), comesTo: 'recorded aia' },
  { what: 'the same once it is due', paragraph: 'Supp. 10 to 748, para 8', on: '2026-01-16', with: { route: 'aia' },
    to: firm('GB', 'GB', 'none', { ...complies, paragraph18: false }), comesTo: 'refused aia: facility-paragraph18' },
  // Licences
  { what: 'an Emirati firm under a licence', paragraph: '742.6(a)(13), (b)(14)', to: emirati, with: licensed,
    comesTo: 'recorded licence' },
  { what: 'a Chinese firm under a licence', paragraph: '742.6(b)(14)', to: chinese, with: licensed, comesTo: 'recorded licence' },
  { what: 'an Emirati firm that asks for a licence only', paragraph: '742.6(b)(14)', to: emirati, with: { route: 'licence' },
    comesTo: 'refused licence: licence-number-missing' },
  { what: 'nobody in particular, under a licence', paragraph: '742.6(a)(13)', to: undefined, with: licensed,
    comesTo: 'recorded licence' },
  { what: 'a British firm that could use AIA, under a licence', paragraph: '742.6(a)(13)', to: british,
    with: { ...licensed, route: 'licence' }, comesTo: 'recorded licence' },
  { what: 'a British firm with a licence at hand', paragraph: '740.27(a)(3)', to: british, with: licensed, comesTo: 'recorded aia' },
  { what: 'open weights for which a licence is asked', paragraph: '4E091 Note 1', facts: { published: true }, to: chinese,
    with: { ...licensed, route: 'licence' }, comesTo: 'refused licence: no-authorisation-needed' },
  // Releases to persons
  { what: 'a permanent employee of a British firm', paragraph: '742.6(a)(13)', to: british,
    facts: { release: 'deemed-export', permanentRegularEmployee: true }, comesTo: 'recorded none' },
  { what: 'a contractor of a British firm', paragraph: '742.6(a)(13)', to: british,
    facts: { release: 'deemed-export', permanentRegularEmployee: false }, comesTo: 'refused licence: licence-number-missing' },
  { what: 'a release to a person, by AIA', paragraph: '740.27(a)(3), OPEN', to: british, with: { route: 'aia' },
    facts: { release: 'deemed-export', permanentRegularEmployee: false }, comesTo: 'refused aia: deemed-export' },
];

function requestOf({ facts, to, with: reliance, on = '2026-08-01' }: Case) {
  const exportedAt = Date.parse(`${on}T00:00:00Z`);
  return { exporter: 'acme', weights: { ...closed, ...facts }, ...(to && { consignee: to }), ...reliance, exportedAt };
}

function judged(each: Case): ReturnType<typeof judgeWeightExport> {
  const issued = { at: recordedAt, principal: 'acme', rulebook: rulebook.reference, identity };
  return judgeWeightExport(rulebook, requestOf(each), issued);
}

describe('exports of weights, worked out by hand', () => {
  it('are at least 40', () => expect(cases.length).toBeGreaterThanOrEqual(40));

  it.each([...cases])('$what ($paragraph): $comesTo', (each) => {
    const found = judged(each);
    if ('decided' in found) {
      expect(`nothing: ${found.code}`).toBe(each.comesTo);
      expect(found.detail).toMatch(/\.$/);
      expect(found.errors?.length).toBeGreaterThan(0);
      return;
    }
    const because = found.type === 'WeightExportRefused' ? `: ${found.reasons[0]?.code}` : '';
    const word = found.type === 'WeightExportRefused' ? 'refused' : 'recorded';
    expect(`${word} ${found.route}${because}`).toBe(each.comesTo);
    const reasons = [
      ...found.determination.steps.map(({ reason }) => reason),
      ...(found.type === 'WeightExportRefused' ? found.reasons : found.obligations),
    ];
    for (const { text, citation } of reasons) expect([text, citation]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/CFR|FR/)]);
    // What is stored is canonical JSON of the event alone: nothing of it is lost.
    const sealed = seal<WeightsEvent>('weights:acme', emptyStream, found);
    expect(encodeEvent(JSON.parse(sealed.json) as WeightsEvent)).toBe(sealed.json);
  });

  it.each([...cases])('$what: the determination says the same beforehand', (each) => {
    const answer = judgeWeights(rulebook, requestOf(each), recordedAt);
    const found = judged(each);
    if ('decided' in answer) expect(found).toEqual(answer);
    else if ('rejection' in answer) expect(found).toEqual(answer.rejection);
    else {
      const { refusal, route } = answer.authorisation;
      expect(found).toMatchObject({ type: refusal === null ? 'WeightExportRecorded' : 'WeightExportRefused', route });
      expect(isRouted(answer.determination)).toBe(true);
    }
  });
});

describe('a recorded export', () => {
  const recorded = cases.flatMap((each): readonly WeightsEvent[] => {
    const found = judged(each);
    return 'decided' in found ? [] : [seal<WeightsEvent>('weights:acme', emptyStream, found).event];
  });

  it('comes to the same again under the same rulebook', () => {
    for (const event of recorded) {
      const again = judgeAgain(rulebook, event);
      if (!('authorisation' in again)) throw new Error('What was recorded is judged again.');
      const { refusal, route } = again.authorisation;
      expect([event.type, event.route]).toEqual([refusal ? 'WeightExportRefused' : 'WeightExportRecorded', route]);
      expect(again.determination.steps).toEqual(event.determination.steps);
    }
  });

  it('may come to something else under another one', () => {
    const { weights } = rulebook.document;
    if (weights === undefined) throw new Error('The built-in rulebook has weights.');
    const stricter = loadRulebook({
      ...rulebook.document,
      weights: { ...weights, threshold: { ...weights.threshold, operations: 9e25 } },
    });
    const changed = recorded.filter((event) => {
      const again = judgeAgain(stricter, event);
      return 'authorisation' in again && again.authorisation.route !== event.route;
    });
    const totals = changed.map((event) => event.determination.operations.most);
    expect(changed.length).toBeGreaterThan(2);
    expect(totals.every((most) => most !== null && most >= 9e25 && most < 1e26)).toBe(true);
  });
});

describe('the duties that an export brings', () => {
  const dutiesOf = (what: string): readonly string[] => {
    const each = cases.find((one) => one.what === what);
    const found = each && judged(each);
    if (!found || 'decided' in found || found.type !== 'WeightExportRecorded') throw new Error(`${what} is not recorded.`);
    return found.obligations.map(({ code, dueAt }) => `${code} ${dueAt ?? 'at once'}`);
  };

  it('are those of the route taken', () => {
    expect(dutiesOf('a British firm')).toContain('annual-attestation at once');
    expect(dutiesOf('a facility without paragraph 18 before it is due')).toContain('personnel-vetting 2026-01-15T23:59:59.999Z');
    expect(dutiesOf('a British firm that could use AIA, under a licence')).toEqual([]);
    expect(dutiesOf('open weights to China')).toEqual([]);
  });
});

/** What a recorded request would come to under another rulebook: an event says all that the decision rests on. */
function judgeAgain(rulebook: CompiledRulebook, event: WeightsEvent): WeightsAnswer | Rejected {
  const { weights, consignee, asked, licence, exportedAt } = event;
  const request = {
    weights,
    ...(consignee && { consignee }),
    ...(asked && { route: asked }),
    ...(licence !== undefined && { licence }),
    exportedAt: Date.parse(exportedAt),
  };
  return judgeWeights(rulebook, request, request.exportedAt);
}
