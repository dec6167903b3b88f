import { Option, type Command } from 'commander';
import type { Body } from '#wire';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import { readOne, readPage, withPage, withShipmentFilters, type PageOptions } from '../decisions/page.js';
import { renderExport } from '../decisions/shipment-summary.js';
import { renderTable, tppText, type Column } from '../table.js';
import type { Terminal } from '../terminal.js';

type Options = AccessOptions & PageOptions;

const examples = `
Examples:
  quota exports --destination IN --status posted
  quota exports --reservation-id 76bb44c8-db4c-56bf-b551-faa13f7e5127 --json
  quota exports 99b3c909-0a66-59a7-a8e0-3f113341b4ea`;

export function exportsCommand(program: Command, terminal: Terminal): void {
  withShipmentFilters(withPage(withAccess(program.command('exports').summary('list exports with their ids, or show one'))))
    .description('Lists exports, newest first, or shows one.')
    .argument('[id]', 'id of an export; left out: the list')
    .addOption(new Option('--status <status>', 'only with this status').choices(['posted', 'reversed']))
    .option('--reservation-id <id>', 'only those of this reservation')
    .option('--json', 'the answer of GET /v1/exports or GET /v1/exports/<id>')
    .addHelpText('after', examples)
    .action(async (id: string | undefined, { url, dataDir, ...query }: Options) => {
      const path = 'v1/exports';
      await withLedger({ url, dataDir }, (ledger) =>
        id === undefined ? readPage(ledger, path, query, renderExports, terminal) : readOne(ledger, path, id, query, renderExport, terminal),
      );
    });
}

const columns: readonly Column[] = [
  { title: 'Exported', align: 'left' },
  { title: 'Status', align: 'left' },
  { title: 'Exporter', align: 'left' },
  { title: 'To', align: 'left' },
  { title: 'Route', align: 'left' },
  { title: 'TPP', align: 'right' },
  { title: 'Debited', align: 'right' },
  { title: 'ITN', align: 'left' },
  { title: 'Reference', align: 'left' },
  { title: 'Id', align: 'left' },
];

function renderExports(items: readonly Body<'Export'>[]): string {
  const rows = items.map(({ exportedAt, status, exporter, destination, route, tpp, debitedTpp, itn, reference, id }) => [
    ...[exportedAt.slice(0, 10), status, exporter, destination, route, tppText(tpp), tppText(debitedTpp)],
    ...[itn ?? '-', reference ?? '-', id],
  ]);
  return renderTable(columns, rows);
}
