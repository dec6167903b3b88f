import { EventStoreDBClient } from '@eventstore/db-client';
import { ForkedEventStoreDb } from '../eventstoredb/forked-event-store-db.js';

/** A cluster to measure on. */
export interface BenchedCluster {
  readonly url: string;
  /** For the report. */
  readonly name: string;
  close(): Promise<void>;
}

/** The real cluster that LEDGER_EVENTSTORE_URL names, or a test server in a process of its own. */
export async function benchedCluster(version?: string): Promise<BenchedCluster> {
  const url = process.env['LEDGER_EVENTSTORE_URL'];
  if (url !== undefined) return { url, name: `EventStoreDB ${await versionOf(url)}`, close: () => Promise.resolve() };
  const server = await ForkedEventStoreDb.start(version === undefined ? {} : { version });
  return { url: server.url, name: `the test server as ${await versionOf(server.url)}`, close: () => server.close() };
}

export const isRealCluster = process.env['LEDGER_EVENTSTORE_URL'] !== undefined;

async function versionOf(url: string): Promise<string> {
  const client = EventStoreDBClient.connectionString(url);
  try {
    // What a server says of itself is asked before the first append, and kept where only the client itself looks.
    const { serverVersion } = await (client as unknown as { readonly capabilities: Promise<{ readonly serverVersion: string }> }).capabilities;
    return serverVersion;
  } finally {
    await client.dispose();
  }
}
