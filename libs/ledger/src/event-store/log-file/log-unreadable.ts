import { basename } from 'node:path';
import type { Position } from '../../events/stored-event.js';

/** The log cannot be used as it is. The message names the file and what to do; nothing was written. */
export class LogUnreadable extends Error {
  override readonly name = 'LogUnreadable';

  constructor(
    readonly path: string,
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(`${path}: ${problem}`, options);
  }
}

/** The log lacks events that something beside it knows, or has others in their place. */
export class EventsMissing extends LogUnreadable {
  /** @param first position of the first one */
  constructor(
    path: string,
    problem: string,
    readonly first: Position,
  ) {
    super(path, problem);
  }
}

/** How to go on without what is missing. */
export function acceptAdvice(first: Position): string {
  return `To go on without them, keep a copy of the data directory and start once with \`quota serve --accept-loss ${first}\`: they are gone from the ledger then, and it records that.`;
}

/** As `acceptAdvice`, where each instance of a cluster knows what is missing. */
export function acceptAdviceOfCluster(first: Position): string {
  return (
    `To go on with what it has, stop all instances and start each once with \`quota serve --accept-loss\` and the position that it names, here ${first}: ` +
    'what is missing is gone from the ledger then, and it records that.'
  );
}

/**
 * How to go on with a backup. A -wal that stays behind belongs to the file that was there: SQLite would read it into
 * the backup.
 */
export function restoreAdvice(file: string): string {
  const name = basename(file);
  const away = `move ${name}, ${name}-wal and ${name}-shm (those that are there) away together, for they belong to each other`;
  const back = `put the backup alone, as log/${name}, into an empty data directory, or fill that with \`quota load\` or \`quota copy\``;
  return `Nothing was written. To restore a backup, ${away}; then ${back}.`;
}
