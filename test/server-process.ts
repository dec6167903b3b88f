import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../', import.meta.url));

/** As `npm start` has it: with room for what lives as long as a request, the garbage collector costs half as much. */
const flags = ['--max-semi-space-size=32'];

/** A server in a process of its own. */
export interface Server {
  readonly port: number;
  /** From process start to the first 200 of `readyPath`. */
  readonly startedInMs: number;
  /** Resident memory in bytes. */
  rssBytes(): Promise<number>;
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Starts the ledger on a data directory, with a port of its own unless the settings name one. */
export function startLedger(dataDir: string, settings: Readonly<Record<string, string>> = {}, build = dist): Promise<Server> {
  const env = { LEDGER_DATA_DIR: dataDir, LEDGER_LOG_LEVEL: 'error', ...settings };
  return start(`${build}apps/api/src/main.js`, env, '/readyz');
}

/** Starts the app that the ledger is measured against. */
export function startBaseline(): Promise<Server> {
  return start(`${dist}test/bench/baseline-app.js`, {}, null);
}

async function start(entry: string, env: Readonly<Record<string, string>>, readyPath: string | null): Promise<Server> {
  const port = Number(env['PORT'] ?? (await freePort()));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...flags, entry], {
    env: { ...process.env, PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  if (readyPath === null) await new Promise((resolve) => child.stdout.once('data', resolve));
  else await untilReady(`http://127.0.0.1:${port}${readyPath}`, child);
  child.stdout.resume();
  return {
    port,
    startedInMs: performance.now() - startedAt,
    rssBytes: () => rssOf(child.pid as number),
    stop: async (signal) => {
      child.kill(signal);
      return await exit;
    },
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode} before it was ready.`);
    const ready = await fetch(url).then((response) => response.ok, () => false);
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function rssOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) * 1024;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
