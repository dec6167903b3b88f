import { all, connect, event, idOf, NO_STREAM, refusalOf } from './client-under-test.js';
import { EventStoreDb } from './event-store-db.js';
import { faultsOf } from './faults.js';
import { playRandomFaults, randomFaults, type FaultStep } from './random-faults.js';

function first(count: number, seed: number, nodes: number): FaultStep[] {
  const series = randomFaults(seed, nodes);
  return Array.from({ length: count }, () => series.next().value as FaultStep);
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
    // All but the one of appends that no server has, and the three that are no faults of calls.
    expect(acts(3).size).toBe(possible - 1 + 3);
    expect([...acts(1)].filter((act) => act === 'elections' || act.startsWith('gossip'))).toEqual([]);
  });

  it.each([1, 2, 3])('let a client that repeats what it does not know of lose and double nothing (seed %i)', async (seed) => {
    const db = await EventStoreDb.start();
    const playing = playRandomFaults(db, { seed, forMs: 1_000 });
    let isPlaying = true;
    const played = playing.finally(() => (isPlaying = false));
    let client = connect(db.url);
    let written = 0;
    for (; isPlaying || written === 0; written += 1) {
      for (;;) {
        const expectedRevision = written === 0 ? NO_STREAM : BigInt(written - 1);
        const append = client.appendToStream('counted', event(written), { expectedRevision });
        const patienceMs = isPlaying ? 150 : 5_000;
        const result = await Promise.race([refusalOf(append), new Promise<void>((resolve) => setTimeout(resolve, patienceMs))]);
        if (result !== undefined && 'resolvedWith' in result) break;
        // A client that has not answered may never do so again; nor may it be there for an answer that comes late.
        if (result === undefined) {
          void client.dispose();
          client = connect(db.url);
        }
      }
    }
    expect((await played).length).toBeGreaterThan(0);
    expect(db.appends('counted').map(({ id }) => id)).toEqual(Array.from({ length: written }, (_, index) => idOf(index)));
    await expect(all(connect(db.url).readStream('counted'))).resolves.toHaveLength(written);
    await db.close();
  });
});
