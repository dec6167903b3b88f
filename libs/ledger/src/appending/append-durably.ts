import { OutcomeUnknown, StoreUnavailable, type AppendResult, type EventStore } from '../event-store/event-store.js';
import type { NewEvent, Position, Revision } from '../events/stored-event.js';

const retryMsMin = 10;
const retryMsMax = 1000;

/**
 * Appends until the outcome is known: after an unknown one the same events are sent again, with the same ids, at the
 * same revision, and a conflict then means success if they are what stands there.
 * @param onDurable as of `EventStore.append`: told once, however often they are sent
 */
export async function appendDurably(
  store: EventStore,
  stream: string,
  expected: Revision,
  events: readonly NewEvent[],
  onDurable?: () => void,
): Promise<AppendResult> {
  let unknown = false;
  let isDurable = false;
  const durable = (): void => {
    if (!isDurable) onDurable?.();
    isDurable = true;
  };
  for (let waitMs = retryMsMin; ; waitMs = Math.min(waitMs * 2, retryMsMax)) {
    try {
      const result = await store.append(stream, expected, events, durable);
      if (result.appended || !unknown) return result;
      const positions = await positionsOf(store, stream, expected, events);
      return positions ? { appended: true, positions } : result;
    } catch (error) {
      // Once an outcome is unknown, a store that cannot serve says nothing about the write before: only asking again does.
      const retries = error instanceof OutcomeUnknown || (unknown && error instanceof StoreUnavailable && error.code !== 'store-closed');
      if (!retries) throw error;
      unknown = true;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/** Where these events stand behind `expected`; undefined if something else stands there. */
async function positionsOf(
  store: EventStore,
  stream: string,
  expected: Revision,
  events: readonly NewEvent[],
): Promise<readonly Position[] | undefined> {
  const stored = await store.readStream(stream, { from: expected + 1, limit: events.length });
  const same = stored.length === events.length && stored.every((event, index) => event.id === events[index]?.id);
  return same ? stored.map(({ position }) => position) : undefined;
}
