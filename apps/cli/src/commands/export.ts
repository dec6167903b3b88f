import type { Command } from 'commander';
import { defaultUrl } from '../access/access-options.js';
import type { ExportRequest } from '../moving/write-export.js';
import type { Terminal } from '../terminal.js';

const explanation = `
Writes one event a line in the order of the log, in the format of GET /v1/events: a CloudEvent whose data are the stored bytes,
so ids and hashes can be checked. --from is a data directory (also while a server works on it), a backup of its log file, or the
address of a server or of an EventStoreDB cluster (LEDGER_EVENTSTORE_URL: the cluster of that setting). The log is checked on
the way. The command writes a whole file or none.
The SHA-256 at the end covers the ids of all events: jq -r .id log.ndjson | sha256sum

Examples:
  quota export --from ./data --out log.ndjson
  quota export --out - | gzip > log.ndjson.gz
  quota export --from https://ledger.example --out log.ndjson --json`;

export function exportCommand(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .summary('write a whole log to a file of JSON lines')
    .description('Writes a whole log to a file of JSON lines. quota load makes the same log from it.')
    .option('--from <place>', 'a data directory, a backup of its log file, or the address of a server or cluster', defaultUrl)
    .option('--from-prefix <text>', 'prefix of the stream names in the cluster (default: LEDGER_STREAM_PREFIX)')
    .requiredOption('--out <file>', 'a file that does not exist yet; - for standard output')
    .option('--work-dir <folder>', 'folder for the copy of a cluster\'s log, kept for the next run (default: a temporary folder)')
    .option('--json', 'the result as JSON')
    .addHelpText('after', explanation)
    .action(async (request: ExportRequest) => {
      const { writeExport } = await import('../moving/write-export.js');
      await writeExport(request, terminal);
    });
}
