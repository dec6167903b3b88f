import { Option, type Command } from 'commander';
import type { Body } from '#wire';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import { readOne, readPage, withPage, withShipmentFilters, type PageOptions } from '../decisions/page.js';
import { renderReservation } from '../decisions/shipment-summary.js';
import { renderTable, tppText, type Column } from '../table.js';
import type { Terminal } from '../terminal.js';

type Options = AccessOptions & PageOptions;

const examples = `
Examples:
  quota reservations --destination AE --status held
  quota reservations --exporter acme-semi --json
  quota reservations 76bb44c8-db4c-56bf-b551-faa13f7e5127`;

export function reservationsCommand(program: Command, terminal: Terminal): void {
  withShipmentFilters(withPage(withAccess(program.command('reservations').summary('list reservations with their ids, or show one'))))
    .description('Lists reservations, newest first, or shows one.')
    .argument('[id]', 'id of a reservation; left out: the list')
    .addOption(new Option('--status <status>', 'only with this status').choices(['held', 'partly-exported', 'exported', 'released', 'lapsed', 'refused']))
    .option('--json', 'the answer of GET /v1/reservations or GET /v1/reservations/<id>')
    .addHelpText('after', examples)
    .action(async (id: string | undefined, { url, dataDir, ...query }: Options) => {
      const path = 'v1/reservations';
      await withLedger({ url, dataDir }, (ledger) =>
        id === undefined ? readPage(ledger, path, query, renderReservations, terminal) : readOne(ledger, path, id, query, renderReservation, terminal),
      );
    });
}

const columns: readonly Column[] = [
  { title: 'Created', align: 'left' },
  { title: 'Status', align: 'left' },
  { title: 'Exporter', align: 'left' },
  { title: 'To', align: 'left' },
  { title: 'Route', align: 'left' },
  { title: 'TPP', align: 'right' },
  { title: 'Held', align: 'right' },
  { title: 'Until', align: 'left' },
  { title: 'Reference', align: 'left' },
  { title: 'Id', align: 'left' },
];

function renderReservations(items: readonly Body<'Reservation'>[]): string {
  const rows = items.map(({ createdAt, status, exporter, destination, route, tpp, heldTpp, expiresAt, reference, id }) => [
    ...[createdAt.slice(0, 10), status, exporter, destination, route, tppText(tpp), tppText(heldTpp)],
    ...[expiresAt?.slice(0, 10) ?? '-', reference ?? '-', id],
  ]);
  return renderTable(columns, rows);
}
