import type { Command } from 'commander';
import type { CopyRequest } from '../moving/copy-log.js';
import type { Terminal } from '../terminal.js';

const explanation = `
Copies every event with its bytes, id and revision in the order of the log, so hashes and proofs stay valid. Only the positions
are those of the new store. --from is a data directory (also while a server works on it: the events that it has at the start
are copied), a backup of its log file, or the address of a server or of an EventStoreDB cluster. --to is a data directory or a
cluster. LEDGER_EVENTSTORE_URL stands for the cluster of that setting and keeps a password out of the list of processes.
The target must be empty or hold a beginning of the same log; any other target is refused before anything is written. If the
copy is stopped, run the same command again: it continues. At the end the whole target is read back and compared.
Exit code 0: both logs are the same. 1: the target holds another log.

Examples:
  quota copy --from ./data --to ./copy
  quota copy --from http://127.0.0.1:3000 --to ./copy --json
  quota copy --from ./data --to 'esdb://node1:2113,node2:2113,node3:2113?tlsCAFile=ca.crt' --to-prefix prod-
  quota copy --from LEDGER_EVENTSTORE_URL --to ./backup`;

export function copyCommand(program: Command, terminal: Terminal): void {
  program
    .command('copy')
    .summary('copy a whole log into another store, and verify it')
    .description('Copies a whole log into another store, byte by byte, and verifies it.')
    .requiredOption('--from <place>', 'a data directory, a backup of its log file, or the address of a server or cluster')
    .requiredOption('--to <place>', 'a data directory, created if it is missing, or the address of a cluster')
    .option('--from-prefix <text>', 'prefix of the stream names in the cluster (default: LEDGER_STREAM_PREFIX)')
    .option('--to-prefix <text>', 'the same for --to')
    .option('--work-dir <folder>', 'folder for the copy of a cluster\'s log, kept for the next run (default: a temporary folder)')
    .option('--json', 'the result as JSON')
    .addHelpText('after', explanation)
    .action(async (request: CopyRequest) => {
      // Loaded only when needed, like all that opens stores.
      const { copyLog } = await import('../moving/copy-log.js');
      await copyLog(request, terminal);
    });
}
