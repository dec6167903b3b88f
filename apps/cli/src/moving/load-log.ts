import type { Terminal } from '../terminal.js';
import { clusterAccess } from './cluster-access.js';
import { linesFile, linesStream } from './lines-source.js';
import type { LogSource } from './log-source.js';
import { checkSource } from './move-log.js';
import { asFault, moveWithProgress, renderMoved } from './move-with-progress.js';
import { startMovingProgress } from './moving-progress.js';
import { openTarget } from './open-target.js';
import { placeOf } from './place.js';

export interface LoadRequest {
  /** `-`: standard input. */
  readonly from: string;
  readonly to: string;
  readonly toPrefix?: string;
  readonly workDir?: string;
  readonly json?: true;
}

/** What `quota load` does. @throws what `moveLog` throws, as faults that have an exit code */
export async function loadLog({ from, to, toPrefix, workDir, json }: LoadRequest, terminal: Terminal): Promise<void> {
  const place = placeOf(to, toPrefix);
  try {
    const source = from === '-' ? linesStream('standard input', process.stdin) : await checkedFile(from, terminal);
    const target = await openTarget(place, clusterAccess(workDir, 'to', terminal));
    try {
      const moved = await moveWithProgress('Loading', source, target, terminal);
      terminal.out.write(renderMoved(source, target, moved, json === true, terminal.out.hasColors));
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
