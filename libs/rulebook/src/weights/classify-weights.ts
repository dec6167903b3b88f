import { baseOf, checkFacts } from './check-facts.js';
import { countOperations, type CountedOperations } from './count-operations.js';
import { missingFacts } from './missing-facts.js';
import { addRanges, exactOperations, exactRange, exceeds, isExact, operationsText, type Answer } from './operations.js';
import { additionText, derivativeText, floorText, thresholdText, trainingText } from './step-texts.js';
import { inForce } from './weights-dates.js';
import { floorAt } from './moving-floor.js';
import type {
  Control,
  WeightsClassification,
  WeightsProblems,
  WeightsStep,
  WeightsStepName,
} from './weights-determination.js';
import type { WeightsFacts } from './weights-facts.js';
import type { WeightsRulebook, WeightsRules } from './weights-rules.js';

/** A step with the facts that are missing if it is open. */
interface OpenStep extends WeightsStep {
  readonly missing: readonly string[];
}

/**
 * Whether weights are specified in ECCN 4E091 at a moment (milliseconds since 1970, UTC), step by step. Pure, never
 * throws; the order of facts does not matter. Steps in order, the first that frees the weights decides.
 */
export function classifyWeights(
  { weights: rules }: WeightsRulebook,
  facts: WeightsFacts,
  atMs: number,
): WeightsClassification | WeightsProblems {
  const problems = checkFacts(facts, undefined, atMs);
  return problems.length > 0 ? { problems } : classifyChecked(rules, facts, atMs);
}

/** The same for facts that `checkFacts` has nothing against. */
export function classifyChecked(rules: WeightsRules, facts: WeightsFacts, atMs: number): WeightsClassification {
  const count = countOperations(rules, facts);
  const steps: readonly OpenStep[] = [
    { ...inForce(rules, atMs), missing: [] },
    published(rules, facts),
    training(rules, count),
    syntheticData(rules, facts, count),
    threshold(rules, count),
    derivative(rules, facts, count),
    movingFloor(rules, facts, count, atMs),
  ];
  const control = controlOf(steps);
  const open = control === 'unknown' ? steps.filter(({ frees }) => frees === 'unknown') : [];
  return {
    control,
    decidedBy: decidedBy(steps),
    operations: {
      least: Number(count.counted.least),
      most: count.counted.most === null ? null : Number(count.counted.most),
    },
    steps: steps.map(({ step, frees, reason }) => ({ step, frees, reason })),
    missing: missingFacts(open.flatMap(({ missing }) => missing)),
  };
}

/** Controlled if no step frees the weights, not controlled if one does, whatever else is open. */
export function controlOf(steps: readonly WeightsStep[]): Control {
  if (steps.some(({ frees }) => frees === 'yes')) return 'not-controlled';
  return steps.some(({ frees }) => frees === 'unknown') ? 'unknown' : 'controlled';
}

/** The first step that frees the weights, else the first that is open; none: the threshold. */
export function decidedBy(steps: readonly WeightsStep[]): WeightsStepName {
  const found = steps.find(({ frees }) => frees === 'yes') ?? steps.find(({ frees }) => frees === 'unknown');
  return found?.step ?? 'threshold';
}

function published({ published: { citation } }: WeightsRules, facts: WeightsFacts): OpenStep {
  const step = 'published';
  switch (facts.published) {
    case true:
      return {
        step,
        frees: 'yes',
        missing: [],
        reason: { code: 'published', text: 'The weights are published.', citation },
      };
    case false:
      return {
        step,
        frees: 'no',
        missing: [],
        reason: { code: 'closed', text: 'The weights are not published.', citation },
      };
    default: {
      const reason = { code: 'publication-unknown', text: 'Whether the weights are published is not known.', citation };
      return { step, frees: 'unknown', missing: ['/published'], reason };
    }
  }
}

function training({ threshold }: WeightsRules, count: CountedOperations): OpenStep {
  const code = isExact(count.training) ? 'operations-counted' : 'operations-open';
  const reason = { code, text: trainingText(count.training), citation: threshold.countingCitation };
  return { step: 'training-operations', frees: 'no', missing: [], reason };
}

