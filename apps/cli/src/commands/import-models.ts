import type { Command } from 'commander';
import { UsageError } from '../exit-code.js';
import { classifyModels } from '../import/models/classify-models.js';
import { knownModelColumns, modelAssumptions, modelColumns } from '../import/models/epoch-models.js';
import { checkColumns } from '../import/table/table.js';
import { readTable } from '../import/table/table-file.js';
import { nothingRecorded, renderModelsReport, renderModelsSummary, summarizeModels } from '../import/models/models-summary.js';
import { defaultReportFile, writeReport } from '../import/report-file.js';
import { readWeightsRulebook } from '../rulebook-file.js';
import type { Terminal } from '../terminal.js';

interface Options {
  readonly report?: string;
  readonly at?: string;
  readonly rulebook?: string;
  readonly json?: true;
}

/** Options of `quota import` that speak of a ledger, which this format does not touch. */
const foreign = ['url', 'dataDir', 'hardware', 'exporter', 'concurrency', 'dryRun', 'again', 'correct', 'retryRefused'] as const;

/** `quota import --format epoch-models`: classifies the models of a file and reports; records nothing. */
export async function importModels(
  file: string,
  options: Options,
  command: Command,
  terminal: Terminal,
): Promise<void> {
  const given = foreign.find((name) => command.getOptionValueSource(name) === 'cli');
  if (given !== undefined) {
    const flag = command.options.find((option) => option.attributeName() === given)?.long ?? given;
    throw new UsageError(
      `${flag} does not go with --format epoch-models: it reads the file and no ledger. ${nothingRecorded}`,
    );
  }
  const at = options.at ?? new Date().toISOString();
  const rulebook = await readWeightsRulebook(options.rulebook);
  const csv = await readTable(file);
  checkColumns(file, csv.columns, modelColumns);
  const results = classifyModels(csv, rulebook, Date.parse(at));
  const report = options.report ?? defaultReportFile(file);
  await writeReport(report, renderModelsReport(results));
  const summary = summarizeModels(results);
  const ignoredColumns = csv.columns.filter((name) => !knownModelColumns.includes(name));
  const about = { file, report, at, assumptions: modelAssumptions, ignoredColumns };
  terminal.out.write(
    options.json
      ? `${JSON.stringify({ ...about, ...summary, note: nothingRecorded })}\n`
      : `${renderModelsSummary(summary, about)}\n`,
  );
}
