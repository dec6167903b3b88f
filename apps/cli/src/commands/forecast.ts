import type { Command } from 'commander';
import { decodeEvent, type LineEvent } from '#ledger';
import { backtest, UseLog, type HorizonResult } from '#projections';
import { isCountry, lineOfCountry } from '#rulebook';
import type { Body } from '#wire';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import type { LedgerAccess } from '../access/ledger-access.js';
import { UsageError } from '../exit-code.js';
import { instant } from '../option-values.js';
import { percentText, renderTable, tppText } from '../table.js';
import type { Terminal } from '../terminal.js';

interface Options extends AccessOptions {
  readonly asOf?: string;
  readonly backtest?: true;
  readonly json?: true;
}

const examples = `
Without a line every country is listed whose cap is expected to be used up within the period.

--backtest makes the forecasts of the past again, one a week for each line, and compares each with what came: how many had it within
their 80 % interval, and how far the mean rate was off.

Examples:
  quota forecast
  quota forecast AE
  quota forecast country:AE --as-of 2026-06-30 --json
  quota forecast --backtest`;

export function forecastCommand(program: Command, terminal: Terminal): void {
  withAccess(program.command('forecast').summary('show when caps will be used up, and how good such forecasts were'))
    .description('Shows the day on which the rest of a cap is used up at the mean rate of the last 90 days, with an 80 % interval.')
    .argument('[line]', 'a country as AE, or a quota line as country:AE or lpp:falcon-holding:2026')
    .option('--as-of <time>', 'as it would have been forecast then: a day (its midnight UTC) or an RFC 3339 time', instant)
    .option('--backtest', 'compare the forecasts of the past with what came')
    .option('--json', 'what the API answers, or the results of the back-test')
    .addHelpText('after', examples)
    .action(async (line: string | undefined, { asOf, backtest: isTest, json, ...access }: Options) => {
      if (isTest && (line !== undefined || asOf !== undefined)) throw new UsageError('--backtest goes over all lines and the whole log: leave the line and --as-of out.');
      await withLedger(access, async (ledger) => {
        if (isTest) return terminal.out.write(await tested(ledger, json));
        return terminal.out.write(line === undefined ? await listed(ledger, asOf, json) : await one(ledger, line, asOf, json));
      });
    });
}

async function one(ledger: LedgerAccess, named: string, asOf: string | undefined, json: true | undefined): Promise<string> {
  const line = isCountry(named.toUpperCase()) ? lineOfCountry(named.toUpperCase()) : named;
  const { text } = await ledger.request({ method: 'GET', path: `v1/lines/${encodeURIComponent(line)}/forecast`, query: { asOf } });
  if (json) return `${text}\n`;
  const forecast = JSON.parse(text) as Body<'Forecast'>;
  const { asOf: day, method, burnPerDay, pace, criticalOn, exhaustedOn, reason } = forecast;
  const rows: readonly (readonly [string, string])[] = [
    ['Exhausted', exhaustedOn === null ? `no forecast: ${reason ?? ''}` : daysText(exhaustedOn)],
    ['Critical', criticalOn === null ? '-' : daysText(criticalOn)],
    ['Per day', `${tppText(burnPerDay.d30)} TPP in 30 days, ${tppText(burnPerDay.d90)} TPP in 90 days`],
    ['Pace', pace === null ? '-' : `${pace.toFixed(2)} (1 is even use until the end of the period)`],
    ['Method', method],
  ];
  return `${line} on ${day}\n${rows.map(([title, value]) => `  ${title.padEnd(12)}${value}\n`).join('')}`;
}

async function listed(ledger: LedgerAccess, asOf: string | undefined, json: true | undefined): Promise<string> {
  const { text } = await ledger.request({ method: 'GET', path: 'v1/summary', query: { asOf } });
  if (json) return `${text}\n`;
  const { nextExhaustions } = JSON.parse(text) as Body<'Summary'>;
  if (nextExhaustions.length === 0) return 'No country is expected to use its cap up within the period.\n';
  const columns = ['Country', 'Name', 'Status', 'Available', 'Exhausted', 'From', 'To'].map((title, index) => ({ title, align: index === 3 ? ('right' as const) : ('left' as const) }));
  const rows = nextExhaustions.map(({ country, name, status, available, exhaustedOn: { from, expected, to } }) => [country, name, status, tppText(available), expected, from, to ?? 'after the period']);
  return `${renderTable(columns, rows)}\n`;
}

async function tested(ledger: LedgerAccess, json: true | undefined): Promise<string> {
  const log = new UseLog();
  let today = '';
  for await (const batch of ledger.log(0)) {
    for (const { stream, json: stored } of batch) {
      const event = decodeEvent(stored) as LineEvent;
      today = event.recordedAt.slice(0, 10) > today ? event.recordedAt.slice(0, 10) : today;
      log.take(stream, event);
    }
  }
  const results = await backtest(log.histories(), today);
  if (json) return `${JSON.stringify(results.map(({ days, forecasts, ...rest }) => ({ days, forecasts, ...(forecasts > 0 && rest) })))}\n`;
  if (results.every(({ forecasts }) => forecasts === 0)) {
    return 'No forecast can be compared yet: a line needs 10 debits in 90 days, and a week after them.\n';
  }
  const columns = ['Days ahead', 'Forecasts', 'Within the 80 % interval', 'Bias', 'Error'].map((title) => ({ title, align: 'right' as const }));
  return `${renderTable(columns, results.map(rowOf))}\nBias: median of forecast less use, by use. Error: the same without its sign.\n`;
}

function rowOf({ days, forecasts, coverage, bias, error }: HorizonResult): readonly string[] {
  const share = (value: number): string => (Number.isNaN(value) ? '-' : percentText(value));
  const signed = Number.isNaN(bias) ? '-' : `${bias < 0 ? '-' : '+'}${percentText(Math.abs(bias))}`;
  return [String(days), String(forecasts), share(coverage), signed, share(error)];
}

function daysText({ from, expected, to }: Body<'ExpectedDay'>): string {
  return from === expected && to === expected ? expected : `${expected}, from ${from} to ${to ?? 'after the period'} (80 %)`;
}
