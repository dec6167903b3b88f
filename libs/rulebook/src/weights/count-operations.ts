import { baseOf, statedTotal, syntheticDataOf } from './check-facts.js';
import {
  addRanges,
  anyOperations,
  exactOperations,
  exactRange,
  exceeds,
  isExact,
  noOperations,
  upTo,
  type Answer,
  type OperationsRange,
} from './operations.js';
import type { Stated, SyntheticData, WeightsFacts } from './weights-facts.js';
import type { WeightsRules } from './weights-rules.js';

/** The operations that ECCN 4E091 counts, with what is open about each part of them. */
export interface CountedOperations {
  /** All training, a base model's included. */
  readonly training: OperationsRange;
  /** A base model's training, and everything after it. */
  readonly base: OperationsRange;
  readonly further: OperationsRange;
  /** What Technical Note 3 adds, generator by generator. */
  readonly generators: readonly GeneratorCount[];
  readonly added: OperationsRange;
  /** Training and what is added. */
  readonly counted: OperationsRange;
  /** JSON pointers of the facts that would settle it. */
  readonly missing: readonly string[];
}

export interface GeneratorCount {
  readonly generator: string;
  /** Training operations that used unpublished data of this generator, and whether they exceed the share. */
  readonly used: OperationsRange;
  readonly counts: Answer;
  readonly added: OperationsRange;
}

/** Counts what is known; facts must have been checked. ECCN 4E091, Technical Notes 2 and 3. */
export function countOperations(rules: WeightsRules, facts: WeightsFacts): CountedOperations {
  const missing: string[] = [];
  const { training, base, further } = countTraining(facts, missing);
  const { syntheticData } = facts;
  const generators: GeneratorCount[] = [];
  let added = noOperations;
  if (syntheticData === undefined || syntheticData === 'unknown') {
    missing.push('/syntheticData');
    added = anyOperations;
  } else if (syntheticData !== 'none') {
    for (const [generator, data] of byGenerator(facts)) {
      const count = countGenerator(rules, facts, generator, data, training);
      generators.push(count);
      if (!isExact(count.added)) missing.push(...missingOf(data, count.counts, isCountedAlready(facts, generator)));
    }
    added = addRanges(generators.map((count) => count.added));
  }
  return { training, base, further, generators, added, counted: addRanges([training, added]), missing };
}

function countTraining(
  facts: WeightsFacts,
  missing: string[],
): Pick<CountedOperations, 'training' | 'base' | 'further'> {
  const { trainingOperations } = facts;
  const named = baseOf(facts);
  const total = statedTotal(facts);
  const before = rangeOf(named?.trainingOperations);
  const after = rangeOf(named?.furtherOperations);
  if (total !== undefined) {
    const training = exactRange(total);
    const base = isExact(before)
      ? before
      : isExact(after)
        ? exactRange(total - after.least)
        : { least: 0n, most: total };
    const further = isExact(after)
      ? after
      : isExact(before)
        ? exactRange(total - before.least)
        : { least: 0n, most: total };
    return { training, base, further };
  }
  const parts = addRanges([before, after]);
  if (named !== undefined && isExact(parts)) return { training: parts, base: before, further: after };
  const stages = typeof trainingOperations === 'object' ? trainingOperations : [];
  const known = addRanges(stages.map(({ operations }) => rangeOf(operations)));
  if (stages.length === 0) missing.push('/trainingOperations');
  stages.forEach(({ operations }, index) => {
    if (operations === undefined || operations === 'unknown') missing.push(`/trainingOperations/${index}/operations`);
  });
  const least = named !== undefined && parts.least > known.least ? parts.least : known.least;
  return { training: { least, most: null }, base: before, further: after };
}

/** In the order of the names, so that the order of the facts does not show. */
function byGenerator(facts: WeightsFacts): ReadonlyMap<string, readonly IndexedData[]> {
  const groups = new Map<string, IndexedData[]>();
  syntheticDataOf(facts).forEach((data, index) => {
    const name = data.generator.trim();
    groups.set(name, [...(groups.get(name) ?? []), { data, index }]);
  });
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface IndexedData {
  readonly data: SyntheticData;
  readonly index: number;
}

function countGenerator(
  rules: WeightsRules,
  facts: WeightsFacts,
  generator: string,
  group: readonly IndexedData[],
  training: OperationsRange,
): GeneratorCount {
  const used = addRanges(
    group.map(({ data }) => unlessPublished(data.published, boundedBy(rangeOf(data.trainingOperations), training))),
  );
  const counts = used.most === 0n ? 'no' : exceeds(used, 100n, training, BigInt(rules.syntheticData.morePercent));
  const generation = addRanges(
    group.map(({ data }) => unlessPublished(data.published, rangeOf(data.generationOperations))),
  );
  const whole = addRanges([generation, generatorTraining(facts, generator, group)]);
  const added = counts === 'yes' ? whole : counts === 'no' ? noOperations : upTo(whole);
  return { generator, used, counts, added };
}

/** The generator's own training, once, and nothing of what is counted already. */
function generatorTraining(facts: WeightsFacts, generator: string, group: readonly IndexedData[]): OperationsRange {
  if (isCountedAlready(facts, generator)) return noOperations;
  const data = group[0]?.data;
  if (data === undefined) return noOperations;
  const all = rangeOf(data.generatorTrainingOperations);
  const already = exactOperations(data.alreadyCountedOperations ?? 0);
  const rest = isExact(all) ? exactRange(all.least - already) : all;
  return unlessPublished(data.generatorPublished, rest);
}

/** A model that generates for itself, or a base that generates for its derivative, is among the training already. */
function isCountedAlready(facts: WeightsFacts, generator: string): boolean {
  return generator === facts.model?.trim() || generator === baseOf(facts)?.model?.trim();
}

function missingOf(group: readonly IndexedData[], counts: Answer, isCounted: boolean): readonly string[] {
  return group.flatMap(({ data, index }) => {
    if (data.published === true) return [];
    const open: (keyof SyntheticData)[] = ['published', 'generationOperations'];
    if (counts === 'unknown') open.push('trainingOperations');
    if (!isCounted && data.generatorPublished !== true) open.push('generatorPublished', 'generatorTrainingOperations');
    return open
      .filter((member) => data[member] === undefined || data[member] === 'unknown')
      .map((member) => `/syntheticData/${index}/${member}`);
  });
}

function rangeOf(value: Stated<number> | undefined): OperationsRange {
  return typeof value === 'number' ? exactRange(exactOperations(value)) : anyOperations;
}

/** A part is never more than the whole. */
function boundedBy(part: OperationsRange, whole: OperationsRange): OperationsRange {
  return part.most === null ? { least: part.least, most: whole.most } : part;
}

function unlessPublished(published: Stated<boolean> | undefined, range: OperationsRange): OperationsRange {
  if (published === true) return noOperations;
  return published === false ? range : upTo(range);
}
