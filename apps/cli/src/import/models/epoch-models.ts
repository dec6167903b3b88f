import { isOperations, type BaseModel, type WeightsFacts, type WeightsRules } from '#rulebook';
import { fault, quoted, type Read } from '../cells/cells.js';
import { adviceOn, readNumber } from '../cells/number-readings.js';
import type { Fault, Row } from '../row-action.js';

/** Columns of Epoch AI's data on large-scale AI models (epoch.ai/data) that decide what a row means. */
const column = {
  model: 'Model',
  operations: 'Training compute (FLOP)',
  accessibility: 'Model accessibility',
  base: 'Base model',
  further: 'Finetune compute (FLOP)',
} as const;

/** Columns that go to the report as they are. */
const noted = {
  organization: 'Organization',
  country: 'Country (of organization)',
  published: 'Publication date',
  confidence: 'Confidence',
} as const;

export const modelColumns: readonly string[] = Object.values(column);
export const knownModelColumns: readonly string[] = [...modelColumns, ...Object.values(noted), 'Parameters'];

/** What the file does not say and the import takes as given, for whoever reads the outcome. */
export const modelAssumptions: readonly string[] = [
  'The file says nothing of synthetic data: none is counted (ECCN 4E091, Technical Note 3).',
  'A model without "Base model" and "Finetune compute (FLOP)" is not trained on from another one.',
  'The file says nothing of where a model was trained: every model is taken as subject to the EAR.',
  'Figures of training compute are those of the file, however confident it is of them.',
];

/** Whether weights are open to everybody, and whether under terms; unknown where the cell is empty. */
type Openness = 'open' | 'under-terms' | 'closed' | 'unknown';

const accessibilities: Readonly<Record<string, Openness>> = {
  'Open weights (unrestricted)': 'open',
  'Open weights (restricted use)': 'under-terms',
  'Open weights (non-commercial)': 'under-terms',
  'API access': 'closed',
  'Hosted access (no API)': 'closed',
  Unreleased: 'closed',
  '': 'unknown',
};

/** A model as the file describes it. */
export interface ModelRow {
  readonly facts: WeightsFacts;
  readonly isUnderTerms: boolean;
}

/** Accessibility of the weights by the name of the model, as the file has it. */
export type ModelsByName = ReadonlyMap<string, Openness>;

/** Whether a base model is published is read from its own row; two rows that differ settle nothing. */
export function readModels(rows: readonly Row[]): ModelsByName {
  const models = new Map<string, Openness>();
  for (const { cells } of rows) {
    const name = modelName(cells);
    const read = readOpenness(cell(cells, column.accessibility));
    const openness = 'value' in read ? read.value : 'unknown';
    const earlier = models.get(name);
    models.set(name, earlier === undefined || earlier === openness ? openness : 'unknown');
  }
  return models;
}

/** A row's facts, or all that is wrong with it. An empty cell is a fact that is missing and no fault. */
export function readModel(
  { cells }: Row,
  models: ModelsByName,
  rules: WeightsRules,
): ModelRow | { readonly faults: readonly [Fault, ...Fault[]] } {
  const name = modelName(cells);
  const openness = readOpenness(cell(cells, column.accessibility));
  const operations = readOperations(column.operations, cell(cells, column.operations));
  const further = readOperations(column.further, cell(cells, column.further));
  const reads = [
    name === '' ? fault('no-model', `${column.model} is empty.`) : { value: name },
    openness,
    operations,
    further,
  ];
  const [first, ...others] = reads.flatMap((read) => ('fault' in read ? [read.fault] : []));
  if (first !== undefined) return { faults: [first, ...others] };
  if (!('value' in openness) || !('value' in operations) || !('value' in further)) {
    throw new Error('A cell without a fault has a value.');
  }
  return {
    isUnderTerms: openness.value === 'under-terms',
    facts: {
      model: name,
      published: isPublished(openness.value, rules),
      trainingOperations: operations.value,
      syntheticData: 'none',
      derivedFrom: readBase(cell(cells, column.base), further.value, models, rules),
    },
  };
}

/** The name on one line. */
export function modelName(cells: Row['cells']): string {
  return cell(cells, column.model).replace(/\s+/g, ' ');
}

/** The cells that the report repeats. */
export function notedCells(
  cells: Row['cells'],
): Readonly<Record<keyof typeof noted | 'operations' | 'accessibility', string>> {
  return {
    organization: cell(cells, noted.organization),
    country: cell(cells, noted.country),
    published: cell(cells, noted.published),
    confidence: cell(cells, noted.confidence),
    operations: cell(cells, column.operations),
    accessibility: cell(cells, column.accessibility),
  };
}

/** The column that a fact was read from, for messages. */
export function columnOfFact(member: string): string {
  return member === '/derivedFrom/furtherOperations'
    ? column.further
    : member.startsWith('/derivedFrom')
      ? column.base
      : column.operations;
}

function readBase(
  names: string,
  further: number | 'unknown',
  models: ModelsByName,
  rules: WeightsRules,
): 'none' | BaseModel {
  if (names === '' && further === 'unknown') return 'none';
  const published = names
    .split(',')
    .map((name) => isPublished(models.get(name.trim().replace(/\s+/g, ' ')) ?? 'unknown', rules));
  return {
    ...(names === '' ? {} : { model: names }),
    published: published.includes(false) ? false : published.includes('unknown') ? 'unknown' : true,
    furtherOperations: further,
  };
}

function isPublished(openness: Openness, { readings }: WeightsRules): boolean | 'unknown' {
  switch (openness) {
    case 'open':
      return true;
    case 'under-terms':
      return readings.openWeightsUnderTerms.value === 'published' ? true : 'unknown';
    case 'closed':
      return false;
    case 'unknown':
      return 'unknown';
  }
}

function readOperations(name: string, text: string): Read<number | 'unknown'> {
  if (text === '') return { value: 'unknown' };
  const number = readNumber(text);
  if ('value' in number && isOperations(Number(text))) return { value: Number(text) };
  const advice = 'value' in number ? undefined : adviceOn(number.readings);
  return fault('bad-operations', `${name} ${quoted(text)} ${advice ?? 'is no whole number of operations from 0 to 1e30.'}`);
}

function readOpenness(accessibility: string): Read<Openness> {
  const openness = Object.hasOwn(accessibilities, accessibility) ? accessibilities[accessibility] : undefined;
  if (openness !== undefined) return { value: openness };
  const known = Object.keys(accessibilities).filter((name) => name !== '');
  return fault(
    'unknown-accessibility',
    `${column.accessibility} ${quoted(accessibility)} is none of ${known.join(', ')}.`,
  );
}

function cell(cells: Row['cells'], name: string): string {
  return (cells[name] ?? '').trim();
}
