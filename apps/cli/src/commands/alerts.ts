import { Option, type Command } from 'commander';
import { alertLevels, type Body } from '#wire';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import { decide, type DecisionOptions } from '../decisions/decision.js';
import { readPage, withPage, type PageOptions } from '../decisions/page.js';
import { countryCode } from '../option-values.js';
import { percentText, renderTable } from '../table.js';
import type { Terminal } from '../terminal.js';

type ListOptions = AccessOptions & PageOptions;

const examples = `
Levels: watch (80 % of a cap is used), critical (90 %), exhausted (100 %), reopened (an exhausted line has room again),
measured (a share of a Universal VEU was beyond its limit at the end of a reporting date, 1 February or 1 August).
An alert stays open until its line is below the level again, a measured one until the next reporting date; to
acknowledge it says that it was seen.

Examples:
  quota alerts
  quota alerts --state open --level critical --json
  quota alerts --country AE
  quota alerts acknowledge 0b7f1e6a-7d0c-5f55-8a63-3f5ac4d2b1aa`;

export function alertsCommand(program: Command, terminal: Terminal): void {
  const alerts = program.command('alerts').summary('list alerts about caps, and acknowledge them').description('Alerts: quota lines that crossed a threshold of their cap.').addHelpText('after', examples);
  listCommand(alerts, terminal);
  acknowledgeCommand(alerts, terminal);
}

function listCommand(alerts: Command, terminal: Terminal): void {
  withPage(withAccess(alerts.command('list', { isDefault: true }).summary('list alerts, newest first')))
    .description('Lists open and closed alerts, newest first. Options may follow quota alerts itself.')
    .option('--country <country>', 'only of this country, as AE', countryCode)
    .addOption(new Option('--level <level>', 'only of this level').choices(alertLevels))
    .addOption(new Option('--state <state>', 'only open or only closed ones').choices(['open', 'closed']))
    .option('--json', 'the answer of GET /v1/alerts')
    .addHelpText('after', examples)
    .action(async ({ url, dataDir, ...query }: ListOptions) => {
      await withLedger({ url, dataDir }, (ledger) => readPage<Body<'Alert'>>(ledger, 'v1/alerts', query, renderAlerts, terminal));
    });
}

function acknowledgeCommand(alerts: Command, terminal: Terminal): void {
  withAccess(alerts.command('acknowledge').summary('record that alerts were seen'))
    .description('Acknowledges alerts. The first acknowledgement counts; a second one changes nothing.')
    .argument('<alert...>', 'ids of alerts')
    .option('--json', 'the answers of the API, one a line')
    .addHelpText('after', '\nExamples:\n  quota alerts acknowledge 0b7f1e6a-7d0c-5f55-8a63-3f5ac4d2b1aa\n  quota alerts acknowledge $(quota alerts --state open --json | jq -r \'.items[].id\')')
    .action(async (ids: readonly string[], options: DecisionOptions) => {
      await withLedger(options, async (ledger) => {
        for (const id of ids) {
          const request = { method: 'POST', path: `v1/alerts/${encodeURIComponent(id)}/acknowledgement`, body: {} } as const;
          const render = ({ level, line, acknowledgedBy }: Body<'Alert'>): string => `${id}: ${level} on ${line}, acknowledged by ${acknowledgedBy}.`;
          await decide<Body<'Alert'>>(ledger, { request, mayRecur: false, render }, options, terminal);
        }
      });
    });
}

function renderAlerts(items: readonly Body<'Alert'>[]): string {
  const columns = ['Raised', 'Level', 'Line', 'Used', 'State', 'Acknowledged by', 'Id'].map((title) => ({ title, align: 'left' as const }));
  const rows = items.map(({ raisedAt, level, line, utilization, closedAt, acknowledgedBy, id }) => {
    const state = closedAt === null ? 'open' : `closed ${closedAt.slice(0, 10)}`;
    return [raisedAt.slice(0, 16), level, line, percentText(utilization), state, acknowledgedBy ?? '-', id];
  });
  return renderTable(columns, rows);
}
