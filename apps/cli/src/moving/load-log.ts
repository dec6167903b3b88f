import type { Terminal } from '../terminal.js';
import { linesFile, linesStream } from './lines-source.js';
import type { LogSource } from './log-source.js';
import { checkSource } from './move-log.js';
import { asFault, moveWithProgress, renderMoved } from './move-with-progress.js';
import { startMovingProgress } from './moving-progress.js';
import { openTarget } from './open-target.js';

export interface LoadRequest {
  /** `-`: standard input. */
  readonly from: string;
  readonly to: string;
  readonly isJson: boolean;
}

/** What `quota load` does. @throws what `moveLog` throws, as faults that have an exit code */
export async function loadLog({ from, to, isJson }: LoadRequest, terminal: Terminal): Promise<void> {
  try {
    const source = from === '-' ? linesStream('standard input', process.stdin) : await checkedFile(from, terminal);
    const target = await openTarget(to);
    try {
      const moved = await moveWithProgress('Loading', source, target, terminal);
      terminal.out.write(renderMoved(source, target, moved, isJson, terminal.out.hasColors));
    } finally {
      await target.close();
    }
  } catch (error) {
    throw asFault(error, 'input');
  }
}

/** Nothing is touched for a file that is not good to its end. */
async function checkedFile(path: string, terminal: Terminal): Promise<LogSource> {
  const source = linesFile(path);
  const progress = startMovingProgress(terminal, 'Checking', undefined);
  try {
    await checkSource(source, (events) => progress.update(events, events));
  } finally {
    progress.stop();
  }
  return source;
}
