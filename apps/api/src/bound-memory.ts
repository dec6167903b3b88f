import { setFlagsFromString } from 'node:v8';

/** MiB for new objects, of each thread. */
const threadSemiSpace = 8;
/** On a cluster further threads connect to it and copy its log. */
const threadSemiSpaceOnCluster = 4;
/** How much the old objects may grow by until they are looked through again, in per cent. V8's own choice is up to 300. */
const growthOnCluster = 30;

/**
 * Bounds the space for new objects of all threads that are started from now on. `--max-semi-space-size`, with which the
 * process is started for the sake of its main thread, would hold for each of them, whatever its `resourceLimits` are: on a
 * cluster that was 100 MB of garbage. An instance on a cluster waits for its servers more than for its own processor, so its
 * garbage is collected earlier, too.
 */
export function boundMemory(isOnCluster: boolean): void {
  setFlagsFromString(`--max-semi-space-size=${isOnCluster ? threadSemiSpaceOnCluster : threadSemiSpace}`);
  if (isOnCluster) setFlagsFromString(`--heap-growing-percent=${growthOnCluster}`);
}
