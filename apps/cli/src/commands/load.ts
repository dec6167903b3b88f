import type { Command } from 'commander';
import type { LoadRequest } from '../moving/load-log.js';
import type { Terminal } from '../terminal.js';

const explanation = `
Reads the output of quota export, and of GET /v1/events with Accept: application/x-ndjson. Each line is checked: its form, its id
against its content, its revision and the hash of the event before it. A file is checked to its end before anything is written;
from a pipe (-) the lines before a bad one are written. The target must be empty or hold a beginning of the same log. If the
load is stopped, run the same command again: it continues. At the end the whole target is read back and compared. quota replay
then recomputes every balance.
Exit code 0: the target holds the loaded log. 1: it holds another log. 2: the file is damaged; the message names the line.

Examples:
  quota load --from log.ndjson --to ./data
  quota load --from log.ndjson --to LEDGER_EVENTSTORE_URL
  gunzip -c log.ndjson.gz | quota load --from - --to ./data --json`;

export function loadCommand(program: Command, terminal: Terminal): void {
  program
    .command('load')
    .summary('load a log from a file of JSON lines, and verify it')
    .description('Loads a log from a file of JSON lines into a store, and verifies it.')
    .requiredOption('--from <file>', 'events, one a line; - for standard input')
    .requiredOption('--to <place>', 'a data directory, created if it is missing, or the address of a cluster')
    .option('--to-prefix <text>', 'prefix of the stream names in the cluster (default: LEDGER_STREAM_PREFIX)')
    .option('--work-dir <folder>', 'folder for the copy of a cluster\'s log, kept for the next run (default: a temporary folder)')
    .option('--json', 'the result as JSON')
    .addHelpText('after', explanation)
    .action(async (request: LoadRequest) => {
      const { loadLog } = await import('../moving/load-log.js');
      await loadLog(request, terminal);
    });
}
