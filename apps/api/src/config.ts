import { instantMs } from '#rulebook';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Every setting, read once. */
export interface Config {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The embedded log; with `eventStoreUrl` the instance's copy of the log. In both cases the views. */
  readonly dataDir: string;
  /** `esdb://...`, with credentials: never to be shown as it is. Undefined: the embedded store. */
  readonly eventStoreUrl: string | undefined;
  /** What the names of this ledger's streams begin with in EventStoreDB, so that several ledgers can share a cluster. */
  readonly streamPrefix: string;
  /** Path of a rulebook file; undefined: the built-in one. */
  readonly rulebookFile: string | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logLevel: (typeof logLevels)[number];
  /** Commands that may wait on one quota line. */
  readonly queueMax: number;
  /** Clients that may listen to the stream at once. */
  readonly streamClientsMax: number;
  /** Events that the views may be behind while the ledger still calls itself ready. */
  readonly readyLagMax: number;
  /** Milliseconds that the simulation of a draft rulebook may take. */
  readonly simulationMaxMs: number;
  /** Settings that are set but take effect with a later version. */
  readonly reserved: readonly string[];
  /** Position of the first event that the log may lack: for one start. */
  readonly acceptLoss: number | undefined;
  /** Null unless `npm run demo` started the server: no setting makes a ledger a demo. */
  readonly demo: Demo | null;
}

/** A ledger of invented shipments on simulated time. */
export interface Demo {
  /** Simulated seconds that pass in a second. */
  readonly speed: number;
  /** What the stream of shipments follows from. */
  readonly seed: number;
}

/** A setting that cannot be used: stops the start. */
export class ConfigInvalid extends Error {
  override readonly name = 'ConfigInvalid';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Every name with LEDGER_ that there is. */
export const ledgerNames: ReadonlySet<string> = new Set([
  'LEDGER_DATA_DIR',
  'LEDGER_RULEBOOK',
  'LEDGER_CLOCK',
  'LEDGER_LOG_LEVEL',
  'LEDGER_QUEUE_MAX',
  'LEDGER_STREAM_CLIENTS_MAX',
  'LEDGER_READY_LAG_MAX',
  'LEDGER_EVENTSTORE_URL',
  'LEDGER_STREAM_PREFIX',
  'LEDGER_SIMULATION_SECONDS',
  'LEDGER_ACCEPT_LOSS',
  'LEDGER_PUBLIC_READS',
  'LEDGER_ADMIN_KEY',
]);

/** @throws ConfigInvalid that names the setting and says what it must be. */
export function readConfig(environment: Environment): Config {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('LEDGER_') && !ledgerNames.has(name)) {
      throw new ConfigInvalid(`Unknown setting ${name}. Known are ${[...ledgerNames].join(', ')}.`);
    }
  }
  const publicReads = environment['LEDGER_PUBLIC_READS'];
  if (publicReads !== undefined && publicReads !== 'true' && publicReads !== 'false') {
    throw new ConfigInvalid(`LEDGER_PUBLIC_READS must be true or false, not ${JSON.stringify(publicReads)}.`);
  }
  const text = (name: string, otherwise: string): string => {
    const value = environment[name] ?? otherwise;
    if (value.trim() === '') throw new ConfigInvalid(`${name} is set but empty: give it a value or unset it.`);
    return value;
  };
  const count = (name: string, otherwise: number, min: number, max: number): number => {
    const value = text(name, String(otherwise));
    if (!/^\d{1,9}$/.test(value) || Number(value) < min || Number(value) > max) {
      throw new ConfigInvalid(`${name} must be a whole number from ${min} to ${max}, not ${JSON.stringify(value)}.`);
    }
    return Number(value);
  };
  const level = text('LEDGER_LOG_LEVEL', 'info');
  const logLevel = logLevels.find((known) => known === level);
  if (logLevel === undefined)
    throw new ConfigInvalid(`LEDGER_LOG_LEVEL must be one of ${logLevels.join(', ')}, not ${JSON.stringify(level)}.`);
  return {
    host: text('HOST', '127.0.0.1'),
    port: count('PORT', 3000, 0, 65_535),
    dataDir: text('LEDGER_DATA_DIR', './data'),
    eventStoreUrl: eventStoreUrlIn(environment),
    streamPrefix: readStreamPrefix(environment),
    rulebookFile: environment['LEDGER_RULEBOOK'] === undefined ? undefined : text('LEDGER_RULEBOOK', ''),
    clock: readClock(environment['LEDGER_CLOCK']),
    logLevel,
    queueMax: count('LEDGER_QUEUE_MAX', 20_000, 1, 1_000_000),
    streamClientsMax: count('LEDGER_STREAM_CLIENTS_MAX', 1000, 0, 100_000),
    readyLagMax: count('LEDGER_READY_LAG_MAX', 100_000, 0, 100_000_000),
    simulationMaxMs: count('LEDGER_SIMULATION_SECONDS', 120, 1, 3_600) * 1000,
    acceptLoss: readPosition(environment['LEDGER_ACCEPT_LOSS']),
    demo: null,
    reserved: ['LEDGER_PUBLIC_READS', 'LEDGER_ADMIN_KEY'].filter((name) => environment[name] !== undefined),
  };
}

