import { all, connect, event, idOf, NO_STREAM, refusalOf } from './client-under-test.js';
import { EventStoreDb } from './event-store-db.js';
import { faultsOf } from './faults.js';
import { ForkedEventStoreDb } from './forked-event-store-db.js';
import { playRandomFaults, randomFaults, type FaultStep, type FaultTarget } from './random-faults.js';

function first(count: number, seed: number, nodes: number): FaultStep[] {
  const series = randomFaults(seed, nodes);
  return Array.from({ length: count }, () => series.next().value as FaultStep);
}

/** An abandoned client goes on looking for its cluster: not for long. */
const settings = '&maxDiscoverAttempts=2&discoveryInterval=20';

/** What a promise resolves to, or undefined when it takes too long. */
async function within<Value>(ms: number, promise: Promise<Value>): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  return await Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}

describe('random faults', () => {
  it('follow from their seed', () => {
    expect(first(50, 7, 3)).toEqual(first(50, 7, 3));
    expect(first(50, 7, 3)).not.toEqual(first(50, 8, 3));
  });

  it('are of every kind in the long run, and of elections only in a cluster', () => {
    const acts = (nodes: number): Set<string> =>
      new Set(first(3_000, 1, nodes).map((step) => (step.act === 'inject' ? `${String(step.fault.on)} ${step.fault.kind}` : step.act)));
    const possible = Object.values(faultsOf).reduce((sum, kinds) => sum + kinds.length, 0);
    // All but the one of appends that no server has, and the four that are no faults of calls.
    expect(acts(3).size).toBe(possible - 1 + 4);
    expect([...acts(1)].filter((act) => act === 'elections' || act === 'partition' || act.startsWith('gossip'))).toEqual([]);
  });

  /** Appends one event after the other, as long as there are faults, each until it is known to be there. */
  async function appendThrough(db: FaultTarget & { readonly url: string }, seed: number): Promise<number> {
    let isPlaying = true;
    const played = playRandomFaults(db, { seed, forMs: 1_000 }).finally(() => (isPlaying = false));
    let client = connect(db.url, settings);
    let written = 0;
    for (; isPlaying || written === 0; written += 1) {
      for (;;) {
        const expectedRevision = written === 0 ? NO_STREAM : BigInt(written - 1);
        const append = client.appendToStream('counted', event(written), { expectedRevision });
        const result = await within(isPlaying ? 150 : 5_000, refusalOf(append));
        if (result !== undefined && 'resolvedWith' in result) break;
        // A client that has not answered, or not found its cluster, may never do so again; nor may it be there for
        // an answer that comes late.
        if (result === undefined || !('type' in result)) {
          void client.dispose();
          client = connect(db.url, settings);
        }
      }
    }
    expect((await played).length).toBeGreaterThan(0);
    await client.dispose();
    return written;
  }

  const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => idOf(index));

  it.each([1, 2])('let a client that repeats what it does not know of lose and double nothing (seed %i)', async (seed) => {
    const db = await EventStoreDb.start();
    const written = await appendThrough(db, seed);
    expect(db.appends('counted').map(({ id }) => id)).toEqual(ids(written));
    const client = connect(db.url);
    await expect(all(client.readStream('counted'))).resolves.toHaveLength(written);
    await client.dispose();
    await db.close();
  });

  it('let it do so in a cluster too, of a process of its own (seed 3)', async () => {
    const db = await ForkedEventStoreDb.start({ nodes: 3 });
    const written = await appendThrough(db, 3);
    expect((await db.appends('counted')).map(({ id }) => id)).toEqual(ids(written));
    await db.close();
  });
});
