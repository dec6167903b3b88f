import { Command, CommanderError } from 'commander';
import { createRequire } from 'node:module';
import { alertsCommand } from './commands/alerts.js';
import { classifyCommand } from './commands/classify.js';
import { copyCommand } from './commands/copy.js';
import { countriesCommand } from './commands/countries.js';
import { countryCommand } from './commands/country.js';
import { forecastCommand } from './commands/forecast.js';
import { eventsCommand } from './commands/events.js';
import { exportCommand } from './commands/export.js';
import { exportsCommand } from './commands/exports.js';
import { filingCommand } from './commands/filing.js';
import { importCommand } from './commands/import.js';
import { loadCommand } from './commands/load.js';
import { obligationsCommand } from './commands/obligations.js';
import { releaseCommand } from './commands/release.js';
import { replayCommand } from './commands/replay.js';
import { reportCommand } from './commands/report.js';
import { reservationsCommand } from './commands/reservations.js';
import { reserveCommand } from './commands/reserve.js';
import { reverseCommand } from './commands/reverse.js';
import { rulebookCommand } from './commands/rulebook.js';
import { serveCommand } from './commands/serve.js';
import { shipCommand } from './commands/ship.js';
import { simulateCommand } from './commands/simulate.js';
import { weightsCommand } from './commands/weights.js';
import { exitCode, exitCodeOf } from './exit-code.js';
import { refuseRepeatedOptions } from './option-values.js';
import { styled, type Terminal } from './terminal.js';

const explanation = `
Commands send requests to a running server (--url, by default http://127.0.0.1:3000) or open a data directory (--data-dir).
classify, weights and rulebook (except rulebook adopt) need neither. copy, export and load move whole logs. Results are written
to stdout, everything else to stderr. NO_COLOR turns colours off.

Exit codes: 0 done, 1 difference or error found, 2 wrong arguments or input file, or output that cannot be written,
3 ledger cannot be reached or opened, 4 refused by the ledger, 5 refused by the rules, 70 fault in quota itself.

First steps:
  quota serve
  quota import docs/examples/shipments.csv
  quota countries`;

/** Runs one command line (without node and script). @returns the exit code */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command('quota')
    .description('An event-sourced ledger of AI-chip export quotas.')
    .version(version(), '-V, --version')
    .addHelpText('after', explanation)
    .showHelpAfterError('(quota --help lists commands, quota <command> --help explains one)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(text),
      outputError: (text, write) => write(`${prefixOf(terminal)} ${text.replace(/^error: /, '')}`),
    });
  addCommands(program, terminal);
  refuseRepeatedOptions(program);
  const fault = await faultOf(program.parseAsync([...args], { from: 'user' }));
  const lost = await faultOf(terminal.out.flushed());
  // A result that is lost is told instead of what it said; a reader that has enough is not.
  const code = report(lost !== undefined && exitCodeOf(lost) !== exitCode.ok ? lost : fault, terminal);
  return code === exitCode.ok ? exitCodeOf(await faultOf(terminal.err.flushed())) : code;
}

function addCommands(program: Command, terminal: Terminal): void {
  const groups: readonly (readonly [title: string, ...commands: readonly ((program: Command, terminal: Terminal) => void)[]])[] = [
    ['Decide:', reserveCommand, shipCommand, releaseCommand, filingCommand, reverseCommand, importCommand],
    ['Look:', countriesCommand, countryCommand, forecastCommand, reservationsCommand, exportsCommand, alertsCommand, obligationsCommand, reportCommand, eventsCommand],
    ['Run and verify:', serveCommand, replayCommand, copyCommand, exportCommand, loadCommand],
    ['Read the rules:', classifyCommand, weightsCommand, rulebookCommand, simulateCommand],
  ];
  for (const [title, ...commands] of groups) {
    program.commandsGroup(title);
    for (const add of commands) add(program, terminal);
  }
}

async function faultOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Writes the message of a fault. @returns its exit code */
function report(fault: unknown, terminal: Terminal): number {
  // Commander has written its own words.
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? exitCode.ok : exitCode.usage;
  const code = exitCodeOf(fault);
  if (code === exitCode.ok) return code;
  const words = code === exitCode.internal && fault instanceof Error ? (fault.stack ?? fault.message) : messageOf(fault);
  terminal.err.write(`${prefixOf(terminal)} ${words}\n`);
  return code;
}

/** What every message about a fault begins with. */
function prefixOf({ err }: Terminal): string {
  return styled('quota:', 'red', err.hasColors);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function version(): string {
  const require = createRequire(import.meta.url);
  return (require('../../../../package.json') as { readonly version: string }).version;
}
