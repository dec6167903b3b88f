import type { Command } from 'commander';
import { defaultUrl } from '../access/access-options.js';
import type { ExportRequest } from '../moving/write-export.js';
import type { Terminal } from '../terminal.js';

const explanation = `
One event a line in the order of the log, as GET /v1/events answers it: a CloudEvent whose data are the stored bytes, so
that anybody can check ids and hashes. --from may be a data directory (also while a server works on it), a backup of its
log file, or the address of a server or of an EventStoreDB cluster (LEDGER_EVENTSTORE_URL: the one of that setting). The log is
checked on the way. The file is there whole or not at all.
The SHA-256 that is told at the end is that of the ids of all events: jq -r .id log.ndjson | sha256sum

Examples:
  quota export --from ./data --out log.ndjson
  quota export --out - | gzip > log.ndjson.gz
  quota export --from https://ledger.example --out log.ndjson --json`;

export function exportCommand(program: Command, terminal: Terminal): void {
  program
    .command('export')
    .summary('write a whole log to a file of JSON lines')
    .description('Writes a whole log to a file of JSON lines, from which quota load makes the same log again.')
    .option('--from <place>', 'a data directory, a backup of its log file, or the address of a server or cluster', defaultUrl)
    .option('--from-prefix <text>', 'what streams begin with in the cluster (default: LEDGER_STREAM_PREFIX)')
    .requiredOption('--out <file>', 'a file that does not exist yet; - for standard output')
    .option('--work-dir <folder>', 'where a cluster\'s log is copied to, and kept for the next time; else a temporary folder')
    .option('--json', 'the result as JSON')
    .addHelpText('after', explanation)
    .action(async (request: ExportRequest) => {
      const { writeExport } = await import('../moving/write-export.js');
      await writeExport(request, terminal);
    });
}
