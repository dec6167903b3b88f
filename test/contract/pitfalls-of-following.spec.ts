import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import Database from 'better-sqlite3';
import { rmSync, writeFileSync } from 'node:fs';
import { replicaFileOf } from '../../libs/ledger/src/event-store/eventstoredb/replica.js';
import { ClusterUnderTest, Follower, rejection, shortLimits, surely, until } from './cluster-under-test.js';
import { grow, someEvents } from './event-store.contract.js';

const restarts = 50;

/** Numbers are rows of the table in docs/eventstoredb.md. */
describe('following a cluster through the client of EventStoreDB', () => {
  let cluster: ClusterUnderTest;
  const start = async (...args: Parameters<typeof ClusterUnderTest.start>): Promise<ClusterUnderTest> =>
    (cluster = await ClusterUnderTest.start(...args));
  afterEach(() => cluster.close());

  const logged = (): string[] => cluster.server.appends().map(({ stream, revision }) => `${stream}@${revision}`);

  it(
    `7: survives ${restarts} restarts of the server without a missed or repeated event`,
    async () => {
      await start();
      const store = await cluster.open();
      const follower = new Follower(store);
      for (let restart = 0; restart < restarts; restart += 1) {
        await surely(store, 'a', 3 * restart - 1, 2);
        await Promise.all([cluster.server.restart(), surely(store, 'a', 3 * restart + 1)]);
      }
      await until(() => follower.events.length >= 3 * restarts);
      await follower.end();

      expect(follower.seen).toEqual(logged());
      expect(follower.seen).toHaveLength(3 * restarts);
      expect(store.status.reconnects).toBeGreaterThan(restarts / 2);
    },
  );

  it.each(['drop-after', 'end', 'too-slow', 'silence'] as const)('7 and 8: goes on after %s', async (kind) => {
    await start({ version: '23.10.6' });
    const store = await cluster.open();
    const follower = new Follower(store);
    await grow(store, 'a', -1, 5);
    cluster.server.faults.inject({ kind, on: 'subscribe' });
    await surely(store, 'a', 4, 5);
    await until(() => follower.events.length >= 10);
    await follower.end();

    expect(follower.seen).toEqual(logged());
    await until(() => store.status.caughtUp && store.status.reconnects + store.status.overflows > 0);
    await until(() => cluster.server.openCalls.subscriptions === 1);
  });

  it('8: follows commits of more events than a live subscription takes, without a word or a pause, and subscribes again', async () => {
    await start({ version: '23.10.6' });
    const [store, other] = await Promise.all([cluster.open(), cluster.open()]);
    const follower = new Follower(other);
    const subscriptions = cluster.server.openCalls.begun.subscriptions;
    for (let commit = 0; commit < 20; commit += 1) await grow(store, 'a', commit * 40 - 1, 40);
    await until(() => follower.events.length === 800);
    for (const one of [store, other]) {
      expect(one.status).toMatchObject({ connected: true, caughtUp: true, reconnects: 0, clientReplacements: 0, problem: undefined });
      expect(one.status.overflows).toBeGreaterThan(0);
    }
    await until(() => cluster.server.openCalls.subscriptions === 2);
    await grow(store, 'a', 799, 1);
    await until(() => follower.events.length === 801);
    await follower.end();

    expect(follower.seen).toEqual(logged());
    expect(cluster.explained).toEqual([]);
    // Pages bring the rest: hardly a commit was met by a live subscription.
    expect(cluster.server.openCalls.begun.subscriptions - subscriptions).toBeLessThan(10);
  });

  it('finds out by itself that a silent subscription has missed what another instance wrote', async () => {
    await start();
    const [store, other] = await Promise.all([cluster.open(), cluster.open()]);
    const follower = new Follower(store);
    await grow(other, 'a', -1, 1);
    await until(() => follower.events.length === 1);
    // Strikes both subscriptions.
    cluster.server.faults.inject({ kind: 'silence', on: 'subscribe', times: 2 });
    await surely(other, 'a', 0, 3);
    await until(() => follower.events.length === 4);
    await follower.end();

    expect(follower.seen).toEqual(logged());
  });

  it('finds that out while it appends all the time, too', async () => {
    await start();
    const store = await cluster.open();
    await grow(store, 'a', -1, 1);
    cluster.server.faults.inject({ kind: 'silence', on: 'subscribe' });
    let expected = 0;
    for (; store.status.reconnects === 0; expected += 1) await surely(store, 'a', expected);
    await until(() => store.status.caughtUp);

    expect(await store.readAll({ after: 0, limit: 1000 })).toHaveLength(expected + 1);
  });

  it('says honestly whether it has caught up', async () => {
    await start();
    const store = await cluster.open();
    expect(store.status).toMatchObject({ connected: true, caughtUp: true, lagMs: 0 });
    await cluster.server.stop();
    await until(() => !store.status.caughtUp);
    expect(store.status).toMatchObject({ connected: false, problem: expect.stringContaining('EventStoreDB at') });
    await cluster.server.startAgain();
    await until(() => store.status.caughtUp);

    expect(store.status.problem).toBeUndefined();
    expect(cluster.explained.at(-1)).toMatch(/is followed again/);
    expect(cluster.explained.length).toBeLessThan(8);
  });

  it('comes back by itself, however long the server was away', async () => {
    await start();
    const store = await cluster.open();
    await cluster.server.stop();
    await until(() => !store.status.connected);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    await cluster.server.startAgain();
    await surely(store, 'a', -1);
    await until(() => store.status.caughtUp);

    expect(store.status).toMatchObject({ connected: true, problem: undefined });
  });

  it.each(['23.10.6', '24.10.4'])('is calm however much others have written since our last event (version %s)', async (version) => {
    await start({ version });
    const dataDir = cluster.newDataDir();
    const timeLimits = { ...shortLimits, readMs: 30_000, appendMs: 30_000 };
    let store = await cluster.open({ dataDir, timeLimits });
    await grow(store, 'a', -1, 1);
    await store.close();
    cluster.server.writeSystemEvents(80_000);
    const sent = cluster.server.openCalls.framesSent;
    store = await cluster.open({ dataDir, timeLimits });
    await until(() => store.status.caughtUp);
    await until(() => cluster.server.openCalls.reads === 0);

    expect(store.status).toMatchObject({ caughtUp: true, reconnects: 0, clientReplacements: 0 });
    // What others wrote is looked through once at most.
    expect(cluster.server.openCalls.framesSent - sent).toBeLessThan(120_000);
    expect(cluster.explained).toEqual([]);
  });

  it('reads what others wrote before a read that follows head()', async () => {
    await start({ systemEventsEvery: 1 });
    const [store, other] = await Promise.all([cluster.open(), cluster.open()]);
    for (let expected = -1; expected < 20; expected += 1) {
      const [position] = await grow(other, 'a', expected, 1);
      expect(await store.head()).toBe(position);
      const seen = await store.readAll({ after: (position ?? 0) - 1, limit: 5 });
      expect(seen.map(({ revision }) => revision)).toEqual([expected + 1]);
    }
    cluster.server.writeSystemEvents(500);
    expect(await store.head()).toBe(await other.head());
  });

  it('stays within its prefix', async () => {
    await start();
    const [mine, yours] = await Promise.all([cluster.open({ prefix: 'mine-' }), cluster.open({ prefix: 'yours-' })]);
    const [positions] = await Promise.all([grow(mine, 'a', -1, 3), grow(yours, 'b', -1, 3)]);
    await grow(yours, 'b', 2, 1);

    expect((await mine.readAll({ after: 0, limit: 10 })).map(({ stream }) => stream)).toEqual(['a', 'a', 'a']);
    expect(await mine.readStream('b', { limit: 10 })).toEqual([]);
    expect(await mine.head()).toBe(positions.at(-1));
    expect(cluster.server.appends().map(({ stream }) => stream)).toEqual(expect.arrayContaining(['mine-a', 'yours-b']));
  });

  describe('with its copy of the log', () => {
    it('goes on where it was, or makes it anew when it is gone, damaged or of another cluster', async () => {
      await start();
      const dataDir = cluster.newDataDir();
      const file = replicaFileOf(dataDir);
      let store = await cluster.open({ dataDir });
      await grow(store, 'a', -1, 20);
      const log = await store.readAll({ after: 0, limit: 100 });
      const spoil = [
        () => undefined,
        () => rmSync(file),
        () => writeFileSync(file, 'nothing like a database'),
        () => writeFileSync(file, Buffer.alloc(100_000, 7)),
      ];
      for (const how of spoil) {
        await store.close();
        how();
        store = await cluster.open({ dataDir });
        expect(await store.readAll({ after: 0, limit: 100 })).toEqual(log);
      }
      expect(cluster.explained.filter((text) => text.includes('made anew'))).toHaveLength(2);

      await store.close();
      const other = await ClusterUnderTest.start();
      await grow(await other.open(), 'a', -1, 25);
      const moved = await other.open({ dataDir });
      expect(await moved.readAll({ after: 0, limit: 100 })).toHaveLength(25);
      await other.close();
    });

    it('refuses a data directory that holds a log of its own', async () => {
      await start();
      const { EmbeddedEventStore } = await import('#ledger');
      const dataDir = cluster.newDataDir();
      await (await EmbeddedEventStore.open({ dataDir })).close();

      expect(await rejection(cluster.open({ dataDir }))).toMatchObject({ name: 'LogUnreadable', message: expect.stringContaining('quota copy') });
    });
  });

  it('11: notes how far it has looked through what others write, so that it need not look again', async () => {
    await start();
    const dataDir = cluster.newDataDir();
    const open = (): ReturnType<typeof cluster.open> => cluster.open({ dataDir, timeLimits: { ...shortLimits, silenceMs: 100 } });
    let store = await open();
    const [position = 0] = await grow(store, 'a', -1, 1);
    cluster.server.writeSystemEvents(200);
    const replica = new Database(replicaFileOf(dataDir), { readonly: true });
    const checkpoint = (): number => Number(replica.prepare('SELECT checkpoint_commit FROM feed').pluck().get());
    await until(() => checkpoint() > position);
    replica.close();
    await store.close();

    store = await open();
    await grow(store, 'a', 0, 2);
    expect((await store.readAll({ after: 0, limit: 10 })).map(({ revision }) => revision)).toEqual([0, 1, 2]);
  });

  it.each([
    ['no JSON', { contentType: 'application/octet-stream', data: Buffer.from('?') }],
    ['JSON', { data: { type: 'Other' } }],
  ])('stops, and says why, where somebody else writes %s to its streams', async (_, written) => {
    await start();
    const store = await cluster.open({ prefix: 'p-' });
    await grow(store, 'a', -1, 1);
    const client = EventStoreDBClient.connectionString(cluster.server.url);
    await client.appendToStream('p-b', { ...jsonEvent({ type: 'Other', data: {} }), ...written } as never);
    await client.dispose();
    await until(() => cluster.fatal.length > 0);

    expect(cluster.fatal).toEqual([expect.objectContaining({ message: expect.stringContaining('p-b is not of Quota Ledger') })]);
    await expect(store.append('a', 0, someEvents('a', 0, 1))).rejects.toThrow('not of Quota Ledger');
  });

  it('does not take a stream that was deleted for one that never was', async () => {
    await start();
    const store = await cluster.open();
    await Promise.all([grow(store, 'a', -1, 3), grow(store, 'b', -1, 3)]);
    await until(async () => (await store.readAll({ after: 0, limit: 10 })).length === 6);
    const client = EventStoreDBClient.connectionString(cluster.server.url);
    await client.deleteStream('a');

    await expect(store.readStream('a', { limit: 1, backwards: true })).rejects.toThrow('a was deleted or truncated in the cluster');
    await expect(store.readStream('a', { from: 2, limit: 1 })).rejects.toThrow('a was deleted or truncated in the cluster');
    expect(await store.readStream('b', { from: 3, limit: 1 })).toEqual([]);
    await client.tombstoneStream('b');
    await client.dispose();
    await expect(store.readStream('b', { limit: 1 })).rejects.toThrow('deleted');
  });

  it('does not take a stream that was truncated for a whole one', async () => {
    await start();
    const store = await cluster.open();
    await grow(store, 'a', -1, 10);
    const client = EventStoreDBClient.connectionString(cluster.server.url);
    await client.setStreamMetadata('a', { maxCount: 3 });
    await client.dispose();

    await expect(store.readStream('a', { limit: 100 })).rejects.toThrow(/truncated.*\$maxCount/);
    await expect(store.readStream('a', { limit: 5, backwards: true })).rejects.toThrow('truncated');
    expect(await store.readStream('a', { limit: 1, backwards: true })).toHaveLength(1);
    expect(await store.readStream('a', { from: 8, limit: 100 })).toHaveLength(2);
  });
});
