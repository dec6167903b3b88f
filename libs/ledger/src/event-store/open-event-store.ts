import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { EmbeddedEventStore, type EmbeddedStoreOptions } from './embedded/embedded-event-store.js';
import { EventStoreDbEventStore, type EventStoreDbOptions } from './eventstoredb/eventstoredb-event-store.js';
import { replicaFileOf } from './eventstoredb/replica.js';
import { logFileOf } from './log-file/log-file.js';
import { LogUnreadable } from './log-file/log-unreadable.js';

/** A connection string of EventStoreDB makes it a cluster; without one the log is embedded in the data directory. */
export interface EventStoreChoice extends EmbeddedStoreOptions, Omit<EventStoreDbOptions, 'url' | 'onFatal' | 'known' | 'acceptLoss'> {
  readonly url?: string | undefined;
}

/**
 * Opens the event log that a configuration names.
 * @throws DataDirLocked, LogUnreadable: what is wrong with the data directory and what to do
 * @throws EventStoreMisconfigured: what a person has to mend before the cluster can be used
 */
export async function openEventStore({ url, ...options }: EventStoreChoice): Promise<EmbeddedEventStore | EventStoreDbEventStore> {
  if (url !== undefined) return EventStoreDbEventStore.open({ url, ...options });
  assertNoReplica(options.dataDir);
  return EmbeddedEventStore.open(options);
}

/** An instance of a cluster that lost its setting would begin an empty ledger of its own, and grant every quota anew. */
function assertNoReplica(dataDir: string): void {
  const replica = replicaFileOf(dataDir);
  if (!existsSync(replica) || existsSync(logFileOf(dataDir))) return;
  const problem =
    'this data directory holds the copy of a log that is in an EventStoreDB cluster. Set LEDGER_EVENTSTORE_URL to that cluster, or ' +
    'name another data directory; `quota copy` brings the log out of the cluster.';
  throw new LogUnreadable(dirname(replica), problem);
}
