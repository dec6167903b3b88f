import { statSync } from 'node:fs';
import { DataDirLocked, LogUnreadable, openEventStore } from '#ledger';
import { Unreachable, UsageError } from '../exit-code.js';
import type { LogTarget } from './move-log.js';

export interface OpenTarget extends LogTarget {
  close(): Promise<void>;
}

/**
 * Opens the store that a log is to be moved into: a data directory, created if it is missing, under its lock.
 * @throws Unreachable if somebody works on it or it is damaged; UsageError for what no log can be moved into
 */
export async function openTarget(where: string): Promise<OpenTarget> {
  if (/^https?:\/\//i.test(where)) {
    throw new UsageError(`${where} is a server, and nothing is moved into one that runs. Stop it and name its data directory.`);
  }
  if (statSync(where, { throwIfNoEntry: false })?.isFile() === true) {
    throw new UsageError(`${where} is a file. Name a data directory: it is created if it is missing.`);
  }
  try {
    const store = await openEventStore({ dataDir: where });
    return { name: `the data directory ${where}`, store, close: () => store.close() };
  } catch (error) {
    if (error instanceof DataDirLocked || error instanceof LogUnreadable) throw new Unreachable(error.message);
    throw error;
  }
}
