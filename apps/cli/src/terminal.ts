import cliProgress from 'cli-progress';

/** Where commands write: results to `out`, everything else to `err`. */
export interface Terminal {
  readonly out: Writer;
  readonly err: Writer;
  /** Resolves at once unless the reader of `out` is slow. */
  drained(): Promise<void>;
}

interface Writer {
  write(text: string): void;
  /** Whether a person looks at it. */
  readonly isTerminal: boolean;
  readonly hasColors: boolean;
}

export function processTerminal(): Terminal {
  return {
    out: writer(process.stdout),
    err: writer(process.stderr),
    drained: async () => {
      if (process.stdout.writableNeedDrain) await new Promise((resolve) => process.stdout.once('drain', resolve));
    },
  };
}

/** `hasColors` of Node obeys NO_COLOR, FORCE_COLOR and TERM. */
function writer(stream: NodeJS.WriteStream): Writer {
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY,
    hasColors: stream.isTTY && stream.hasColors(),
  };
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
