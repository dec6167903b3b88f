import { basename } from 'node:path';

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
