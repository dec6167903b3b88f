import type { Command } from 'commander';
import type { Body } from '#wire';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import type { LedgerAccess } from '../access/ledger-access.js';
import { UsageError } from '../exit-code.js';
import { countryCode, wholeNumber } from '../option-values.js';
import { renderTable, tppText } from '../table.js';
import { styled, type Terminal } from '../terminal.js';

interface Options extends AccessOptions {
  readonly exporter?: string;
  readonly party?: string;
  readonly country?: string;
  readonly year?: number;
  readonly csv?: true;
  readonly json?: true;
}

const explanation = `
Without a name the reports are listed, each with the options that it takes. docs/obligations.md explains them.

Examples:
  quota report
  quota report lpp-shipments --year 2026
  quota report licence-usage --country AE --exporter acme-semi --json
  quota report veu-chip-accounting --party falcon-cloud --csv > chips.csv`;

export function reportCommand(program: Command, terminal: Terminal): void {
  withAccess(program.command('report').summary('make a report that the regulation asks for, or list them'))
    .description('Makes a report that the regulation asks for, of the log as it is now.')
    .argument('[name]', 'name of a report; left out: the list')
    .option('--exporter <name>', 'only this exporter')
    .option('--party <name>', 'only this consignee, ultimate parent or validated end user, by any id or name that means it')
    .option('--country <country>', 'only this country, as AE', countryCode)
    .option('--year <year>', 'only this calendar year: of the export, or of the due date of a period', wholeNumber(1900, 9999))
    .option('--csv', 'as CSV, for a file or a spreadsheet')
    .option('--json', 'the answer of GET /v1/reports or GET /v1/reports/<name>')
    .addHelpText('after', explanation)
    .action(async (name: string | undefined, options: Options) => {
      if (options.csv && options.json) throw new UsageError('--csv and --json exclude each other: ask for one form.');
      await withLedger(options, (ledger) => (name === undefined ? list(ledger, options, terminal) : make(ledger, name, options, terminal)));
    });
}

async function list(ledger: LedgerAccess, { csv, json, ...options }: Options, terminal: Terminal): Promise<void> {
  const filters = ['exporter', 'party', 'country', 'year'] as const;
  if (csv || filters.some((filter) => options[filter] !== undefined)) throw new UsageError('Name the report: quota report lists their names.');
  const { text } = await ledger.request({ method: 'GET', path: 'v1/reports' });
  if (json) return terminal.out.write(`${text}\n`);
  const { items } = JSON.parse(text) as Body<'ReportList'>;
  const rows = items.map((report) => [report.name, report.parameters.map((each) => `--${each.name}`).join(' '), report.title]);
  terminal.out.write(`${renderTable(['Report', 'Options', 'What'].map((title) => ({ title, align: 'left' })), rows)}\n`);
}

async function make(ledger: LedgerAccess, name: string, { csv, json, exporter, party, country, year }: Options, terminal: Terminal): Promise<void> {
  const query = { exporter, party, country, ...(year !== undefined && { year: String(year) }), ...(csv && { format: 'csv' }) };
  const { text } = await ledger.request({ method: 'GET', path: `v1/reports/${encodeURIComponent(name)}`, query });
  if (csv) return terminal.out.write(text);
  terminal.out.write(json ? `${text}\n` : `${renderReport(JSON.parse(text) as Body<'Report'>, terminal.out.hasColors)}\n`);
}

function renderReport({ title, citation, asOf, columns, rows }: Body<'Report'>, colors: boolean): string {
  const isNumber = (column: string): boolean => rows.some((row) => typeof row[column] === 'number');
  const shown = columns.map((column) => ({ title: column, align: isNumber(column) ? ('right' as const) : ('left' as const) }));
  const cells = rows.map((row) => columns.map((column) => cellText(row[column] ?? null, column)));
  const body = rows.length === 0 ? 'Nothing to report.' : renderTable(shown, cells);
  return `${styled(title, 'bold', colors)}\n${styled(`${citation}; as of ${asOf}`, 'dim', colors)}\n\n${body}`;
}

/** Years are numbers, and have no thousands. */
function cellText(value: string | number | boolean | null, column: string): string {
  if (value === null) return '-';
  return typeof value === 'number' && !/year/i.test(column) ? tppText(value) : String(value);
}
