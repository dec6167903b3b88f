import { rowOutcomes, type RowOutcome, type RowResult } from './row-result.js';

/** How many rows came to what. `rows` is the sum of the six outcomes. */
export interface ImportSummary {
  readonly rows: number;
  readonly exported: number;
  readonly reserved: number;
  readonly refused: number;
  /** Rows that need a decision of people: nothing was sent. */
  readonly notSent: number;
  readonly skipped: number;
  readonly rejected: number;
  /** Rows that an earlier run had recorded: they changed nothing but perhaps their ITN. */
  readonly alreadyRecorded: number;
  /** Rows that this run recorded, or would record: new exports, reservations and refusals. */
  readonly recorded: number;
  /** Exports whose ITN this run recorded. */
  readonly itnsRecorded: number;
  /** Exports that this run reversed because a row corrects them. */
  readonly corrected: number;
  /** Per outcome, how often for which reason. */
  readonly reasons: Readonly<Partial<Record<RowOutcome, Readonly<Record<string, number>>>>>;
  /** The rows that need a decision of people. */
  readonly undecided: readonly Pick<RowResult, 'line' | 'row' | 'reason' | 'detail'>[];
}

export function summarize(results: readonly RowResult[]): ImportSummary {
  const count = (test: (result: RowResult) => boolean): number => results.filter(test).length;
  const countOf = (wanted: RowOutcome): number => count(({ outcome }) => outcome === wanted);
  return {
    rows: results.length,
    exported: countOf('exported'),
    reserved: countOf('reserved'),
    refused: countOf('refused'),
    notSent: countOf('not-sent'),
    skipped: countOf('skipped'),
    rejected: countOf('rejected'),
    alreadyRecorded: count(({ recorded }) => recorded === 'earlier'),
    recorded: count(({ recorded }) => recorded === 'now' || recorded === 'would'),
    itnsRecorded: count(({ filed }) => filed),
    corrected: count(({ reason }) => reason === 'corrected'),
    reasons: Object.fromEntries(
      rowOutcomes.flatMap((outcome) => {
        const reasons = reasonsOf(results.filter((result) => result.outcome === outcome && result.reason !== ''));
        return Object.keys(reasons).length === 0 ? [] : [[outcome, reasons]];
      }),
    ),
    undecided: results.flatMap(({ outcome, line, row, reason, detail }) => (outcome === 'not-sent' ? [{ line, row, reason, detail }] : [])),
  };
}

/** Of the rows that need a decision so many are shown; the report has them all. */
const shownMax = 10;

/** For people: one line per outcome, its reasons below it. */
export function renderSummary(
  summary: ImportSummary,
  { file, reportFile, dryRun }: { readonly file: string; readonly reportFile: string; readonly dryRun: boolean },
): string {
  const lines = [`${summary.rows} rows of ${file}${dryRun ? ', as they would be recorded now' : ''}`];
  const counts: Readonly<Record<RowOutcome, number>> = { ...summary, 'not-sent': summary.notSent };
  for (const outcome of rowOutcomes) {
    lines.push(`  ${outcome.padEnd(10)}${String(counts[outcome]).padStart(7)}`);
    const reasons = Object.entries(summary.reasons[outcome] ?? {}).sort(([, a], [, b]) => b - a);
    for (const [reason, times] of reasons) lines.push(`    ${String(times).padStart(13)}  ${wordsOf(reason)}`);
  }
  const { recorded, alreadyRecorded, itnsRecorded, corrected } = summary;
  const done = dryRun ? 'Would record' : 'Recorded';
  const isNothing = recorded + itnsRecorded + summary.notSent === 0;
  lines.push(
    isNothing
      ? 'Nothing new: every row that the ledger records had been recorded before.'
      : `${done} ${recorded} events; ${alreadyRecorded} rows had been recorded before.`,
  );
  if (itnsRecorded > 0) lines.push(`${done} the ITN of ${itnsRecorded} exports that had none.`);
  if (corrected > 0) lines.push(`${done} ${corrected} corrections: each reverses an export and enters its row anew.`);
  if (dryRun) lines.push('Nothing was recorded: this was a dry run.');
  if (summary.notSent > 0) lines.push('Not sent:');
  for (const { line, detail } of summary.undecided.slice(0, shownMax)) lines.push(`  line ${line}: ${detail}`);
  if (summary.notSent > shownMax) lines.push(`  and ${summary.notSent - shownMax} more: see the report.`);
  lines.push(`Every row with its reason: ${reportFile}`);
  return lines.join('\n');
}

/** Codes that say too little to those who read a summary. */
const words: Readonly<Record<string, string>> = {
  'looks-recorded': 'looks like a shipment recorded before: record with --again',
  correction: 'corrects a recorded export: correct with --correct',
  'reversed-since': 'recorded before, but its export was reversed since',
  'ended-since': 'recorded before, but its reservation was released or lapsed since',
  'ambiguous-correction': 'may correct several exports: name one with --correct <export id>',
};

function wordsOf(reason: string): string {
  return words[reason] ?? reason;
}

function reasonsOf(results: readonly RowResult[]): Readonly<Record<string, number>> {
  const reasons: Record<string, number> = {};
  for (const { reason } of results) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return reasons;
}
