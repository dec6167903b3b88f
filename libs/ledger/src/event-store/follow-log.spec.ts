import type { LogRange } from './event-store.js';
import type { StoredEvent } from '../events/stored-event.js';
import { followLog } from './follow-log.js';

/** A log without an end, that counts how often it was read. */
function endlessLog(): { reads: number; readAll(range: LogRange): Promise<StoredEvent[]>; grown(): Promise<void> } {
  return {
    reads: 0,
    async readAll({ after, limit }) {
      this.reads += 1;
      return Array.from({ length: limit }, (_, index) => {
        const position = after + 1 + index;
        return { id: '', type: '', json: '', stream: 'a', revision: position - 1, position };
      });
    },
    grown: () => Promise.resolve(),
  };
}

describe('following a log', () => {
  it('reads a batch only when it is asked for one', async () => {
    const log = endlessLog();
    const follower = followLog(log, 0, new AbortController().signal);
    await follower.next();
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(log.reads).toBe(1);
    await follower.next();
    expect(log.reads).toBe(2);
  });

  it('gives up the batch that was being read when it is told to end', async () => {
    const stop = new AbortController();
    const follower = followLog(endlessLog(), 0, stop.signal);
    const next = follower.next();
    stop.abort();

    expect(await next).toEqual({ done: true, value: undefined });
  });
});
