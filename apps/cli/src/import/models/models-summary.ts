import type { ModelOutcome, ModelResult } from './classify-models.js';
import { csvLines } from '../report-file.js';

/** How many rows came to what. `rows` is the sum of the four outcomes. */
export interface ModelsSummary {
  readonly rows: number;
  readonly controlled: number;
  readonly notControlled: number;
  readonly unknown: number;
  readonly rejected: number;
  /** Always 0: classifying models changes nothing. */
  readonly recorded: 0;
  /** Per outcome, how often for which reason. */
  readonly reasons: Readonly<Partial<Record<ModelOutcome, Readonly<Record<string, number>>>>>;
  readonly controlledModels: readonly { readonly line: number; readonly model: string; readonly operations: number }[];
}

export const nothingRecorded =
  'Nothing is recorded: the models are classified and reported, no export of weights is entered in the ledger.';

const outcomes = ['controlled', 'not-controlled', 'unknown', 'rejected'] as const;

export function summarizeModels(results: readonly ModelResult[]): ModelsSummary {
  const of = (outcome: ModelOutcome): readonly ModelResult[] => results.filter((result) => result.outcome === outcome);
  return {
    rows: results.length,
    controlled: of('controlled').length,
    notControlled: of('not-controlled').length,
    unknown: of('unknown').length,
    rejected: of('rejected').length,
    recorded: 0,
    reasons: Object.fromEntries(
      outcomes.flatMap((outcome) => (of(outcome).length === 0 ? [] : [[outcome, reasonsOf(of(outcome))]])),
    ),
    controlledModels: of('controlled').map(({ line, model, cells }) => ({
      line,
      model,
      operations: Number(cells.operations),
    })),
  };
}

/** For people: one line per outcome, its reasons below it, then the controlled models. */
export function renderModelsSummary(
  summary: ModelsSummary,
  about: {
    readonly file: string;
    readonly report: string;
    readonly at: string;
    readonly assumptions: readonly string[];
    readonly ignoredColumns: readonly string[];
  },
): string {
  const counts: Readonly<Record<ModelOutcome, number>> = {
    controlled: summary.controlled,
    'not-controlled': summary.notControlled,
    unknown: summary.unknown,
    rejected: summary.rejected,
  };
  const lines = [`${summary.rows} models of ${about.file}, ECCN 4E091 as of ${about.at}`];
  for (const outcome of outcomes) {
    lines.push(`  ${outcome.padEnd(15)}${String(counts[outcome]).padStart(7)}`);
    const reasons = Object.entries(summary.reasons[outcome] ?? {}).sort(([, a], [, b]) => b - a);
    for (const [reason, times] of reasons) lines.push(`    ${String(times).padStart(18)}  ${reason}`);
  }
  if (summary.controlledModels.length > 0) lines.push('Controlled:');
  for (const { line, model, operations } of summary.controlledModels)
    lines.push(`  line ${line}: ${model}, ${operations} operations`);
  if (about.ignoredColumns.length > 0)
    lines.push(
      `Columns that are not known and not used: ${about.ignoredColumns.map((name) => `"${name}"`).join(', ')}.`,
    );
  lines.push('Taken as given:', ...about.assumptions.map((text) => `  ${text}`));
  lines.push(nothingRecorded, `Every model with its reason: ${about.report}`);
  return lines.join('\n');
}

/** One line per row of the imported file, in its order. */
export function renderModelsReport(results: readonly ModelResult[]): string {
  return csvLines([
    [
      'line',
      'model',
      'control',
      'reason',
      'detail',
      'citation',
      'operations',
      'accessibility',
      'confidence',
      'publishedOn',
      'organization',
      'country',
    ],
    ...results.map(({ line, model, outcome, reason, detail, citation, cells }) => {
      const { operations, accessibility, confidence, published, organization, country } = cells;
      return [
        line,
        model,
        outcome,
        reason,
        detail,
        citation,
        operations,
        accessibility,
        confidence,
        published,
        organization,
        country,
      ];
    }),
  ]);
}

function reasonsOf(results: readonly ModelResult[]): Readonly<Record<string, number>> {
  const reasons: Record<string, number> = {};
  for (const { reason } of results) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return reasons;
}
