import type { EventStore } from '../event-store/event-store.js';
import type { StoredEvent } from '../events/stored-event.js';
import type { Tail } from './tail.js';

const page = 500;

/**
 * From where a stream is to be read: its newest event that the derived index knows, or its first one. What comes behind it
 * belongs into the tail. Undefined for an empty stream.
 * @returns `isNewest`: nothing comes behind it
 * @throws StoreUnavailable
 */
export async function indexedEnd(
  store: EventStore,
  stream: string,
  tail: Tail,
): Promise<{ readonly event: StoredEvent; readonly isNewest: boolean } | undefined> {
  const [newest] = await store.readStream(stream, { limit: 1, backwards: true });
  let event = newest;
  while (event !== undefined && event.revision > 0 && !tail.isIndexed(event.position)) {
    const before = await store.readStream(stream, { from: event.revision - 1, limit: page, backwards: true });
    event = before.find(({ position }) => tail.isIndexed(position)) ?? before.at(-1) ?? event;
  }
  return event && { event, isNewest: event === newest };
}
