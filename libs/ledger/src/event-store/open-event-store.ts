import { EmbeddedEventStore, type EmbeddedStoreOptions } from './embedded/embedded-event-store.js';
import { EventStoreDbEventStore, type EventStoreDbOptions } from './eventstoredb/eventstoredb-event-store.js';

/** A connection string of EventStoreDB makes it a cluster; without one the log is embedded in the data directory. */
export interface EventStoreChoice extends EmbeddedStoreOptions, Omit<EventStoreDbOptions, 'url' | 'onFatal'> {
  readonly url?: string | undefined;
}

/**
 * Opens the event log that a configuration names.
 * @throws DataDirLocked, LogUnreadable: what is wrong with the data directory and what to do
 * @throws EventStoreMisconfigured: what a person has to mend before the cluster can be used
 */
export function openEventStore({ url, ...options }: EventStoreChoice): Promise<EmbeddedEventStore | EventStoreDbEventStore> {
  return url === undefined ? EmbeddedEventStore.open(options) : EventStoreDbEventStore.open({ url, ...options });
}
