import { startProgress, type Progress, type Terminal } from '../terminal.js';

const lineEveryMs = 10_000;

/** Shows how far a long job is: a bar where a person looks on, else a line on stderr every ten seconds. */
export interface MovingProgress {
  /** @param done of the total of the bar; `events` is what a line says */
  update(done: number, events: number): void;
  stop(): void;
}

/**
 * @param what with a capital: `Copying`
 * @param total of the bar; undefined where nobody knows it, and lines are written to a person as well
 */
export function startMovingProgress(terminal: Terminal, what: string, total: number | undefined): MovingProgress {
  const bar: Progress | undefined = terminal.err.isTerminal && total !== undefined ? startProgress(terminal, what, total) : undefined;
  let nextLineAt = performance.now() + lineEveryMs;
  return {
    update: (done, events) => {
      if (bar !== undefined) return bar.update(done);
      if (performance.now() < nextLineAt) return;
      nextLineAt += lineEveryMs;
      const of = total === undefined ? '' : ` (${Math.floor((100 * done) / Math.max(1, total))} %)`;
      terminal.err.write(`${what}: ${events.toLocaleString('en-US')} events${of}\n`);
    },
    stop: () => bar?.stop(),
  };
}
