import type { CountedOperations } from './count-operations.js';
import {
  exactOperations,
  exactRange,
  operationsText,
  type Answer,
  type OperationsRange,
} from './operations.js';
import type { WeightsFacts } from './weights-facts.js';
import type { WeightsRules } from './weights-rules.js';

/** What the steps say to people. */
export function trainingText(training: OperationsRange): string {
  return `All training, everything after pre-training included, took ${operationsText(training)} operations.`;
}

export function additionText(
  { syntheticData: { morePercent } }: WeightsRules,
  { syntheticData }: WeightsFacts,
  count: CountedOperations,
): string {
  if (syntheticData === 'none') return 'No synthetic data were trained on.';
  if (syntheticData === undefined || syntheticData === 'unknown')
    return 'Whether synthetic data were trained on is not known.';
  if (count.generators.length === 0) return 'No synthetic data were trained on.';
  return count.generators
    .map(({ generator, used, counts, added }) => {
      const share = `${operationsText(used)} operations trained on unpublished data of ${generator}`;
      switch (counts) {
        case 'yes':
          return `${share}, more than ${morePercent} %: generating them and training it add ${operationsText(added)}.`;
        case 'no':
          return `${share}, not more than ${morePercent} %: nothing is added.`;
        case 'unknown':
          return `${share}; whether that is more than ${morePercent} % is not known.`;
      }
    })
    .join(' ');
}

export function thresholdText(threshold: number, counted: OperationsRange, frees: Answer): string {
  const limit = operationsText(exactRange(exactOperations(threshold)));
  switch (frees) {
    case 'yes':
      return `${operationsText(counted)} operations are fewer than ${limit}.`;
    case 'no':
      return `${operationsText(counted)} operations reach the threshold of ${limit}.`;
    case 'unknown':
      return `Whether ${operationsText(counted)} operations reach the threshold of ${limit} is not known.`;
  }
}

export function derivativeText(
  { derivative: { operations, percent } }: WeightsRules,
  further: OperationsRange,
  base: OperationsRange,
  over: Answer,
): string {
  const fixed = operationsText(exactRange(exactOperations(operations)));
  const limit = `the higher of ${fixed} and ${percent} % of the base model's ${operationsText(base)} operations`;
  const what = `Training after the base model took ${operationsText(further)} operations`;
  switch (over) {
    case 'yes':
      return `${what}, more than ${limit}.`;
    case 'no':
      return `${what}, not more than ${limit}.`;
    case 'unknown':
      return `${what}; whether that is more than ${limit} is not known.`;
  }
}

export function floorText(floor: string, reason: string, frees: Answer): string {
  const found = {
    yes: 'Fewer operations than',
    no: 'Not fewer operations than',
    unknown: 'Perhaps fewer operations than',
  }[frees];
  return `${found} the ${floor} that stand for the most advanced published model. ${reason}`;
}
