import { StoreUnavailable } from './event-store.js';
import type { StoredEvent } from '../events/stored-event.js';
import type { StreamEnd } from '../events/seal.js';

/**
 * @param prev what the event names as the hash of its predecessor
 * @param end where the stream ended before it
 * @throws StoreUnavailable if the event was not written behind that end: nothing may be decided on such a history
 */
export function assertFollows({ stream, revision }: Pick<StoredEvent, 'stream' | 'revision'>, prev: string, end: StreamEnd): void {
  if (revision === end.revision + 1 && prev === end.digest) return;
  const problem = `${stream}@${revision} does not continue ${stream}@${end.revision}: it names another hash as that of its predecessor`;
  throw new StoreUnavailable(`The log is damaged: ${problem}. Check the log with \`quota replay\`, and restore a backup.`);
}
