import { EventStoreDb } from './event-store-db.js';

/** A cluster for suites that leave everything in it alone but streams with a prefix of their own. */
export interface ClusterAtHand {
  readonly url: string;
  close(): Promise<void>;
}

/** The real cluster that LEDGER_EVENTSTORE_URL names, or a test server that is started for this. */
export async function clusterAtHand(): Promise<ClusterAtHand> {
  const url = process.env['LEDGER_EVENTSTORE_URL'];
  if (url !== undefined) return { url, close: () => Promise.resolve() };
  // It drops live subscriptions at large commits, which later ones do not: whatever works on it works on them.
  const server = await EventStoreDb.start({ version: '23.10.6' });
  return { url: server.url, close: () => server.close() };
}

/** For the names of suites. */
export const clusterName = process.env['LEDGER_EVENTSTORE_URL'] === undefined ? 'the test server' : 'LEDGER_EVENTSTORE_URL';
