import { join } from 'node:path';
import type { Terminal } from '../terminal.js';
import type { ClusterOptions } from './open-cluster.js';

/** What a cluster needs besides its address. */
export type ClusterAccess = Pick<ClusterOptions, 'workDir' | 'explain'>;

/** Each side of a move has a folder of its own in the work directory, since both may be clusters. */
export function clusterAccess(workDir: string | undefined, side: 'from' | 'to', terminal: Terminal): ClusterAccess {
  return {
    ...(workDir !== undefined && { workDir: join(workDir, side) }),
    explain: (message) => terminal.err.write(`${message}\n`),
  };
}
