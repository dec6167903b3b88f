import type { Command } from 'commander';
import { builtInWord, type Body, type RulebookOrder } from '#wire';
import { withLedger } from '../access/access-options.js';
import { decide, withDecision, type DecisionOptions } from '../decisions/decision.js';
import { Refused } from '../exit-code.js';
import { readRulebook } from '../rulebook-file.js';
import type { Terminal } from '../terminal.js';

const explanation = `
The ledger decides the requests under way, records the adoption by one event, and then decides under the new rulebook, without a
restart. Earlier decisions stay. Lines with history get their new caps; caps that were set by order stay. If the rulebook is in
force already, nothing is recorded, and the exit code is 0. quota simulate shows beforehand which decisions would differ.
A file with the name ${builtInWord} is given as ./${builtInWord}.

Examples:
  quota rulebook adopt my.rulebook.json
  quota rulebook adopt ${builtInWord}
  quota rulebook adopt my.rulebook.json --data-dir ./data`;

/** `quota rulebook adopt`: the only order that changes the rulebook of a ledger. */
export function adoptCommand(rulebook: Command, terminal: Terminal): void {
  withDecision(rulebook.command('adopt').summary('put a rulebook in force in a ledger'))
    .description('Puts a rulebook in force in a running server, or in a ledger that no server has open.')
    .argument(`<file|${builtInWord}>`, `a rulebook file, or the word ${builtInWord} for the one of this build`)
    .addHelpText('after', explanation)
    .action(async (file: string, options: DecisionOptions) => {
      const body: RulebookOrder = { rulebook: file === builtInWord ? builtInWord : (await readRulebook(file)).document };
      const request = { method: 'POST', path: 'v1/rulebooks/adoption', body } as const;
      try {
        // A former rulebook may be put in force again: that is another order.
        await withLedger(options, (ledger) => decide<Body<'RulebookSummary'>>(ledger, { request, mayRecur: true, render }, options, terminal));
      } catch (error) {
        if (!isInForce(error)) throw error;
        if (!options.json) terminal.out.write(`${error.message}\n`);
      }
    });
}

function render({ id, version, hash, position }: Body<'RulebookSummary'>): string {
  return `Rulebook ${id} ${version} (${hash}) is in force from position ${position} on.`;
}

function isInForce(error: unknown): error is Refused {
  return error instanceof Refused && error.problem?.code === 'nothing-to-change';
}
