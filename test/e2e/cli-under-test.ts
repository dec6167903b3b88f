import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
  const terminal: Terminal = {
    out: { write: (text) => void (out += text), isTerminal: false, hasColors: false },
    err: { write: (text) => void (err += text), isTerminal: false, hasColors: false },
    drained: () => Promise.resolve(),
  };
  const code = await runCli(args, terminal);
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
