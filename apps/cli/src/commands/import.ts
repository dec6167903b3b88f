import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import type { LedgerAccess } from '../access/ledger-access.js';
import { Unreachable, UsageError } from '../exit-code.js';
import { clusterAction, clusterColumns, hardwareColumns, readHardware } from '../import/epoch-gpu-clusters.js';
import { importShipments } from '../import/import-shipments.js';
import type { StepOptions } from '../import/import-steps.js';
import { renderSummary, summarize } from '../import/import-summary.js';
import { planImport, type PlannedRow } from '../import/plan-import.js';
import { defaultReportFile, renderReport, writeReport } from '../import/report-file.js';
import type { RowResult } from '../import/row-result.js';
import { neededShipmentColumns, shipmentAction, shipmentColumns, writtenExporter } from '../import/shipments.js';
import { checkColumns } from '../import/table/table.js';
import { readTable } from '../import/table/table-file.js';
import { instant } from '../option-values.js';
import { startProgress, type Terminal } from '../terminal.js';
import { importModels } from './import-models.js';

const formats = ['shipments', 'epoch-gpu-clusters', 'epoch-models'] as const;

interface Options extends AccessOptions {
  readonly format: (typeof formats)[number];
  readonly hardware?: string;
  readonly exporter?: string;
  readonly report?: string;
  readonly at?: string;
  readonly rulebook?: string;
  readonly concurrency: number;
  readonly dryRun?: true;
  readonly again?: true;
  /** True for every clear correction, else the ids of the exports to correct. */
  readonly correct?: true | readonly string[];
  readonly retryRefused?: true;
  readonly json?: true;
}

const explanation = `
Formats:
  shipments            Own simple columns: ${shipmentColumns.join(', ')}.
                       Needed are ${neededShipmentColumns.join(' and ')}; exports also need exportedAt. See docs/imports.md
                       and docs/examples/shipments.csv.
  epoch-gpu-clusters   "Data on GPU Clusters" of Epoch AI, with --hardware "Data on Machine Learning Hardware".
  epoch-models         "Large-Scale AI Models" of Epoch AI: which model weights would be controlled (ECCN 4E091), which
                       not, and why. Reads the file and writes the report; nothing is sent or recorded.

Rows are sent to the ledger oldest first, one command each. A row is recognised by its meaning: importing a file again records
only new rows, and a new ITN is recorded on the export of its row. A row that looks like a recorded shipment, or corrects one,
is not sent without --again or --correct. The outcome of every row is written to a report file.

Examples:
  quota import docs/examples/shipments.csv
  quota import --format epoch-gpu-clusters gpu_clusters.csv --hardware ml_hardware.csv
  quota import --format epoch-models large_scale_ai_models.csv --at 2025-12-31
  quota import shipments.csv --dry-run
  quota import shipments.csv --data-dir ./data --report result.csv --json`;

export function importCommand(program: Command, terminal: Terminal): void {
  withAccess(program.command('import').summary('import shipments from a CSV or Excel file'))
    .description('Imports shipments from a CSV or Excel file: each row becomes an export or a reservation.')
    .argument('[file]', 'CSV file (UTF-8, with a header line) or Excel file (.xlsx)')
    .addOption(new Option('--format <format>', 'what the columns mean').choices(formats).default('shipments'))
    .option('--hardware <file>', 'the hardware file of epoch-gpu-clusters')
    .option('--exporter <name>', 'for rows that name none (default: "import", "epoch-gpu-clusters")')
    .option('--report <file>', 'where to write the outcome of each row (default: <file>.import-report.csv here)')
    .option('--rulebook <file>', 'rulebook of epoch-models (default: the built-in one)')
    .option('--at <date>', 'the day (its midnight UTC) or RFC 3339 time whose rules apply to epoch-models (default: now)', instant)
    .option('--concurrency <destinations>', 'destinations worked on at the same time, 1 to 64', concurrency, 16)
    .option('--dry-run', 'show the outcome of each row, and record nothing')
    .option('--again', 'also record rows that look like a shipment recorded before')
    .option('--correct [export id]', 'reverse the exports that rows correct, or only this one, and record the rows', corrections)
    .option('--retry-refused', 'decide anew the rows that the rules refused in an earlier import')
    .option('--json', 'the summary as JSON')
    .addHelpText('after', explanation)
    .action(async (named: string | undefined, options: Options, command: Command) => {
      const { file, correct } = fileAndCorrections(named, options.correct);
      if (options.format === 'epoch-models') return importModels(file, options, command, terminal);
      if (options.at !== undefined) throw new UsageError('--at goes with --format epoch-models; shipments have dates of their own.');
      if (options.rulebook !== undefined) throw new UsageError('--rulebook goes with --format epoch-models; the ledger has a rulebook of its own.');
      const reportFile = options.report ?? defaultReportFile(file);
      const prepared = await prepare(file, options);
      const dryRun = options.dryRun === true;
      const steps = { again: options.again === true, correct, retryRefused: options.retryRefused === true };
      const send = async (ledger: LedgerAccess): Promise<readonly RowResult[]> =>
        sendAll(prepared(await homeOf(ledger)), ledger, { ...options, ...steps, dryRun, file: path.basename(file) }, terminal);
      const results = await withLedger(options, send, { mayCreate: !dryRun });
      await writeReport(reportFile, renderReport(results));
      const summary = summarize(results);
      terminal.out.write(
        options.json
          ? `${JSON.stringify({ file, report: reportFile, ...(dryRun && { dryRun }), ...summary })}\n`
          : `${renderSummary(summary, { file, reportFile, dryRun })}\n`,
      );
    });
}

