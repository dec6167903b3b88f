import { EventStoreMisconfigured } from '#ledger';
import { Unreachable, UsageError } from '../exit-code.js';
import { styled, type Terminal } from '../terminal.js';
import { UnsoundEvent } from './log-account.js';
import type { LogSource } from './log-source.js';
import { moveLog, type LogTarget, type Moved } from './move-log.js';
import { startMovingProgress, type MovingProgress } from './moving-progress.js';

/** Moves a log and shows on stderr how far it is. @param what with a capital: `Copying` */
export async function moveWithProgress(what: string, source: LogSource, target: LogTarget, terminal: Terminal): Promise<Moved> {
  let progress: MovingProgress = startMovingProgress(terminal, what, source.head);
  let moved = 0;
  let isVerifying = false;
  try {
    return await moveLog(source, target, {
      onMoved: (position, events) => {
        moved = events;
        progress.update(position, events);
      },
      onVerified: (events) => {
        if (!isVerifying) {
          isVerifying = true;
          progress.stop();
          progress = startMovingProgress(terminal, 'Verifying', moved);
        }
        progress.update(events, events);
      },
    });
  } finally {
    progress.stop();
  }
}

/** What was moved, for people or as JSON. */
export function renderMoved(source: LogSource, target: LogTarget, moved: Moved, isJson: boolean, colors: boolean): string {
  const { events, streams, sha256, written } = moved;
  if (isJson) return `${JSON.stringify({ from: source.name, to: target.name, events, streams, written, sha256 })}\n`;
  const before = written === events ? '' : `, ${number(events - written)} were there before`;
  return (
    `${styled('Verified:', 'green', colors)} ${target.name} holds the same ${number(events)} events of ${number(streams)} streams ` +
    `as ${source.name}, in the same order: ${number(written)} were written${before}.\n` +
    `SHA-256 of their ids: ${sha256}\n`
  );
}

export function number(count: number): string {
  return count.toLocaleString('en-US');
}

/** With an exit code: an unsound log is a damaged ledger, or an input file that cannot be used. */
export function asFault(error: unknown, kind: 'damaged' | 'input'): unknown {
  if (error instanceof EventStoreMisconfigured) return new UsageError(error.message);
  if (!(error instanceof UnsoundEvent)) return error;
  return kind === 'damaged' ? new Unreachable(error.message) : new UsageError(error.message);
}
