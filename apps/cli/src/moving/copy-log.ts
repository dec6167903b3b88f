import { realpathSync } from 'node:fs';
import { UsageError } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import { asFault, moveWithProgress, renderMoved } from './move-with-progress.js';
import { openSource } from './open-source.js';
import { openTarget } from './open-target.js';

export interface CopyRequest {
  readonly from: string;
  readonly to: string;
  readonly isJson: boolean;
}

/** What `quota copy` does. @throws what `moveLog` throws, as faults that have an exit code */
export async function copyLog({ from, to, isJson }: CopyRequest, terminal: Terminal): Promise<void> {
  if (placeOf(from) === placeOf(to)) throw new UsageError('--from and --to are the same.');
  const source = await openSource(from);
  try {
    const target = await openTarget(to);
    try {
      const moved = await moveWithProgress('Copying', source, target, terminal);
      terminal.out.write(renderMoved(source, target, moved, isJson, terminal.out.hasColors));
    } finally {
      await target.close();
    }
  } catch (error) {
    throw asFault(error, 'damaged');
  } finally {
    await source.close();
  }
}

function placeOf(where: string): string {
  try {
    return realpathSync(where);
  } catch {
    return where;
  }
}
