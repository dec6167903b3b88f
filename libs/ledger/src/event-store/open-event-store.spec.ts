import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { replicaFileOf } from './eventstoredb/replica.js';
import { logFileOf } from './log-file/log-file.js';
import { LogUnreadable } from './log-file/log-unreadable.js';
import { openEventStore } from './open-event-store.js';

describe('openEventStore without an address', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'open-event-store-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  function makeReplica(): void {
    mkdirSync(dirname(replicaFileOf(dataDir)));
    writeFileSync(replicaFileOf(dataDir), '');
  }

  it('begins no ledger beside the copy of a log that is in a cluster', async () => {
    makeReplica();
    const refused = openEventStore({ dataDir });
    await expect(refused).rejects.toThrow(LogUnreadable);
    await expect(refused).rejects.toThrow('Set LEDGER_EVENTSTORE_URL');
    expect(existsSync(logFileOf(dataDir))).toBe(false);
  });

  it('opens a log that is there', async () => {
    await (await openEventStore({ dataDir })).close();
    makeReplica();
    const store = await openEventStore({ dataDir });
    expect(store.isShared).toBe(false);
    await store.close();
  });
});
