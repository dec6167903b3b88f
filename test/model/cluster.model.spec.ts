import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { EventStoreDbEventStore } from '#ledger';
import { MemoryLedger, smallCaps } from '../../libs/ledger/src/testing/memory-ledger.js';
import { clusterAtHand, clusterName, type ClusterAtHand } from '../eventstoredb/cluster-at-hand.js';
import { openPlainIndex } from './index-keeper.js';
import { ModelRun } from './model-run.js';
import { step } from './model-steps.js';
import { TwinRun, twinStep } from './twin-run.js';

const long = process.env['LONG'] === '1';
const seed = Number(process.env['SEED'] ?? '4544');
const histories = long ? 300 : 12;
const options = { seed, numRuns: histories, endOnFailure: process.env['SHRINK'] !== '1' };
/** Slowness is no fault here. */
const timeLimits = { appendMs: 15_000, readMs: 15_000 };

let cluster: ClusterAtHand;
const folder = mkdtempSync(join(tmpdir(), 'quota-ledger-model-'));

beforeAll(async () => {
  cluster = await clusterAtHand();
});
afterAll(async () => {
  await cluster.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Gives `count` stores over one log that nobody else has, each with a copy of its own. */
async function withStores(count: number, use: (stores: readonly EventStoreDbEventStore[]) => Promise<void>): Promise<void> {
  const prefix = `model-${randomUUID()}-`;
  const dataDirs = Array.from({ length: count }, () => mkdtempSync(join(folder, 'instance-')));
  const stores = await Promise.all(dataDirs.map((dataDir) => EventStoreDbEventStore.open({ url: cluster.url, dataDir, prefix, timeLimits })));
  try {
    await use(stores);
  } finally {
    await Promise.all(stores.map((store) => store.close()));
    for (const dataDir of dataDirs) rmSync(dataDir, { recursive: true });
  }
}

describe(`on EventStoreDB at ${clusterName}, over ${histories} random histories (SEED=${seed})`, () => {
  it('the ledger answers as its model does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), (steps) =>
        withStores(1, async ([store]) => {
          await new ModelRun(store as EventStoreDbEventStore, smallCaps(), openPlainIndex).run(steps);
        }),
      ),
      options,
    );
  });

  it('two instances write a sound log, and stand by every answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(twinStep, { minLength: 10, maxLength: 40, size: 'max' }), (steps) =>
        withStores(2, async (stores) => {
          const [one, other] = await Promise.all(stores.map((store) => MemoryLedger.open({}, store)));
          const run = new TwinRun([one as MemoryLedger, other as MemoryLedger]);
          await run.run(steps);
          await run.check();
          await Promise.all(run.instances.map(({ ledger }) => ledger.close()));
        }),
      ),
      options,
    );
  });
});
