import type { Command } from 'commander';
import type { Body } from '#wire';
import type { ApiRequest } from '../access/api-request.js';
import { withLedger } from '../access/access-options.js';
import { decide, determine, withDecision, type DecisionOptions } from '../decisions/decision.js';
import { itemsBody, leaveOutUndefined, shipmentBody, withShipment, type ShipmentOptions } from '../decisions/shipment-options.js';
import { renderExport } from '../decisions/shipment-summary.js';
import { UsageError } from '../exit-code.js';
import { instant } from '../option-values.js';
import type { Terminal } from '../terminal.js';

interface Options extends DecisionOptions, ShipmentOptions {
  readonly exportedAt?: string;
  readonly itn?: string;
  readonly tpp?: string;
  readonly final?: true;
  readonly dryRun?: true;
}

const explanation = `
With the id of a reservation, its hold is debited: the named items, or --tpp of it, or by default everything that it holds. --final
releases the rest. Without a reservation, the shipment debits its quota line at once.
--dry-run works without a reservation only. It shows the decision on a shipment that leaves now, and records nothing.
Each run is a new export with a new key, which is printed on standard error before the request is sent. The same command with
that --key gets the first answer and debits nothing more. Correct an export with quota reverse.
Exit code 5: the rules refused the export, and the refusal is recorded (with --dry-run: they would refuse it).

Examples:
  quota ship 76bb44c8-db4c-56bf-b551-faa13f7e5127 --exported-at 2026-06-01
  quota ship 76bb44c8-db4c-56bf-b551-faa13f7e5127 --chip amd-mi300x --quantity 500 --exported-at 2026-06-01 --final
  quota ship --destination IN --chip nvidia-h200-sxm --quantity 512 --exporter acme-semi --exported-at 2026-06-01 \\
    --itn X20260601000001 --json`;

/** Options that a reservation has decided already. */
const decidedByReservation = [
  'destination',
  'exporter',
  'route',
  'consignee',
  'consigneeCountry',
  'consigneeHeadquarters',
  'parent',
  'parentHeadquarters',
  'facts',
  'reference',
  'dryRun',
] as const;

export function shipCommand(program: Command, terminal: Terminal): void {
  withDecision(withShipment(program.command('ship').summary('record an export, from a reservation or without one')))
    .description('Records an export of a reservation, in part or whole, or of a shipment without one.')
    .argument('[reservation]', 'id of the reservation; left out: a shipment without one')
    .option('--exported-at <time>', 'when it left: a day (its midnight UTC) or an RFC 3339 time; needed unless --dry-run', instant)
    .option('--itn <number>', 'Internal Transaction Number of the export declaration')
    .option('--tpp <amount>', 'an amount of TPP instead of items, of a reservation with one item')
    .option('--final', 'of a reservation: release the rest')
    .option('--dry-run', 'without a reservation: show the decision, and record nothing')
    .addHelpText('after', explanation)
    .action(async (reservation: string | undefined, options: Options, command: Command) => {
      if (options.dryRun && reservation === undefined) {
        const shipment = { ...(await shipmentBody(options)), ...leaveOutUndefined({ exportedAt: options.exportedAt }) };
        return withLedger(options, (ledger) => determine(ledger, shipment, options, terminal));
      }
      const request = reservation === undefined ? await directExport(options) : await exportOf(reservation, options, command);
      await withLedger(options, (ledger) => decide<Body<'Export'>>(ledger, { request, mayRecur: true, render: renderExport }, options, terminal));
    });
}

async function directExport(options: Options): Promise<ApiRequest> {
  if (options.tpp !== undefined || options.final) throw new UsageError('--tpp and --final go with the id of a reservation.');
  const shipment = await shipmentBody(options);
  return { method: 'POST', path: 'v1/exports', body: { ...shipment, ...dateOf(options) } };
}

async function exportOf(reservation: string, options: Options, command: Command): Promise<ApiRequest> {
  const given = decidedByReservation.find((name) => options[name] !== undefined);
  if (given !== undefined) {
    const flag = command.options.find((option) => option.attributeName() === given)?.long ?? given;
    throw new UsageError(`${flag} goes with a shipment without a reservation: leave it out, or leave out the id ${reservation}.`);
  }
  const { final } = options;
  const parts = leaveOutUndefined({ items: await itemsBody(options), tpp: amountOf(options.tpp), final });
  return { method: 'POST', path: `v1/reservations/${encodeURIComponent(reservation)}/exports`, body: { ...parts, ...dateOf(options) } };
}

/** Now would be another date at each repetition, and so another request under the same key. */
function dateOf({ exportedAt, itn }: Options): object {
  if (exportedAt === undefined) throw new UsageError('--exported-at is missing: say when it left, as 2026-06-01.');
  return leaveOutUndefined({ exportedAt, itn });
}

/** Of TPP, as a number. @throws UsageError */
function amountOf(text: string | undefined): number | undefined {
  if (text === undefined || /^\d{1,13}(?:\.\d{1,3})?$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new UsageError(`--tpp ${JSON.stringify(text)} is no amount of TPP: write plain digits with at most three decimals, as 15832 or 20919.2.`);
}
