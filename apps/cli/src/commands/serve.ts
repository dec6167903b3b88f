import type { Command } from 'commander';
import { position, wholeNumber } from '../option-values.js';
import { applySettings } from '../settings.js';

interface Options {
  readonly host?: string;
  readonly port?: number;
  readonly dataDir?: string;
  readonly rulebook?: string;
  readonly acceptLoss?: string;
}

const explanation = `
Options go before the settings HOST, PORT, LEDGER_DATA_DIR and LEDGER_RULEBOOK of the environment; LEDGER_EVENTSTORE_URL makes
the server an instance of a cluster; all settings are in docs/operations.md. The server writes its address to stdout and
its log to stderr, as JSON lines. SIGINT and SIGTERM end it in order. It ends with 2 for a wrong option, 64 for a wrong setting, 69 if the port cannot be had, 74 if the data directory cannot be used,
70 if the store cannot go on, 75 if another instance adopted another rulebook and it is to be started again.

Examples:
  quota serve
  quota serve --port 8080 --data-dir /var/lib/quota-ledger
  quota serve --rulebook docs/examples/since-2015.rulebook.json --data-dir ./scenario`;

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .summary('run the server')
    .description('Runs the HTTP server in the foreground.')
    .option('--host <address>', 'address to listen on (default: 127.0.0.1)')
    .option('--port <number>', 'port to listen on, 0 for any free one (default: 3000)', wholeNumber(0, 65_535))
    .option('--data-dir <folder>', 'data directory (default: ./data)')
    .option('--rulebook <file>', 'rulebook in place of the built-in one')
    .option('--accept-loss <position>', 'go on without the events that the last start named as missing from this position on', position)
    .option('--json', 'has no effect: the log is always JSON lines')
    .addHelpText('after', explanation)
    .action(async ({ host, port, dataDir, rulebook, acceptLoss }: Options) => {
      const server = { HOST: host, PORT: port === undefined ? undefined : String(port), LEDGER_DATA_DIR: dataDir };
      applySettings({ ...server, LEDGER_RULEBOOK: rulebook, LEDGER_ACCEPT_LOSS: acceptLoss });
      await import('../../../api/src/main.js');
    });
}
