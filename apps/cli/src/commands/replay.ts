import type { Command } from 'commander';
import type { ReplayResult } from '#audit';
import { withAccess, withLedger, type AccessOptions } from '../access/access-options.js';
import { MismatchFound } from '../exit-code.js';
import { replayLedger } from '../replay/replay-ledger.js';
import { clusterOfSettings } from '../settings.js';
import { renderTable } from '../table.js';
import { startProgress, styled, type Terminal } from '../terminal.js';

interface Options extends AccessOptions {
  readonly json?: true;
}

const explanation = `
Reads every event and checks that positions grow, revisions are dense, ids and hashes match, and the amounts of each line are the
sum of its events. Then compares the lines with the live views at the same position. Of a data directory these are the views that
were stored last. The directory may be read-only: nothing in it changes.
Exit code 0: everything agrees. 1: something differs; every difference is printed.

Examples:
  quota replay
  quota replay --url https://ledger.example --json
  quota replay --data-dir ./data`;

export function replayCommand(program: Command, terminal: Terminal): void {
  withAccess(program.command('replay').summary('check the whole log, and compare it with the views'))
    .description('Checks the whole log and compares the lines that follow from it with the live views.')
    .option('--json', 'the result as JSON')
    .addHelpText('after', explanation)
    .action(async ({ json, ...access }: Options) => {
      const result = await replayed(access, terminal);
      terminal.out.write(json ? `${JSON.stringify(result)}\n` : `${renderReplay(result, terminal.out.hasColors)}\n`);
      if (result.differences.length > 0) throw new MismatchFound(`${result.differences.length} differences between the log and the views.`);
    });
}

async function replayed(access: AccessOptions, terminal: Terminal): Promise<ReplayResult & { readonly where: string }> {
  if (access.dataDir !== undefined && clusterOfSettings() === undefined) {
    const { replayAtRest } = await import('../replay/replay-at-rest.js');
    return { where: `the data directory ${access.dataDir}`, ...(await replayAtRest(access.dataDir, (head) => startProgress(terminal, 'Replaying', head))) };
  }
  return withLedger(access, async (ledger) => {
    const { position } = await ledger.countries();
    const progress = startProgress(terminal, 'Replaying', Number(position));
    try {
      return { where: ledger.where, ...(await replayLedger(ledger, (reached) => progress.update(reached))) };
    } finally {
      progress.stop();
    }
  });
}

function renderReplay({ where, position, events, streams, lines, differences, notCompared }: ReplayResult & { readonly where: string }, colors: boolean): string {
  const counts = `${events} events of ${streams} streams of ${where} up to position ${position}`;
  if (differences.length === 0 && notCompared !== null) {
    return `${styled('The log agrees.', 'green', colors)} Replayed ${counts}, of ${lines} quota lines; ${notCompared}.`;
  }
  if (differences.length === 0) {
    return `${styled('Everything agrees.', 'green', colors)} Replayed ${counts}; the views of ${lines} quota lines equal their replay.`;
  }
  const columns = ['Where', 'What', 'By the log', 'Found'].map((title) => ({ title, align: 'left' as const }));
  const rows = differences.map(({ where, what, expected, found }) => [where, what, expected, found]);
  return `${renderTable(columns, rows)}\n${styled('Differences found.', 'red', colors)} Replayed ${counts}.`;
}
