import type { Command } from 'commander';
import type { Body } from '#wire';
import { withLedger } from '../access/access-options.js';
import { decide, withDecision, type DecisionOptions } from '../decisions/decision.js';
import type { Terminal } from '../terminal.js';

interface Options extends DecisionOptions {
  readonly itn: string;
}

const explanation = `
Nothing is debited. The same number again changes nothing. Another number is refused: reverse the export and record it anew.
The key follows from the command, so you can repeat the command.

Examples:
  quota filing 99b3c909-0a66-59a7-a8e0-3f113341b4ea --itn X20260601000001
  quota filing 99b3c909-0a66-59a7-a8e0-3f113341b4ea --itn X20260601000001 --json`;

export function filingCommand(program: Command, terminal: Terminal): void {
  withDecision(program.command('filing').summary('add the ITN of an export'))
    .description('Records the Internal Transaction Number (ITN) of an export that was recorded without one.')
    .argument('<export>', 'id of the export')
    .requiredOption('--itn <number>', 'Internal Transaction Number of the export declaration')
    .addHelpText('after', explanation)
    .action(async (exportId: string, options: Options) => {
      const request = { method: 'POST', path: `v1/exports/${encodeURIComponent(exportId)}/filing`, body: { itn: options.itn } } as const;
      const render = ({ id, itn }: Body<'Export'>): string => `Export ${id} has the ITN ${itn}.`;
      await withLedger(options, (ledger) => decide<Body<'Export'>>(ledger, { request, mayRecur: false, render }, options, terminal));
    });
}
