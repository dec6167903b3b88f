import { realpathSync } from 'node:fs';
import { readClusterAddress } from '#ledger';
import { UsageError } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import { clusterAccess } from './cluster-access.js';
import type { LogSource } from './log-source.js';
import { asFault, moveWithProgress, renderMoved } from './move-with-progress.js';
import { openSource } from './open-source.js';
import { openTarget, type OpenTarget } from './open-target.js';
import { placeOf, type Place } from './place.js';

export interface CopyRequest {
  readonly from: string;
  readonly to: string;
  readonly fromPrefix?: string;
  readonly toPrefix?: string;
  readonly workDir?: string;
  readonly json?: true;
}

/** What `quota copy` does. @throws what `moveLog` throws, as faults that have an exit code */
export async function copyLog(request: CopyRequest, terminal: Terminal): Promise<void> {
  const [from, to] = [placeOf(request.from, request.fromPrefix), placeOf(request.to, request.toPrefix)];
  if (identityOf(from) === identityOf(to)) throw new UsageError('--from and --to are the same.');
  let source: LogSource | undefined;
  let target: OpenTarget | undefined;
  try {
    assertApart(from, to);
    source = await openSource(from, clusterAccess(request.workDir, 'from', terminal));
    target = await openTarget(to, clusterAccess(request.workDir, 'to', terminal));
    const moved = await moveWithProgress('Copying', source, target, terminal);
    terminal.out.write(renderMoved(source, target, moved, request.json === true, terminal.out.hasColors));
  } catch (error) {
    throw asFault(error, 'damaged');
  } finally {
    await target?.close();
    await source?.close();
  }
}

/**
 * A ledger whose streams another one takes for its own is stopped by them for good.
 * @throws UsageError; EventStoreMisconfigured for a connection string that cannot be read
 */
function assertApart(from: Place, to: Place): void {
  if (from.kind !== 'cluster' || to.kind !== 'cluster') return;
  const hosts = hostsOf(from.url);
  const isNested = from.prefix.startsWith(to.prefix) || to.prefix.startsWith(from.prefix);
  if (!isNested || !hostsOf(to.url).some((host) => hosts.includes(host))) return;
  const [one, other] = [from.prefix, to.prefix].map((prefix) => JSON.stringify(prefix));
  throw new UsageError(
    `--from and --to are in the same cluster, and of their prefixes ${one} and ${other} one begins with the other: the streams of one ` +
      'would be among those of the other, and stop its servers. Nothing was written. Name a --to-prefix with another beginning; ' +
      'out of a ledger without a prefix, copy to another cluster.',
  );
}

function hostsOf(url: string): readonly string[] {
  return readClusterAddress(url).hosts.map(({ address, port }) => `${address.toLowerCase()}:${port}`);
}

function identityOf(place: Place): string {
  if (place.kind !== 'path') return JSON.stringify(place);
  try {
    return realpathSync(place.path);
  } catch {
    return place.path;
  }
}
