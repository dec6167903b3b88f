import type { Command } from 'commander';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import { instant, position, wholeNumber } from '../option-values.js';
import { readRulebook } from '../rulebook-file.js';
import { renderSimulation } from '../simulation-summary.js';
import { startProgress, type Terminal } from '../terminal.js';

interface Options extends AccessOptions {
  readonly until?: string;
  readonly at?: string;
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
}

const explanation = `
Every decision of the log is taken again, in the order of the log, as if the draft had been in force from the start:
reservations, direct exports, changes and refusals. Holds lapse, and are released, exported and reversed as recorded.
A reservation that the draft refuses holds nothing. Nothing is recorded, and the rulebook in force stays in force.

Examples:
  quota simulate my.rulebook.json
  quota simulate docs/examples/since-2015.rulebook.json --data-dir ./data
  quota simulate my.rulebook.json --at 2027-12-31 --json`;

export function simulateCommand(program: Command, terminal: Terminal): void {
  withAccess(program.command('simulate').summary('replay the history under a draft rulebook, and show the differences'))
    .description('Shows what each quota line would have left under a draft rulebook, and which decisions would have differed and why.')
    .argument('<draft>', 'a rulebook file')
    .option('--until <position>', 'replay the log up to this position only', position)
    .option('--at <time>', 'show the lines with the caps of this day (its midnight UTC) or RFC 3339 time (default: now)', instant)
    .option('--limit <count>', 'how many differing decisions to show, 1 to 200', wholeNumber(1, 200), 20)
    .option('--cursor <cursor>', 'continue after an earlier answer: its nextCursor', position)
    .option('--json', 'the answer of POST /v1/rulebooks/simulations')
    .addHelpText('after', explanation)
    .action(async (file: string, { json, url, dataDir, ...range }: Options) => {
      const { document } = await readRulebook(file);
      const answer = await withLedger({ url, dataDir }, async (ledger) => {
        const { position } = await ledger.countries();
        const progress = startProgress(terminal, 'Replaying', Number(range.until ?? position));
        try {
          return await ledger.simulate({ draft: document, ...range }, (reached) => progress.update(reached));
        } finally {
          progress.stop();
        }
      });
      terminal.out.write(json ? `${JSON.stringify(answer)}\n` : renderSimulation(answer, terminal.out.hasColors));
    });
}
