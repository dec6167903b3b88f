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
Options take precedence over the settings HOST, PORT, LEDGER_DATA_DIR and LEDGER_RULEBOOK of the environment. With
LEDGER_EVENTSTORE_URL the server is an instance of a cluster. docs/operations.md explains all settings. The server writes its
address to stdout and its log to stderr, as JSON lines. SIGINT and SIGTERM stop it.
Exit codes: 2 wrong option, 64 wrong setting, 69 port not available, 70 store failed, 74 data directory cannot be used,
75 another instance adopted another rulebook: start the server again.

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
    .option('--accept-loss <position>', 'start without the missing events; the refused start named this position', position)
    .option('--json', 'has no effect: the log is always JSON lines')
    .addHelpText('after', explanation)
    .action(async ({ host, port, dataDir, rulebook, acceptLoss }: Options) => {
      const server = { HOST: host, PORT: port === undefined ? undefined : String(port), LEDGER_DATA_DIR: dataDir };
      applySettings({ ...server, LEDGER_RULEBOOK: rulebook, LEDGER_ACCEPT_LOSS: acceptLoss });
      await import('../../../api/src/main.js');
    });
}
