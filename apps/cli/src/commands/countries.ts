import { Option, type Command } from 'commander';
import { destinationGroups, lineStatuses, type Body } from '#wire';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import { withPointInTime } from '../option-values.js';
import { percentText, renderTable, tppText } from '../table.js';
import type { Terminal } from '../terminal.js';

interface Options extends AccessOptions {
  readonly status?: string;
  readonly group?: string;
  readonly asOf?: string;
  readonly atPosition?: string;
  readonly all?: true;
  readonly json?: true;
}

const examples = `
Without --all only countries with history are listed, with --json too.

Examples:
  quota countries
  quota countries --status critical --json
  quota countries --all --group partner
  quota countries --as-of 2026-06-30 --data-dir ./data`;

export function countriesCommand(program: Command, terminal: Terminal): void {
  withPointInTime(withAccess(program.command('countries').summary('list countries with what is left of their allocation')))
    .description('Lists countries with allocation, exported, reserved and available TPP.')
    .addOption(new Option('--status <status>', 'only countries with this status').choices(lineStatuses))
    .addOption(new Option('--group <group>', 'only countries of this group').choices(destinationGroups))
    .option('--all', 'also countries without any event')
    .option('--json', 'the same countries as GET /v1/countries answers them')
    .addHelpText('after', examples)
    .action(async ({ all, json, url, dataDir, ...query }: Options) => {
      const answer = await withLedger({ url, dataDir }, (ledger) => ledger.countries(query));
      const countries = all ? answer.countries : answer.countries.filter(({ lastEventAt }) => lastEventAt !== null);
      if (json) return terminal.out.write(`${JSON.stringify({ ...answer, countries })}\n`);
      terminal.out.write(`${renderCountries(countries)}\n`);
      const untouched = answer.countries.length - countries.length;
      if (untouched > 0) terminal.out.write(`${untouched} more without any event: --all lists them.\n`);
      terminal.out.write(`Position ${answer.position}, rulebook ${answer.rulebook.id} ${answer.rulebook.version}. Amounts in TPP.\n`);
    });
}

function renderCountries(countries: readonly Body<'CountryView'>[]): string {
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
