import { isCountry } from '../countries/countries.js';
import { exactOperations, isOperations } from './operations.js';
import type { BaseModel, Stated, SyntheticData, WeightsConsignee, WeightsFacts } from './weights-facts.js';

/** What is wrong with a fact. `member` is a JSON pointer into the facts, or into the consignee below `/consignee`. */
export interface FactProblem {
  readonly code: 'invalid' | 'contradictory-facts';
  readonly member: string;
  readonly message: string;
}

/** Figures, countries and dates that cannot be, and facts that contradict each other. Empty if there are none. */
export function checkFacts(
  facts: WeightsFacts,
  consignee: WeightsConsignee | undefined,
  atMs: number,
): readonly FactProblem[] {
  const problems: FactProblem[] = [];
  if (!Number.isFinite(atMs)) problems.push(invalid('/at', `must be a moment, not ${atMs}`));
  checkFigures(facts, problems);
  if (consignee !== undefined) checkCountries(consignee, problems);
  if (problems.length === 0) {
    checkBase(facts, problems);
    checkSynthetic(facts, problems);
  }
  return problems;
}

/** All training, if every part of it is known. */
export function statedTotal({ trainingOperations }: WeightsFacts): bigint | undefined {
  if (trainingOperations === undefined || trainingOperations === 'unknown') return undefined;
  if (typeof trainingOperations === 'number') return exactOperations(trainingOperations);
  let total = 0n;
  for (const { operations } of trainingOperations) {
    if (operations === undefined || operations === 'unknown') return undefined;
    total += exactOperations(operations);
  }
  return total;
}

/** The model that this one was trained on from, if one is described. */
export function baseOf({ derivedFrom }: WeightsFacts): BaseModel | undefined {
  return typeof derivedFrom === 'object' ? derivedFrom : undefined;
}

export function syntheticDataOf({ syntheticData }: WeightsFacts): readonly SyntheticData[] {
  return typeof syntheticData === 'object' ? syntheticData : [];
}

function checkFigures(facts: WeightsFacts, problems: FactProblem[]): void {
  const figure = (member: string, value: Stated<number> | undefined): void => {
    if (value === undefined || value === 'unknown' || isOperations(value)) return;
    problems.push(invalid(member, `must be a whole number of operations from 0 to 1e30 or "unknown", not ${value}`));
  };
  const { trainingOperations } = facts;
  if (typeof trainingOperations === 'object') {
    if (trainingOperations.length === 0)
      problems.push(invalid('/trainingOperations', 'must name at least one stage of training'));
    trainingOperations.forEach(({ operations }, index) =>
      figure(`/trainingOperations/${index}/operations`, operations),
    );
  } else {
    figure('/trainingOperations', trainingOperations);
  }
  const base = baseOf(facts);
  figure('/derivedFrom/trainingOperations', base?.trainingOperations);
  figure('/derivedFrom/furtherOperations', base?.furtherOperations);
  syntheticDataOf(facts).forEach((data, index) => {
    const at = `/syntheticData/${index}`;
    if (data.generator.trim() === '') problems.push(invalid(`${at}/generator`, 'must name the generating model'));
    figure(`${at}/trainingOperations`, data.trainingOperations);
    figure(`${at}/generationOperations`, data.generationOperations);
    figure(`${at}/generatorTrainingOperations`, data.generatorTrainingOperations);
    figure(`${at}/alreadyCountedOperations`, data.alreadyCountedOperations);
  });
}

function checkCountries(consignee: WeightsConsignee, problems: FactProblem[]): void {
  const country = (member: string, value: string | undefined): void => {
    if (value === undefined || value === 'unknown' || isCountry(value)) return;
    problems.push(invalid(`/consignee/${member}`, `must be an ISO 3166-1 alpha-2 code in upper case, not ${value}`));
  };
  country('country', consignee.country);
  country('headquarters', consignee.headquarters);
  const parent = consignee.ultimateParent;
  if (typeof parent === 'object') country('ultimateParent/headquarters', parent.headquarters);
  country('facility/country', consignee.facility?.country);
}

function checkBase(facts: WeightsFacts, problems: FactProblem[]): void {
  const base = baseOf(facts);
  const total = statedTotal(facts);
  if (base === undefined || total === undefined) return;
  const before = figureOf(base.trainingOperations);
  const further = figureOf(base.furtherOperations);
  if ((before ?? 0n) + (further ?? 0n) > total) {
    problems.push(
      contradictory('/trainingOperations', "is all training, and less than the base model's with what came after"),
    );
  } else if (before !== undefined && further !== undefined && before + further !== total) {
    problems.push(
      contradictory(
        '/trainingOperations',
        "is not the base model's training and what came after: leave one of the three out",
      ),
    );
  }
}

function checkSynthetic(facts: WeightsFacts, problems: FactProblem[]): void {
  const total = statedTotal(facts);
  const generators = new Map<string, SyntheticData>();
  let used = 0n;
  syntheticDataOf(facts).forEach((data, index) => {
    const at = `/syntheticData/${index}`;
    used += figureOf(data.trainingOperations) ?? 0n;
    const { alreadyCountedOperations: counted = 0, generatorTrainingOperations: training } = data;
    if (typeof training === 'number' && counted > training) {
      problems.push(contradictory(`${at}/alreadyCountedOperations`, "is more than all of the generator's training"));
    }
    const name = data.generator.trim();
    const earlier = generators.get(name);
    if (earlier === undefined) {
      generators.set(name, data);
      return;
    }
    for (const member of ['generatorPublished', 'generatorTrainingOperations', 'alreadyCountedOperations'] as const) {
      if (earlier[member] !== data[member]) {
        problems.push(
          contradictory(
            `${at}/${member}`,
            `differs from what is said of ${name} before: say the same, or it is two models`,
          ),
        );
      }
    }
  });
  if (total !== undefined && used > total) {
    problems.push(contradictory('/syntheticData', 'takes more operations than all training'));
  }
}

function figureOf(value: number | 'unknown' | undefined): bigint | undefined {
  return typeof value === 'number' ? exactOperations(value) : undefined;
}

function invalid(member: string, message: string): FactProblem {
  return { code: 'invalid', member, message };
}

function contradictory(member: string, message: string): FactProblem {
  return { code: 'contradictory-facts', member, message };
}