/** Reads and checks the files before anything is sent. The plan still needs to know which countries are home. */
async function prepare(file: string, options: Options): Promise<(home: ReadonlySet<string>) => readonly PlannedRow[]> {
  const { format, exporter = format === 'shipments' ? 'import' : format } = options;
  if (format === 'shipments' && options.hardware !== undefined) {
    throw new UsageError('--hardware goes with --format epoch-gpu-clusters; shipments name their TPP in tppPerUnit.');
  }
  if (format === 'epoch-gpu-clusters' && options.hardware === undefined) {
    throw new UsageError('--format epoch-gpu-clusters needs --hardware <ml_hardware.csv>: it says how much TPP a chip has.');
  }
  const csv = await readTable(file);
  if (format === 'shipments') {
    checkColumns(file, csv.columns, neededShipmentColumns, shipmentColumns);
    return (home) =>
      planImport(csv, {
        format,
        actionOf: (row) => shipmentAction(row, { exporter, home }),
        writtenExporter: (row) => writtenExporter(row, exporter),
      });
  }
  checkColumns(file, csv.columns, clusterColumns);
  const hardwareFile = options.hardware ?? '';
  const hardwareCsv = await readTable(hardwareFile);
  checkColumns(hardwareFile, hardwareCsv.columns, hardwareColumns);
  const hardware = hardwareOf(hardwareFile, hardwareCsv.rows);
  return (home) =>
    planImport(csv, {
      format,
      actionOf: (row) => clusterAction(row, { exporter, home, hardware }),
      writtenExporter: () => exporter,
    });
}

function hardwareOf(file: string, rows: Parameters<typeof readHardware>[0]): ReturnType<typeof readHardware> {
  try {
    return readHardware(rows);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

async function homeOf(ledger: LedgerAccess): Promise<ReadonlySet<string>> {
  const { countries } = await ledger.countries({ group: 'home' });
  return new Set(countries.map(({ country }) => country));
}

async function sendAll(
  rows: readonly PlannedRow[],
  ledger: LedgerAccess,
  options: StepOptions & { readonly concurrency: number; readonly dryRun: boolean; readonly file: string },
  terminal: Terminal,
): Promise<readonly RowResult[]> {
  const progress = startProgress(terminal, options.dryRun ? 'Asking' : 'Importing', rows.length);
  let done = 0;
  const onRow = (): void => {
    done += 1;
    progress.update(done);
  };
  try {
    return await importShipments(rows, ledger, { ...options, concurrencyMax: options.concurrency, onRow });
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const left = `${done} of ${rows.length} rows were done. Import the file again to go on: nothing is counted twice.`;
    throw new Unreachable(`${error.message}\n${left}`);
  } finally {
    progress.stop();
  }
}

function concurrency(text: string): number {
  const value = Number(text);
  if (!/^\d{1,2}$/.test(text) || value < 1 || value > 64) throw new InvalidArgumentError('It must be a whole number from 1 to 64.');
  return value;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What `--correct` names, each time that it is given. */
function corrections(value: string, before: Options['correct']): readonly string[] {
  return [...(Array.isArray(before) ? (before as readonly string[]) : []), value];
}

/** In `quota import --correct shipments.csv` the file stands where the id of an export may stand. */
function fileAndCorrections(
  named: string | undefined,
  correct: Options['correct'],
): { readonly file: string; readonly correct: StepOptions['correct'] } {
  const values = Array.isArray(correct) ? (correct as readonly string[]) : [];
  const ids = values.filter((value) => uuid.test(value));
  const [misplaced, ...others] = values.filter((value) => !uuid.test(value));
  const file = named ?? misplaced;
  if (file === undefined) throw new UsageError('Name the file to import: quota import shipments.csv.');
  if (others.length > 0 || (named !== undefined && misplaced !== undefined)) {
    throw new UsageError(`--correct ${misplaced ?? ''} is no id of an export.`);
  }
  if (correct === undefined) return { file, correct: false };
  return { file, correct: ids.length > 0 ? new Set(ids) : 'clear' };
}
