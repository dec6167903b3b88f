import { Option, type Command } from 'commander';
import type { ReversalCode } from '#rulebook';
import type { Body } from '#wire';
import { withLedger } from '../access/access-options.js';
import { decide, withDecision, type DecisionOptions } from '../decisions/decision.js';
import { renderReversal } from '../decisions/shipment-summary.js';
import type { Terminal } from '../terminal.js';

interface Options extends DecisionOptions {
  readonly code: ReversalCode;
  readonly reason: string;
}

const codes: readonly ReversalCode[] = ['misreported', 'duplicate', 'not-shipped', 'returned'];

const explanation = `
Codes, and the TPP that the built-in rulebook gives back:
  misreported   the report was wrong: all that was debited; record the right export afterwards
  duplicate     the same shipment was recorded twice: all that was debited
  not-shipped   it never left: all that was debited
  returned      it came back: nothing, since the allocation counts what was exported

TPP that are given back become available on the line again; they do not return to the reservation. An export is reversed once, so
the key follows from the command: the same command always gets the first answer.

Examples:
  quota reverse 99b3c909-0a66-59a7-a8e0-3f113341b4ea --code duplicate --reason "Recorded twice."
  quota reverse 99b3c909-0a66-59a7-a8e0-3f113341b4ea --code returned --reason "Came back on 3 June." --json`;

export function reverseCommand(program: Command, terminal: Terminal): void {
  withDecision(program.command('reverse').summary('reverse a recorded export'))
    .description('Reverses an export by a compensating event; nothing is deleted.')
    .argument('<export>', 'id of the export')
    .addOption(new Option('--code <code>', 'why').choices(codes).makeOptionMandatory())
    .requiredOption('--reason <text>', 'the reason in words, for the record')
    .addHelpText('after', explanation)
    .action(async (exportId: string, options: Options) => {
      const { code, reason } = options;
      const request = { method: 'POST', path: `v1/exports/${encodeURIComponent(exportId)}/reversal`, body: { code, reason } } as const;
      await withLedger(options, (ledger) => decide<Body<'Reversal'>>(ledger, { request, mayRecur: false, render: renderReversal }, options, terminal));
    });
}