function syntheticData(rules: WeightsRules, facts: WeightsFacts, count: CountedOperations): OpenStep {
  const isOpen = !isExact(count.added);
  const isNone = count.added.most === 0n;
  const code = isOpen ? 'synthetic-data-open' : isNone ? 'no-synthetic-data-counted' : 'synthetic-data-counted';
  const reason = { code, text: additionText(rules, facts, count), citation: rules.syntheticData.citation };
  return { step: 'synthetic-data', frees: 'no', missing: [], reason };
}

function threshold(rules: WeightsRules, { counted, missing }: CountedOperations): OpenStep {
  const { operations, citation } = rules.threshold;
  const frees = exceeds(exactRange(exactOperations(operations)), 1n, counted, 1n);
  const code = { yes: 'below-threshold', no: 'threshold-reached', unknown: 'threshold-open' }[frees];
  return {
    step: 'threshold',
    frees,
    missing,
    reason: { code, text: thresholdText(operations, counted, frees), citation },
  };
}

function derivative(rules: WeightsRules, facts: WeightsFacts, count: CountedOperations): OpenStep {
  const step = 'derivative';
  const { citation } = rules.derivative;
  if (facts.derivedFrom === 'none') {
    const text = 'The model is not trained on from another one.';
    return { step, frees: 'no', missing: [], reason: { code: 'no-derivative', text, citation } };
  }
  const base = baseOf(facts);
  if (base === undefined) {
    const text = 'Whether the model is trained on from a published one is not known.';
    return {
      step,
      frees: 'unknown',
      missing: ['/derivedFrom'],
      reason: { code: 'derivation-unknown', text, citation },
    };
  }
  if (base.published === false) {
    const text = 'The model is trained on from one that is not published.';
    return { step, frees: 'no', missing: [], reason: { code: 'base-not-published', text, citation } };
  }
  const further = addRanges([count.further, count.added]);
  const over = overLimit(rules, further, count);
  const text = derivativeText(rules, further, count.base, over);
  if (over === 'yes')
    return { step, frees: 'no', missing: [], reason: { code: 'further-training-above-limit', text, citation } };
  const missing = [
    ...(base.published === true ? [] : ['/derivedFrom/published']),
    ...(over === 'no' || isExact(count.further) ? [] : ['/derivedFrom/furtherOperations']),
    ...(over === 'no' || isExact(count.base) ? [] : ['/derivedFrom/trainingOperations']),
    ...(over === 'no' ? [] : count.missing),
  ];
  return base.published === true && over === 'no'
    ? { step, frees: 'yes', missing: [], reason: { code: 'further-training-within-limit', text, citation } }
    : { step, frees: 'unknown', missing, reason: { code: 'derivative-open', text, citation } };
}

/** Whether the further training exceeds the higher of the two limits. */
function overLimit(
  { derivative: { operations, percent } }: WeightsRules,
  further: CountedOperations['further'],
  { base }: CountedOperations,
): Answer {
  const fixed = exceeds(further, 1n, exactRange(exactOperations(operations)), 1n);
  if (fixed === 'no') return 'no';
  const share = exceeds(further, 100n, base, BigInt(percent));
  if (share === 'no') return 'no';
  return fixed === 'yes' && share === 'yes' ? 'yes' : 'unknown';
}

function movingFloor(
  rules: WeightsRules,
  facts: WeightsFacts,
  { counted, missing }: CountedOperations,
  atMs: number,
): OpenStep {
  const step = 'moving-floor';
  const { citation } = rules.movingFloor;
  const { finding, by } = facts.belowPublishedFrontier ?? {};
  if (finding === true || finding === false) {
    const who = by === 'bis' ? 'BIS has' : 'The exporter itself has';
    const where = finding ? 'below' : 'not below';
    const text = `${who} classified the model as ${where} what the most advanced published model needs.`;
    const code = finding ? 'classified-below-published-frontier' : 'classified-not-below-published-frontier';
    return { step, frees: finding ? 'yes' : 'no', missing: [], reason: { code, text, citation } };
  }
  const floor = floorAt(rules, atMs);
  if (floor === undefined) {
    const text = 'No floor is set at this date.';
    return { step, frees: 'no', missing: [], reason: { code: 'no-floor', text, citation } };
  }
  const frees = exceeds(exactRange(exactOperations(floor.operations)), 1n, counted, 1n);
  const code = { yes: 'below-moving-floor', no: 'above-moving-floor', unknown: 'moving-floor-open' }[frees];
  const text = floorText(operationsText(exactRange(exactOperations(floor.operations))), floor.reason, frees);
  return { step, frees, missing, reason: { code, text, citation } };
}
