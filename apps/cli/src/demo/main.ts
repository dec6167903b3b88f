import 'reflect-metadata';
import { demoHelp, DemoOptionInvalid, readDemoOptions, type DemoOptions } from './demo-options.js';
import { startDemo } from './run-demo.js';

/** As those of the server: 64 an option, 69 the port, 70 the ledger cannot go on. */
const exits = { option: 64, port: 69, fatal: 70 } as const;

const options = optionsGiven();
const onFatal = (error: Error): never => fail(`The demo cannot go on: ${error.message}`, exits.fatal);
say(`Writing 18 months of invented history (seed ${options.seed}) ...`);
// Who reads the address may go away before the demo does.
process.stdout.on('error', () => undefined);
const giveUp = new AbortController();
const startedAt = performance.now();
const starting = startDemo(options, Date.now(), { onFatal, explain: say, signal: giveUp.signal });
let isStopping = false;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());

try {
  const { url, events, endMs } = await starting;
  say(`${events} events in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  const from = new Date(endMs).toISOString().slice(0, 10);
  process.stdout.write(
    `Quota Ledger demo: ${url}\nSimulated time runs ${options.speed} times as fast as usual, from ${from} on. Shipments are invented. Ctrl-C ends the demo and removes its data.\n`,
  );
} catch (error) {
  if (!isStopping) failAtStart(error);
}

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  giveUp.abort();
  const demo = await starting.catch(() => undefined);
  await demo?.close();
  process.exit(0);
}

function optionsGiven(): DemoOptions {
  try {
    const given = readDemoOptions(process.argv.slice(2));
    if (given !== 'help') return given;
    process.stdout.write(demoHelp);
    process.exit(0);
  } catch (error) {
    if (error instanceof DemoOptionInvalid) fail(error.message, exits.option);
    throw error;
  }
}

function failAtStart(error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') fail(`Port ${options.port} is in use: stop what uses it, or choose another one with --port.`, exits.port);
  if (code === 'EACCES') fail(`Port ${options.port} must not be used by this user: choose one above 1023 with --port.`, exits.port);
  fail(`The demo could not be started: ${message}`, exits.fatal);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function fail(text: string, code: number): never {
  say(text);
  process.exit(code);
}
