import type { Command } from 'commander';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import { position, wholeNumber } from '../option-values.js';
import type { Terminal } from '../terminal.js';

interface Options extends AccessOptions {
  readonly from: string;
  readonly stream?: string;
  readonly type?: string;
  readonly limit?: number;
  readonly json?: true;
}

const examples = `
One event (CloudEvents 1.0) per line, in the order of the log, up to its end.

Examples:
  quota events > log.ndjson
  quota events --from 1234 --stream quota-country:AE
  quota events --type ExportDebited --limit 10`;

export function eventsCommand(program: Command, terminal: Terminal): void {
  withAccess(program.command('events').summary('print the log as NDJSON'))
    .description('Prints the events of the log as NDJSON.')
    .option('--from <position>', 'only events after this position', position, '0')
    .option('--stream <name>', 'only this stream, as quota-country:AE')
    .option('--type <type>', 'only this type, as ExportDebited')
    .option('--limit <count>', 'at most this many', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--json', 'has no effect: the output is always JSON lines')
    .addHelpText('after', examples)
    .action(async ({ from, url, dataDir, ...query }: Options) => {
      await withLedger({ url, dataDir }, async (ledger) => {
        let printed = 0;
        for await (const event of ledger.events({ ...query, after: Number(from) })) {
          terminal.out.write(`${JSON.stringify(event)}\n`);
          await terminal.out.flushed();
          printed += 1;
          if (printed === query.limit) break;
        }
      });
    });
}
