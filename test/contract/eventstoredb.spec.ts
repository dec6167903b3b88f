import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDbEventStore } from '#ledger';
import { EventStoreDb } from '../eventstoredb/event-store-db.js';
import { describeEventStore } from './event-store.contract.js';

// A real cluster, if one is named: every test has streams of its own there and leaves everything else alone.
const url = process.env['EVENTSTORE_URL'];
let server: EventStoreDb | undefined;

beforeAll(async () => {
  if (url === undefined) server = await EventStoreDb.start();
});
afterAll(() => server?.close());

describeEventStore(`EventStoreDB at ${url === undefined ? 'the test server' : 'EVENTSTORE_URL'}`, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'quota-ledger-contract-'));
  const prefix = `contract-${randomUUID()}-`;
  // Slowness is no fault here: the test server lives in this very process.
  const timeLimits = { appendMs: 15_000, readMs: 15_000 };
  const open = (): Promise<EventStoreDbEventStore> =>
    EventStoreDbEventStore.open({ url: url ?? server?.url ?? '', dataDir, prefix, timeLimits });
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
