import type { Command } from 'commander';
import type { Body } from '#wire';
import { withLedger } from '../access/access-options.js';
import { decide, determine, withDecision, type DecisionOptions } from '../decisions/decision.js';
import { leaveOutUndefined, shipmentBody, withShipment, type ShipmentOptions } from '../decisions/shipment-options.js';
import { renderReservation } from '../decisions/shipment-summary.js';
import { instant } from '../option-values.js';
import type { Terminal } from '../terminal.js';

interface Options extends DecisionOptions, ShipmentOptions {
  readonly expiresAt?: string;
  readonly dryRun?: true;
}

const explanation = `
--dry-run shows the route, the line, the TPP left and the obligations that would follow, and records nothing.
Each run is a new reservation, because two equal ones on one day are usual. Each run has a new key, which is printed on standard
error before the request is sent. The same command with that --key gets the first answer and reserves nothing more.
Exit code 5: the rules refused the reservation, and the refusal is recorded (with --dry-run: they would refuse it).

Examples:
  quota reserve --destination AE --chip nvidia-h100-sxm5 --quantity 1000 --exporter acme-semi --dry-run
  quota reserve --destination AE --chip nvidia-h100-sxm5 --quantity 1000 --exporter acme-semi --reference PO-4711
  quota reserve --destination IN --chip amd-mi300x --quantity 20 --chip nvidia-h200-sxm --quantity 8 --expires-at 2026-12-31
  quota reserve --destination AE --items items.json --facts facts.json --route lpp --consignee "Falcon Cloud" \\
    --consignee-headquarters AE --parent "Falcon Holding" --parent-headquarters AE --json`;

export function reserveCommand(program: Command, terminal: Terminal): void {
  withDecision(withShipment(program.command('reserve').summary('hold quota for a future shipment')))
    .description('Reserves quota: holds the TPP of a shipment until it is exported, released or lapses.')
    .option('--expires-at <time>', 'when the hold ends: a day (its midnight UTC) or an RFC 3339 time (default: after 90 days)', instant)
    .option('--dry-run', 'show the decision, and record nothing')
    .addHelpText('after', explanation)
    .action(async (options: Options) => {
      const body = { ...(await shipmentBody(options)), ...leaveOutUndefined({ expiresAt: options.expiresAt }) };
      await withLedger<unknown>(options, (ledger) => {
        if (options.dryRun) return determine(ledger, body, options, terminal);
        const request = { method: 'POST', path: 'v1/reservations', body } as const;
        return decide<Body<'Reservation'>>(ledger, { request, mayRecur: true, render: renderReservation }, options, terminal);
      });
    });
}
