import { pino, destination } from 'pino';
import { ConfigInvalid, readConfig, type Config } from './config.js';
import { startServer } from './server.js';
import { boundMemory } from './bound-memory.js';

/** Exit codes: 64 a setting, 69 the port, 70 the store cannot go on, 74 the data directory, 75 to be started again. */
const exits = { setting: 64, port: 69, fatal: 70, data: 74, again: 75 } as const;

const config = settings();
boundMemory(config.eventStoreUrl !== undefined);
const log = pino({ level: config.logLevel, base: null }, logFile());
process.stdout.on('error', (error: Error) => log.warn(`Cannot write the address to standard output: ${error.message}. The server goes on.`));
for (const name of config.reserved) log.warn(`${name} is set; it takes effect once this ledger has access control.`);

let stopping = false;
/** A start may wait for a cluster, or build its views, for as long as it takes. */
const starting = new AbortController();
const started = startServer(config, log, {
  signal: starting.signal,
  onFatal: (error) => {
    log.fatal({ err: error }, 'The event store cannot go on: the process ends and must be started again.');
    process.exit(exits.fatal);
  },
  onSuperseded: (reason) => void stop(reason, exits.again),
});
// SIGHUP: the terminal was closed.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(signal, 0));

try {
  const { url, source, rulebook } = await started;
  if (!stopping) {
    const { id, version, hash } = rulebook;
    process.stdout.write(`Quota Ledger serves ${url} from ${source}\nThe rulebook in force is ${id} ${version} (${hash})\n`);
  }
} catch (error) {
  if (!stopping) {
    const code = error instanceof ConfigInvalid ? exits.setting : codeOf(error) === undefined ? exits.data : exits.port;
    fail(messageOf(error), code);
  }
}

async function stop(why: string, code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info(`${why.replace(/\.$/, '')}: answering what is under way, then closing.`);
  starting.abort();
  const server = await started.catch(() => undefined);
  try {
    await server?.close();
    process.exit(code);
  } catch (error) {
    log.fatal({ err: error }, 'The ledger could not be closed in order; nothing that was acknowledged is lost.');
    process.exit(exits.fatal);
  }
}

/** Standard error. A full disk behind it stops no server: lines wait for room, up to a megabyte, and further ones are lost. */
function logFile(): ReturnType<typeof destination> {
  const file = destination({ dest: 2, sync: true, maxLength: 2 ** 20 });
  file.on('error', () => undefined);
  return file;
}

function settings(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    fail(messageOf(error), exits.setting);
  }
}

function fail(message: string, code: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function messageOf(error: unknown): string {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `Port ${config.port} of ${config.host} is in use: stop what uses it, or set PORT to another one.`;
    case 'EACCES':
      return `Port ${config.port} of ${config.host} must not be used by this user: set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST ${config.host} is no address of this machine.`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

/** The code of an error of the socket. */
function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return ['EADDRINUSE', 'EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].find((known) => known === code);
}
