import { builtInRulebook } from '../document/built-in-rulebook.js';
import { loadRulebook, RulebookInvalid } from '../document/load-rulebook.js';
import type { Rulebook } from '../document/rulebook.js';
import { determineWeights } from '../weights/determine-weights.js';
import { readingValues, type WeightsRules } from '../weights/weights-rules.js';

type Mutable<T> = T extends object ? { -readonly [Member in keyof T]: Mutable<T[Member]> } : T;

const { document } = builtInRulebook();

/** The built-in rulebook with its weights changed. */
function withWeights(change: (weights: Mutable<WeightsRules>) => void): Rulebook {
  const weights = structuredClone(document.weights) as Mutable<WeightsRules>;
  change(weights);
  return { ...document, weights };
}

function wrongAfter(change: (weights: Mutable<WeightsRules>) => void): readonly string[] {
  try {
    loadRulebook(withWeights(change));
  } catch (error) {
    if (error instanceof RulebookInvalid) return error.problems.map(({ member }) => member);
    throw error;
  }
  return [];
}

const firstReading = (weights: Mutable<WeightsRules>): object => weights.readings.partnerFirm;
const entry = (weights: Mutable<WeightsRules>, index: number): { from: string; operations: number } =>
  weights.movingFloor.entries[index] as { from: string; operations: number };

describe('the member weights of a rulebook', () => {
  it('may be left out: then there is nothing to determine weights by', () => {
    const { weights: _, ...without } = document;
    expect(loadRulebook(without).weightsRulebook).toBeUndefined();
  });

  it('decides: another threshold, another answer', () => {
    const facts = { published: false, trainingOperations: 5e25, syntheticData: 'none', derivedFrom: 'none' } as const;
    const controlUnder = (rulebook: Rulebook): string => {
      const compiled = loadRulebook(rulebook).weightsRulebook;
      if (compiled === undefined) throw new Error('It has weights.');
      const found = determineWeights(compiled, { ...facts, origin: 'us' }, undefined, Date.parse('2026-08-01'));
      return 'problems' in found ? 'problems' : found.control;
    };
    expect(controlUnder(document)).toBe('not-controlled');
    expect(controlUnder(withWeights(({ threshold }) => (threshold.operations = 5e25)))).toBe('controlled');
  });

  it('is part of the hash', () => {
    const other = loadRulebook(withWeights((weights) => (weights.threshold.operations = 2e26)));
    expect(other.hash).not.toBe(builtInRulebook().hash);
  });

  it.each<[string, (weights: Mutable<WeightsRules>) => void]>([
    ['/weights/eccn', (weights) => Object.assign(weights, { eccn: '4E001' })],
    ['/weights/price', (weights) => Object.assign(weights, { price: 1 })],
    ['/weights/note', (weights) => Object.assign(weights, { note: '' })],
    ['/weights/inForce/from', (weights) => (weights.inForce.from = '2025-01-13')],
    ['/weights/compliance/from', (weights) => (weights.compliance.from = '2025-01-12T23:59:59Z')],
    ['/weights/facilitySecurity/by', (weights) => Object.assign(weights.facilitySecurity, { by: '2024-01-01' })],
    ['/weights/facilitySecurity/by', (weights) => Object.assign(weights.facilitySecurity, { by: '2026-02-30' })],
    ['/weights/facilitySecurity/by', (weights) => Object.assign(weights.facilitySecurity, { by: '2026-01-15T00:00:00Z' })],
    ['/weights/facilitySecurity/from', (weights) => Object.assign(weights, { facilitySecurity: { from: '2024-01-01T00:00:00Z', citation: 'x' } })],
    ['/weights/threshold/operations', (weights) => (weights.threshold.operations = -1)],
    ['/weights/threshold/operations', (weights) => (weights.threshold.operations = 1e31)],
    ['/weights/threshold/operations', (weights) => (weights.threshold.operations = 0.5)],
    ['/weights/threshold/operations', (weights) => Object.assign(weights.threshold, { operations: '1e26' })],
    ['/weights/threshold/countingCitation', (weights) => Object.assign(weights.threshold, { countingCitation: 1 })],
    ['/weights/syntheticData/morePercent', (weights) => (weights.syntheticData.morePercent = 101)],
    ['/weights/derivative/percent', (weights) => (weights.derivative.percent = -1)],
    ['/weights/movingFloor/entries/1/from', (weights) => (entry(weights, 1).from = 'soon')],
    ['/weights/movingFloor/entries/1/from', (weights) => (entry(weights, 1).from = entry(weights, 0).from)],
    ['/weights/movingFloor/entries/0/operations', (weights) => (entry(weights, 0).operations = 1.5)],
    ['/weights/aia/duties/0/paragraph', (weights) => Object.assign(weights.aia.duties[0] as object, { paragraph: '14' })],
    ['/weights/aia/duties/0/code', (weights) => Object.assign(weights.aia.duties[0] as object, { code: 'A b' })],
    ['/weights/aia/duties/1/code',
      (weights) => Object.assign(weights.aia.duties[1] as object, { code: weights.aia.duties[0]?.code })],
    ['/weights/aia/records/citation', (weights) => Object.assign(weights.aia.records, { citation: '' })],
    ['/weights/readings/partnerFirm/value', (weights) => Object.assign(firstReading(weights), { value: 'neither' })],
    ['/weights/readings/partnerFirm/alternatives',
      (weights) => Object.assign(firstReading(weights), { alternatives: ['both'] })],
    ['/weights/readings/partnerFirm/alternatives/0',
      (weights) => Object.assign(firstReading(weights), { alternatives: ['neither', 'either'] })],
    ['/weights/readings/partnerFirm/reason', (weights) => Object.assign(firstReading(weights), { reason: '' })],
  ])('names %s when it is wrong: case %#', (member, change) => expect(wrongAfter(change)).toEqual([member]));

  it('follows every value that is offered, and offers those alone', () => {
    const readings = Object.entries(document.weights?.readings ?? {});
    expect(readings.map(([name]) => name).sort()).toEqual(Object.keys(readingValues).sort());
    for (const [name, { alternatives }] of readings) {
      expect([name, alternatives]).toEqual([name, readingValues[name as keyof typeof readingValues]]);
      for (const value of alternatives) {
        const change = ({ readings: own }: Mutable<WeightsRules>): object =>
          Object.assign(own[name as keyof typeof own] ?? {}, { value });
        expect(wrongAfter(change)).toEqual([]);
      }
    }
  });
});
