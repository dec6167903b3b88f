import { classifyWeights, type Control, type WeightsRulebook } from '#rulebook';
import type { Table } from '../table/table.js';
import { columnOfFact, modelName, notedCells, readModel, readModels } from './epoch-models.js';
import type { Row } from '../row-action.js';

export type ModelOutcome = Control | 'rejected';

/** What became of a row of the file. */
export interface ModelResult {
  readonly line: number;
  readonly model: string;
  readonly outcome: ModelOutcome;
  /** Stable code of what decided. */
  readonly reason: string;
  readonly detail: string;
  readonly citation: string;
  /** Cells of the file. */
  readonly cells: ReturnType<typeof notedCells>;
}

/** Classifies every row at a moment (milliseconds since 1970, UTC). @returns one result a row, in the file's order */
export function classifyModels(file: Table, rulebook: WeightsRulebook, atMs: number): readonly ModelResult[] {
  const models = readModels(file.rows);
  const ragged = file.ragged.map(({ line, detail }): ModelResult => {
    return { line, model: '', outcome: 'rejected', reason: 'bad-row', detail, citation: '', cells: notedCells({}) };
  });
  const results = file.rows.map((row): ModelResult => {
    const found = classifyRow(row, models, rulebook, atMs);
    return { line: row.line, model: modelName(row.cells), ...found, cells: notedCells(row.cells) };
  });
  return [...results, ...ragged].sort((a, b) => a.line - b.line);
}

type Found = Pick<ModelResult, 'outcome' | 'reason' | 'detail' | 'citation'>;

function classifyRow(row: Row, models: ReturnType<typeof readModels>, rulebook: WeightsRulebook, atMs: number): Found {
  const read = readModel(row, models, rulebook.weights);
  if ('faults' in read) {
    const detail = read.faults.map((fault) => fault.detail).join(' ');
    return { outcome: 'rejected', reason: read.faults[0].reason, detail, citation: '' };
  }
  const classified = classifyWeights(rulebook, read.facts, atMs);
  if ('problems' in classified) {
    const detail = classified.problems.map(({ member, message }) => `${columnOfFact(member)} ${message}.`).join(' ');
    return { outcome: 'rejected', reason: classified.problems[0]?.code ?? 'invalid', detail, citation: '' };
  }
  const { control, decidedBy, steps, missing } = classified;
  const step = steps.find((each) => each.step === decidedBy);
  if (step === undefined) throw new Error('A classification is decided by one of its steps.');
  const { reason } = step;
  if (read.isUnderTerms && decidedBy === 'published') {
    const { citation } = rulebook.weights.readings.openWeightsUnderTerms;
    const code = control === 'not-controlled' ? 'published-under-terms' : 'publication-under-terms';
    return {
      outcome: control,
      reason: code,
      detail: `${reason.text} Anybody can have them, under terms of use.`,
      citation,
    };
  }
  switch (control) {
    case 'controlled':
      return { outcome: control, reason: reason.code, detail: textOf(steps), citation: reason.citation };
    case 'not-controlled':
      return { outcome: control, reason: reason.code, detail: reason.text, citation: reason.citation };
    case 'unknown':
      return {
        outcome: control,
        reason: reason.code,
        detail: `${reason.text} ${missing.map(({ text }) => text).join(' ')}`.trim(),
        citation: reason.citation,
      };
  }
}

/** A controlled model needs all its steps: none of them freed it. */
function textOf(steps: readonly { readonly step: string; readonly reason: { readonly text: string } }[]): string {
  return steps
    .filter(({ step }) => step !== 'in-force')
    .map(({ reason }) => reason.text)
    .join(' ');
}
