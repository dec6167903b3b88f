import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEventStore, type EventStore } from '#ledger';
import { describeEventStore } from './event-store.contract.js';

describeEventStore('embedded', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'quota-ledger-contract-'));
  const store = await openEventStore({ dataDir });
  let current: EventStore = store;
  const reopen = async (): Promise<EventStore> => {
    await current.close();
    return (current = await openEventStore({ dataDir }));
  };
  const destroy = async (): Promise<void> => {
    await current.close();
    rmSync(dataDir, { recursive: true });
  };
  return { store, reopen, destroy };
});
