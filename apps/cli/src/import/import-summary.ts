import type { RowOutcome, RowResult } from './run-import.js';

/** How many rows came to what. `rows` is the sum of the five outcomes. */
export interface ImportSummary {
  readonly rows: number;
  readonly exported: number;
  readonly reserved: number;
  readonly refused: number;
  readonly skipped: number;
  readonly rejected: number;
  /** Rows that an earlier run had recorded: they changed nothing. */
  readonly alreadyRecorded: number;
  /** Rows that this run recorded: new exports, reservations and refusals. */
  readonly recorded: number;
  /** Per outcome, how often for which reason. */
  readonly reasons: Readonly<Partial<Record<RowOutcome, Readonly<Record<string, number>>>>>;
}

const outcomes = ['exported', 'reserved', 'refused', 'skipped', 'rejected'] as const;

export function summarize(results: readonly RowResult[]): ImportSummary {
  const count = (test: (result: RowResult) => boolean): number => results.filter(test).length;
  const isRecorded = ({ id }: RowResult): boolean => id !== '';
  return {
    rows: results.length,
    exported: count(({ outcome }) => outcome === 'exported'),
    reserved: count(({ outcome }) => outcome === 'reserved'),
    refused: count(({ outcome }) => outcome === 'refused'),
    skipped: count(({ outcome }) => outcome === 'skipped'),
    rejected: count(({ outcome }) => outcome === 'rejected'),
    alreadyRecorded: count((result) => isRecorded(result) && result.replayed),
    recorded: count((result) => isRecorded(result) && !result.replayed),
    reasons: Object.fromEntries(
      outcomes.flatMap((outcome) => {
        const reasons = reasonsOf(results.filter((result) => result.outcome === outcome && result.reason !== ''));
        return Object.keys(reasons).length === 0 ? [] : [[outcome, reasons]];
      }),
    ),
  };
}

/** For people: one line per outcome, its reasons below it. */
export function renderSummary(summary: ImportSummary, file: string, reportFile: string): string {
  const lines = [`${summary.rows} rows of ${file}`];
  for (const outcome of outcomes) {
    lines.push(`  ${outcome.padEnd(10)}${String(summary[outcome]).padStart(7)}`);
    const reasons = Object.entries(summary.reasons[outcome] ?? {}).sort(([, a], [, b]) => b - a);
    for (const [reason, times] of reasons) lines.push(`    ${String(times).padStart(13)}  ${reason}`);
  }
  lines.push(
    summary.recorded === 0
      ? 'Nothing new: every row that the ledger records had been recorded before.'
      : `Recorded ${summary.recorded} events; ${summary.alreadyRecorded} rows had been recorded before.`,
    `Every row with its reason: ${reportFile}`,
  );
  return lines.join('\n');
}

function reasonsOf(results: readonly RowResult[]): Readonly<Record<string, number>> {
  const reasons: Record<string, number> = {};
  for (const { reason } of results) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return reasons;
}