function readPosition(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new ConfigInvalid(`LEDGER_ACCEPT_LOSS must be the position that a start named as the first that is missing, not ${JSON.stringify(text)}.`);
}

/** A node of EventStoreDB takes every EVENTSTORE_ variable for an option of its own, and ends with one that it does not know. */
const formerUrlName = 'EVENTSTORE_URL';

/**
 * `LEDGER_EVENTSTORE_URL`, or the same under its former name.
 * @throws ConfigInvalid if it is empty, or if both names are set and differ
 */
export function eventStoreUrlIn(environment: Environment): string | undefined {
  const [url, former] = [environment['LEDGER_EVENTSTORE_URL'], environment[formerUrlName]];
  if (url !== undefined && former !== undefined && url !== former) {
    throw new ConfigInvalid(`LEDGER_EVENTSTORE_URL and its former name ${formerUrlName} are both set, and differ: unset ${formerUrlName}.`);
  }
  const set = url ?? former;
  if (set?.trim() === '') throw new ConfigInvalid('LEDGER_EVENTSTORE_URL is set but empty: give it a value or unset it.');
  return set;
}

function readStreamPrefix(environment: Environment): string {
  const prefix = environment['LEDGER_STREAM_PREFIX'];
  if (prefix === undefined) return '';
  if (eventStoreUrlIn(environment) === undefined) {
    throw new ConfigInvalid('LEDGER_STREAM_PREFIX is for EventStoreDB: it needs LEDGER_EVENTSTORE_URL.');
  }
  if (/^[A-Za-z0-9][A-Za-z0-9._:-]{0,59}$/.test(prefix)) return prefix;
  throw new ConfigInvalid(
    'LEDGER_STREAM_PREFIX must be 1 to 60 letters, digits, dots, underscores, colons or hyphens that begin with a ' +
      `letter or digit, not ${JSON.stringify(prefix)}.`,
  );
}

/** `offset:` and an ISO 8601 duration: the system's clock, shifted; else a fixed RFC 3339 time. */
function readClock(text: string | undefined): () => number {
  if (text === undefined) return () => Date.now();
  if (text.startsWith('offset:')) {
    const offsetMs = durationMs(text.slice('offset:'.length));
    if (offsetMs !== undefined) return () => Date.now() + offsetMs;
  } else {
    const fixed = instantMs(text);
    if (fixed !== undefined) return () => fixed;
  }
  throw new ConfigInvalid(
    'LEDGER_CLOCK must be a time as 2026-01-31T12:00:00Z, or offset: with a duration in weeks, days, hours, minutes ' +
      'or seconds ' +
      `as offset:P30D or offset:-PT5M, not ${JSON.stringify(text)}.`,
  );
}

const amounts = {
  days: /(?:(\d{1,5})W)?(?:(\d{1,6})D)?/,
  time: /(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,10}(?:\.\d{1,3})?)S)?/,
};
const durationForm = new RegExp(`^([+-])?P(?=[\\dT])${amounts.days.source}(?:T(?=\\d)${amounts.time.source})?$`);

/** Years and months have no fixed length and are not taken. */
function durationMs(text: string): number | undefined {
  const match = durationForm.exec(text);
  if (match === null) return undefined;
  const [, sign, weeks, days, hours, minutes, seconds] = match;
  const inSeconds =
    (((Number(weeks ?? 0) * 7 + Number(days ?? 0)) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * 60 +
    Number(seconds ?? 0);
  return (sign === '-' ? -1 : 1) * inSeconds * 1000;
}
