import type { Command } from 'commander';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import type { CountryView } from '../access/ledger-access.js';
import { percentText, renderTable, tppText } from '../table.js';
import type { Terminal } from '../terminal.js';

interface Options extends AccessOptions {
  readonly status?: string;
  readonly group?: string;
  readonly asOf?: string;
  readonly all?: true;
  readonly json?: true;
}

const examples = `
Without --all only countries with history are listed.

Examples:
  quota countries
  quota countries --status critical --json
  quota countries --all --group partner
  quota countries --as-of 2026-06-30T00:00:00Z --data-dir ./data`;

export function countriesCommand(program: Command, terminal: Terminal): void {
  withAccess(program.command('countries').summary('list countries with what is left of their allocation'))
    .description('Lists countries with allocation, exported, reserved and available TPP.')
    .option('--status <status>', 'only open, watch, critical, exhausted, suspended, no-cap or no-allocation')
    .option('--group <group>', 'only allocation, partner, embargoed or home')
    .option('--as-of <time>', 'as it was at this RFC 3339 time')
    .option('--all', 'also countries without any event')
    .option('--json', 'the answer of GET /v1/countries')
    .addHelpText('after', examples)
    .action(async ({ status, group, asOf, all, json, ...access }: Options) => {
      const query = { ...(status && { status }), ...(group && { group }), ...(asOf && { asOf }) };
      const answer = await withLedger(access, (ledger) => ledger.countries(query));
      if (json) return terminal.out.write(`${JSON.stringify(answer)}\n`);
      const shown = all ? answer.countries : answer.countries.filter(({ lastEventAt }) => lastEventAt !== null);
      terminal.out.write(`${renderCountries(shown)}\n`);
      const untouched = answer.countries.length - shown.length;
      if (untouched > 0) terminal.out.write(`${untouched} more without any event: --all lists them.\n`);
      terminal.out.write(`Position ${answer.position}, rulebook ${answer.rulebook.id} ${answer.rulebook.version}. Amounts in TPP.\n`);
    });
}

function renderCountries(countries: readonly CountryView[]): string {
  const titles = ['Country', 'Name', 'Group', 'Status', 'Allocation', 'Exported', 'Reserved', 'Available', 'Used'];
  return renderTable(
    titles.map((title, index) => ({ title, align: index < 4 ? 'left' : 'right' })),
    countries.map((view) => [
      view.country,
      view.name,
      view.group,
      view.status,
      tppText(view.allocation),
      tppText(view.exported),
      tppText(view.reserved),
      tppText(view.available),
      percentText(view.utilization),
    ]),
  );
}
