import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../apps/cli/src/run-cli.js';
import type { Terminal } from '../../apps/cli/src/terminal.js';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `quota` in this process, as somebody who is no terminal. */
export async function quota(...args: readonly string[]): Promise<CliResult> {
  let out = '';
  let err = '';
  const writer = { flushed: () => Promise.resolve(), isTerminal: false, hasColors: false };
  const terminal: Terminal = {
    out: { ...writer, write: (text) => void (out += text) },
    err: { ...writer, write: (text) => void (err += text) },
  };
  const code = await runCli(args, terminal);
  return { code, out, err };
}

/** What a process runs as `quota`. */
export const cliMain = fileURLToPath(new URL('../../apps/cli/src/main.js', import.meta.url));

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A file descriptor in place of the pipe whose text is answered. */
  readonly out?: number;
  readonly err?: number;
}

/** `quota` as people run it: a process of its own. */
export async function quotaProcess(args: readonly string[], { env = {}, out: outTo, err: errTo }: ProcessOptions = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [cliMain, ...args], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', outTo ?? 'pipe', errTo ?? 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

/** A folder that is gone after the test. */
export async function withFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'quota-cli-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
