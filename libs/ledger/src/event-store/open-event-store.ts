import { EmbeddedEventStore, type EmbeddedStoreOptions } from './embedded/embedded-event-store.js';

/**
 * Opens the event log that a configuration names.
 * @throws DataDirLocked, LogUnreadable: what is wrong with the data directory and what to do
 */
export function openEventStore(options: EmbeddedStoreOptions): Promise<EmbeddedEventStore> {
  return EmbeddedEventStore.open(options);
}
