import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { replicaFileOf } from '../../libs/ledger/src/event-store/eventstoredb/replica.js';
import { ClusterUnderTest, rejection, shortLimits, until } from './cluster-under-test.js';
import { grow, someEvents } from './event-store.contract.js';

describe('an instance of a cluster that lacks what is in its copy of the log', () => {
  let cluster: ClusterUnderTest;
  let dataDir: string;
  let other: ClusterUnderTest;
  beforeEach(async () => {
    cluster = await ClusterUnderTest.start();
    dataDir = cluster.newDataDir();
    const store = await cluster.open({ dataDir });
    await grow(store, 'a', -1, 20);
    await store.close();
    other = await ClusterUnderTest.start();
  });
  afterEach(async () => {
    await cluster.close();
    await other.close();
  });

  const impatient = { ...shortLimits, absenceMs: 0 };
  const positions = (): number[] => {
    const replica = new Database(replicaFileOf(dataDir), { readonly: true });
    const all = replica.prepare('SELECT position FROM events ORDER BY position').pluck().all() as number[];
    replica.close();
    return all;
  };

  it.each([0, 1, 12, 19])('refuses the start and names the first that is missing, and keeps what it has: %s of 20 are there', async (there) => {
    if (there > 0) await grow(await other.open(), 'a', -1, there);
    const before = positions();
    const refused = await rejection(other.open({ dataDir, timeLimits: impatient }));

    expect(refused).toMatchObject({ name: 'LogUnreadable' });
    expect(refused.message).toMatch(
      new RegExp(`lacks events from position ${before[there]} on.+knows events up to position ${before[19]} \\(a@19\\).+quota serve --accept-loss.+here ${before[there]}: `),
    );
    expect(positions()).toEqual(before);
    expect(other.fatal).toEqual([]);
  });

  it('refuses the start where others are in their place, however long it waits for those that are absent', async () => {
    await (await other.open()).append('a', -1, someEvents('a', -1, 25, 'other'));
    const [first] = positions();
    expect(await rejection(other.open({ dataDir }))).toMatchObject({ name: 'LogUnreadable', message: expect.stringContaining(`from position ${first} on`) });
  });

  it('goes on without what is missing where that is accepted, and says what it was', async () => {
    await grow(await other.open(), 'a', -1, 12);
    const before = positions();
    const first = before[12] as number;
    await expect(other.open({ dataDir, timeLimits: impatient, acceptLoss: first - 1 })).rejects.toMatchObject({ first });

    const [known] = someEvents('a', 18, 1);
    const views = [{ position: before[19] as number, id: known?.id as string, knownBy: 'views/one' }];
    const store = await other.open({ dataDir, known: views, timeLimits: impatient, acceptLoss: first });
    expect(store.loss).toMatchObject({ first, known: { position: before[19] } });
    expect(await store.readAll({ after: 0, limit: 100 })).toHaveLength(12);
  });

  it('waits for a leader that is behind', async () => {
    const writer = await other.open();
    const [position = 0] = await grow(writer, 'a', -1, 3);
    const opening = other.open({ dataDir, timeLimits: { ...shortLimits, absenceMs: 600_000 } });
    await until(() => other.explained.some((text) => text.includes('Its leader may be behind')));
    await grow(writer, 'a', 2, 20);

    expect((await (await opening).readAll({ after: 0, limit: 100 }))[0]).toMatchObject({ position, revision: 0 });
  });

  it('refuses the start where the copy is gone and the views know more', async () => {
    await grow(await other.open(), 'a', -1, 12);
    const [known] = someEvents('a', 18, 1);
    const views = [{ position: positions()[19] as number, id: known?.id as string, knownBy: 'views/one' }];
    rmSync(dataDir, { recursive: true });
    const refused = await rejection(other.open({ dataDir, known: views, timeLimits: impatient }));
    expect(refused).toMatchObject({ name: 'LogUnreadable', message: expect.stringMatching(/^views\/one: it knows an event at position \d+ that EventStoreDB .+ does not have/) });
  });

  it('waits for a leader that is behind where the copy is gone and the views know more', async () => {
    const writer = await other.open();
    await grow(writer, 'a', -1, 12);
    const [known] = someEvents('a', 18, 1);
    const views = [{ position: positions()[19] as number, id: known?.id as string, knownBy: 'views/one' }];
    rmSync(dataDir, { recursive: true });
    const opening = other.open({ dataDir, known: views, timeLimits: { ...shortLimits, absenceMs: 600_000 } });
    await until(() => other.explained.some((text) => text.includes('lacks an event that this instance has seen')));
    await grow(writer, 'a', 11, 8);

    expect(await (await opening).readAll({ after: 0, limit: 100 })).toHaveLength(20);
  });

  it('goes on where all that is known is at other positions', async () => {
    await grow(await other.open(), 'b', -1, 3);
    await grow(await other.open(), 'a', -1, 25);
    const [known] = someEvents('a', 18, 1);
    const views = [{ position: positions()[19] as number, id: known?.id as string, knownBy: 'views/one' }];
    expect(await (await other.open({ dataDir, known: views })).readAll({ after: 0, limit: 100 })).toHaveLength(28);
  });
});
