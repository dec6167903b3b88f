/**
 * What SQLite says went wrong, such as `SQLITE_FULL`; empty for any other error. Not by class: the driver makes all its
 * errors of the class that was loaded first in the process, which need not be the importer's.
 */
export function sqliteCode(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}
