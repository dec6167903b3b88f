import { EmbeddedEventStore, type EmbeddedStoreOptions } from './embedded/embedded-event-store.js';
import type { EventStoreDbEventStore, EventStoreDbOptions } from './eventstoredb/eventstoredb-event-store.js';

/** A connection string of EventStoreDB makes it a cluster; without one the log is embedded in the data directory. */
export interface EventStoreChoice extends EmbeddedStoreOptions, Omit<EventStoreDbOptions, 'url' | 'onFatal'> {
  readonly url?: string | undefined;
}

/**
 * Opens the event log that a configuration names.
 * @throws DataDirLocked, LogUnreadable: what is wrong with the data directory and what to do
 * @throws EventStoreMisconfigured: what a person has to mend before the cluster can be used
 */
export async function openEventStore({ url, ...options }: EventStoreChoice): Promise<EmbeddedEventStore | EventStoreDbEventStore> {
  if (url === undefined) return EmbeddedEventStore.open(options);
  // The client takes a fifth of a second to load, which whoever does not use it need not wait for.
  const { EventStoreDbEventStore } = await import('./eventstoredb/eventstoredb-event-store.js');
  return EventStoreDbEventStore.open({ url, ...options });
}
