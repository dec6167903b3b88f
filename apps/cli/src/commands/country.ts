import type { Command } from 'commander';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import { withPointInTime } from '../option-values.js';
import { percentText, tppText } from '../table.js';
import type { Terminal } from '../terminal.js';

interface Options extends AccessOptions {
  readonly asOf?: string;
  readonly atPosition?: string;
  readonly json?: true;
}

const examples = `
Examples:
  quota country AE
  quota country AE --as-of 2026-06-30
  quota country AE --at-position 1234 --json`;

export function countryCommand(program: Command, terminal: Terminal): void {
  withPointInTime(withAccess(program.command('country').summary('show one country')))
    .description('Shows the quota of one country, now or at an earlier point of the log.')
    .argument('<code>', 'ISO 3166-1 alpha-2 code, as AE')
    .option('--json', 'the answer of GET /v1/countries/<code>')
    .addHelpText('after', examples)
    .action(async (code: string, { json, url, dataDir, ...at }: Options) => {
      const view = await withLedger({ url, dataDir }, (ledger) => ledger.country(code.toUpperCase(), at));
      if (json) return terminal.out.write(`${JSON.stringify(view)}\n`);
      const rows: readonly (readonly [string, string])[] = [
        ['Group', view.group],
        ...(view.territoryOf === null ? [] : [['Treated as', `${view.territoryOf}, of which it is a territory`] as const]),
        ['Status', view.status],
        ['Allocation', `${tppText(view.allocation)} TPP`],
        ['Exported', `${tppText(view.exported)} TPP in ${view.exports} exports`],
        ['Reserved', `${tppText(view.reserved)} TPP in ${view.openReservations} open reservations`],
        ['Available', `${tppText(view.available)} TPP`],
        ['Used', percentText(view.utilization)],
        ['Refusals', String(view.refusals)],
        ['Last event', view.lastEventAt ?? '-'],
      ];
      terminal.out.write(`${view.name} (${view.country}), quota line ${view.line}\n`);
      for (const [title, text] of rows) terminal.out.write(`  ${title.padEnd(12)}${text.replace(/^- TPP/, '-')}\n`);
    });
}
