import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDbEventStore } from '#ledger';
import { clusterAtHand, clusterName, type ClusterAtHand } from '../eventstoredb/cluster-at-hand.js';
import { describeEventStore } from './event-store.contract.js';

let cluster: ClusterAtHand;

beforeAll(async () => {
  cluster = await clusterAtHand();
});
afterAll(() => cluster.close());

describeEventStore(`EventStoreDB at ${clusterName}`, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'quota-ledger-contract-'));
  const prefix = `contract-${randomUUID()}-`;
  // Slowness is no fault here: the test server lives in this very process.
  const timeLimits = { appendMs: 15_000, readMs: 15_000 };
  const open = (): Promise<EventStoreDbEventStore> =>
    EventStoreDbEventStore.open({ url: cluster.url, dataDir, prefix, timeLimits });
  const store = await open();
  let current = store;
  const reopen = async (): Promise<EventStoreDbEventStore> => {
    await current.close();
    return (current = await open());
  };
  const destroy = async (): Promise<void> => {
    await current.close();
    rmSync(dataDir, { recursive: true });
  };
  return { store, reopen, destroy };
});
