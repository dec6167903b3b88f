import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataDirLocked, LogUnreadable, openEventStore } from '#ledger';
import { knownByViews } from '#projections';
import { Unreachable, UsageError } from '../exit-code.js';
import type { ClusterAccess } from './cluster-access.js';
import type { LogTarget } from './move-log.js';
import { openCluster } from './open-cluster.js';
import type { Place } from './place.js';

export interface OpenTarget extends LogTarget {
  close(): Promise<void>;
}

/**
 * Opens the store that a log is to be moved into: a data directory, created if it is missing, under its lock; or a
 * cluster.
 * @throws Unreachable if somebody works on it or it is damaged; UsageError for what no log can be moved into
 */
export async function openTarget(place: Place, access: ClusterAccess): Promise<OpenTarget> {
  switch (place.kind) {
    case 'path':
      return openDataDir(place.path);
    case 'server':
      throw new UsageError('--to is a running server, which cannot be a target. Stop it and name its data directory.');
    case 'cluster':
      return openCluster({ ...place, ...access });
  }
}

async function openDataDir(dataDir: string): Promise<OpenTarget> {
  if (statSync(dataDir, { throwIfNoEntry: false })?.isFile() === true) {
    throw new UsageError(`${dataDir} is a file. Name a data directory: it is created if it is missing.`);
  }
  if (existsSync(join(dataDir, 'replica'))) {
    throw new UsageError(`${dataDir} belongs to a server whose log is in a cluster. Name the cluster, or another folder.`);
  }
  try {
    const store = await openEventStore({ dataDir, known: knownByViews(dataDir) });
    return { name: `the data directory ${dataDir}`, store, close: () => store.close() };
  } catch (error) {
    if (error instanceof DataDirLocked || error instanceof LogUnreadable) throw new Unreachable(error.message);
    throw error;
  }
}
