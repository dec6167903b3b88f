import type { Command } from 'commander';
import type { LoadRequest } from '../moving/load-log.js';
import type { Terminal } from '../terminal.js';

const explanation = `
Takes what quota export writes, and what GET /v1/events answers with Accept: application/x-ndjson. Of each line its form, its
id against its content, its revision and the hash of the event before it are checked. A file is checked to its end before
anything is written; of a pipe (-) what comes before a bad line is written. The target is empty or holds the beginning of
the same log. It may be stopped at any moment: run the same command again, and it goes on. At the end the whole target is
read back and compared. quota replay then recomputes every balance.
Exit code 0: the target holds what was loaded. 1: it holds another log. 2: the file is damaged, at the line that is named.

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
    .option('--to-prefix <text>', 'what streams begin with in the cluster (default: LEDGER_STREAM_PREFIX)')
    .option('--work-dir <folder>', 'where a cluster\'s log is copied to, and kept for the next time; else a temporary folder')
    .option('--json', 'the result as JSON')
    .addHelpText('after', explanation)
    .action(async (request: LoadRequest) => {
      const { loadLog } = await import('../moving/load-log.js');
      await loadLog(request, terminal);
    });
}
