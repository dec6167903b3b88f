import type { Command } from 'commander';
import type { Body } from '#wire';
import { withLedger } from '../access/access-options.js';
import { decide, withDecision, type DecisionOptions } from '../decisions/decision.js';
import { leaveOutUndefined } from '../decisions/shipment-options.js';
import { renderReservation } from '../decisions/shipment-summary.js';
import type { Terminal } from '../terminal.js';

interface Options extends DecisionOptions {
  readonly reason?: string;
}

const explanation = `
Its exports stay. A reservation is released once, so the key follows from the command: the same command always gets the first
answer.

Examples:
  quota release 76bb44c8-db4c-56bf-b551-faa13f7e5127
  quota release 76bb44c8-db4c-56bf-b551-faa13f7e5127 --reason "The order was cancelled." --json`;

export function releaseCommand(program: Command, terminal: Terminal): void {
  withDecision(program.command('release').summary('release a reservation'))
    .description('Releases a reservation: gives back the TPP that it still holds, and closes it.')
    .argument('<reservation>', 'id of the reservation')
    .option('--reason <text>', 'why, for the record')
    .addHelpText('after', explanation)
    .action(async (reservation: string, options: Options) => {
      const path = `v1/reservations/${encodeURIComponent(reservation)}/release`;
      const request = { method: 'POST', path, body: leaveOutUndefined({ reason: options.reason }) } as const;
      await withLedger(options, (ledger) => decide<Body<'Reservation'>>(ledger, { request, mayRecur: false, render: renderReservation }, options, terminal));
    });
}
