import type { LogRange } from './event-store.js';
import type { Position, StoredEvent } from '../events/stored-event.js';

/** Events per batch of a follower: large enough to make a page cheap, small enough to be short. */
const batchEventsMax = 500;

/** What following needs of a log. */
export interface FollowableLog {
  readAll(range: LogRange): Promise<readonly StoredEvent[]>;
  /** Settles when there is something after `after` or when `signal` aborts. */
  grown(after: Position, signal: AbortSignal): Promise<void>;
}

/**
 * Pages through the log and then waits for more, until `signal` aborts. The next batch is read only when it is asked
 * for: a slow consumer holds back nobody and nothing piles up.
 */
export async function* followLog(
  log: FollowableLog,
  after: Position,
  signal: AbortSignal,
): AsyncGenerator<readonly StoredEvent[], void, undefined> {
  let position = after;
  while (!signal.aborted) {
    const batch = await log.readAll({ after: position, limit: batchEventsMax });
    const last = batch.at(-1);
    if (signal.aborted) return;
    if (last === undefined) {
      await log.grown(position, signal);
    } else {
      position = last.position;
      yield batch;
    }
  }
}
