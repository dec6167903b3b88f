import cliProgress from 'cli-progress';
import { messageWriter, resultWriter, type Writer } from './output.js';

/** Where commands write: results to `out`, everything else to `err`. */
export interface Terminal {
  readonly out: Writer;
  readonly err: Writer;
}

export function processTerminal(): Terminal {
  return { out: resultWriter(process.stdout), err: messageWriter(process.stderr) };
}

/** A bar on stderr, or nothing where nobody would see it. */
export interface Progress {
  update(done: number): void;
  stop(): void;
}

export function startProgress(terminal: Terminal, what: string, total: number): Progress {
  if (!terminal.err.isTerminal) return { update: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar({
    format: `${what} [{bar}] {value}/{total}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    noTTYOutput: false,
  });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green';

const codes: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  yellow: [33, 39],
  green: [32, 39],
};

export function styled(text: string, style: Style, colors: boolean): string {
  const [on, off] = codes[style];
  return colors ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}
