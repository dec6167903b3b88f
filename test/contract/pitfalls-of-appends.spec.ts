import { digestOf, eventId, OutcomeUnknown, StoreUnavailable } from '#ledger';
import { ClusterUnderTest, rejection, surely, until } from './cluster-under-test.js';
import { grow, someEvents } from './event-store.contract.js';

/** What the client does to appends and reads when something fails, and what is made of it. Numbers are rows of the table in docs/eventstoredb.md. */
describe('appends and reads through the client of EventStoreDB', () => {
  let cluster: ClusterUnderTest;
  const start = async (...args: Parameters<typeof ClusterUnderTest.start>): Promise<ClusterUnderTest> =>
    (cluster = await ClusterUnderTest.start(...args));
  afterEach(() => cluster.close());

  /** Once each, whatever was sent how often. */
  const written = (): string[] => cluster.server.appends().map(({ stream, revision }) => `${stream}@${revision}`);

  it('1: go on when the whole cluster was gone and gossip still fails', async () => {
    await start({ nodes: 3 });
    const store = await cluster.open();
    await grow(store, 'a', -1, 1);
    await cluster.server.stop();
    await expect(surelyFails(store.append('a', 0, someEvents('a', 0, 1)))).resolves.toBe(true);
    cluster.server.faults.inject({ kind: 'refuse', on: 'gossip', times: Infinity });
    await cluster.server.startAgain();
    await surely(store, 'a', 0);

    expect(written()).toEqual(['a@0', 'a@1']);
  });

  it('2: have a time limit of their own, after which the client is replaced', async () => {
    await start();
    const store = await cluster.open();
    await grow(store, 'a', -1, 1);
    cluster.server.faults.inject({ kind: 'hang', on: 'append', times: Infinity });

    expect(await rejection(store.append('a', 0, someEvents('a', 0, 1)))).toBeInstanceOf(OutcomeUnknown);
    cluster.server.faults.lift();
    await surely(store, 'a', 0);
    expect(store.status).toMatchObject({ unknownOutcomes: 1 });
    expect(store.status.clientReplacements).toBeGreaterThan(0);
    expect(written()).toEqual(['a@0', 'a@1']);
  });

  it('2: are known not to be written where the server does not even say what it is', async () => {
    await start();
    const store = await cluster.open();
    await grow(store, 'a', -1, 1);
    cluster.server.faults.inject({ kind: 'hang', on: 'features', times: Infinity });
    cluster.server.dropConnections();

    expect(await surelyFails(store.append('a', 0, someEvents('a', 0, 1)))).toBe(true);
    expect(await rejection(store.append('a', 0, someEvents('a', 0, 1)))).toBeInstanceOf(StoreUnavailable);
    cluster.server.faults.lift();
    await surely(store, 'a', 0);
    expect(written()).toEqual(['a@0', 'a@1']);
  });

  it('3: of one store in a process have nothing to do with those of another', async () => {
    await start();
    const [one, other] = await Promise.all([cluster.open({ prefix: 'one-' }), cluster.open({ prefix: 'other-' })]);
    await Promise.all([grow(one, 'a', -1, 1), grow(other, 'a', -1, 1)]);
    const faults = cluster.server.faults;
    faults.inject({ kind: 'delay', delayMs: 300, on: 'append', stream: 'other-' });
    faults.inject({ kind: 'drop-before', on: 'append', stream: 'one-' });
    const slow = other.append('a', 0, someEvents('a', 0, 1));

    expect(await rejection(one.append('a', 0, someEvents('a', 0, 1)))).toBeInstanceOf(OutcomeUnknown);
    expect(await slow).toMatchObject({ appended: true });
    expect(other.status.unknownOutcomes).toBe(0);
  });

  it('4: outlive a stream of appends that ends as if all were well', async () => {
    await start();
    const store = await cluster.open();
    await grow(store, 'a', -1, 1);
    cluster.server.faults.inject({ kind: 'end', on: 'append' });
    await surely(store, 'a', 0);

    expect(written()).toEqual(['a@0', 'a@1']);
  });

  it.each(['drop-before', 'drop-after', 'lose-answer', 'timeout', 'timeout-after', 'not-ready', 'not-leader', 'refuse'] as const)(
    '13 to 16: are written once when they are sent again after %s',
    async (kind) => {
      await start();
      const store = await cluster.open();
      await grow(store, 'a', -1, 1);
      const fault = cluster.server.faults.inject({ kind, on: 'append' });
      await surely(store, 'a', 0, 3);
      await surely(store, 'a', 3);

      expect(cluster.server.faults.struck(fault)).toBe(1);
      expect(written()).toEqual(['a@0', 'a@1', 'a@2', 'a@3', 'a@4']);
      const events = await store.readStream('a', { limit: 10 });
      expect((await store.readAll({ after: 0, limit: 10 })).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    },
  );

  it('14: follow the leader, and do not ask a follower', async () => {
    await start({ nodes: 3 });
    const store = await cluster.open();
    await grow(store, 'a', -1, 1);
    expect(await store.readStream('a', { limit: 5 })).toHaveLength(1);
    cluster.server.elect(2);
    expect(await store.readStream('a', { limit: 5 })).toHaveLength(1);
    await surely(store, 'a', 0);
    await cluster.server.stopNode(2);
    cluster.server.elect(1);
    await surely(store, 'a', 1);

    expect((await store.readStream('a', { limit: 5 })).map(({ revision }) => revision)).toEqual([0, 1, 2]);
    expect(cluster.server.openCalls.servedByFollowers).toBe(0);
    expect(written()).toEqual(['a@0', 'a@1', 'a@2']);
  });

  it('16: that were written already are answered with where they stand; others in their place are a conflict', async () => {
    await start();
    const store = await cluster.open();
    const events = someEvents('a', -1, 2);
    const first = await store.append('a', -1, events);
    await grow(store, 'a', 1, 1);

    expect(await store.append('a', -1, events)).toEqual(first);
    expect(await store.append('a', -1, someEvents('a', -1, 2, 'else'))).toEqual({ appended: false, actual: 2 });
  });

  it('17: that are too large for the server name its limit', async () => {
    await start({ maxAppendSize: 1_000 });
    const store = await cluster.open();
    const refused = await rejection(store.append('a', -1, someEvents('a', -1, 1, 'x'.repeat(2_000))));

    expect(refused).toBeInstanceOf(StoreUnavailable);
    expect(refused.message).toMatch(/1000 bytes.*MaxAppendSize/);
    expect(written()).toEqual([]);
  });

  it('10 and 12: reads have a time limit of their own and leave no call open', async () => {
    await start();
    const store = await cluster.open();
    await grow(store, 'a', -1, 50);
    cluster.server.faults.inject({ kind: 'hang', on: 'read', times: Infinity });

    expect(await rejection(store.readStream('a', { limit: 5 }))).toBeInstanceOf(StoreUnavailable);
    cluster.server.faults.lift();
    expect(await store.readStream('a', { limit: 5 })).toHaveLength(5);
    await until(() => cluster.server.openCalls.reads === 0);
  });

  it('10: a read that hangs is ended, though its connection serves others and stays', async () => {
    await start();
    const store = await cluster.open();
    await Promise.all([grow(store, 'a', -1, 1), grow(store, 'b', -1, 1)]);
    cluster.server.faults.inject({ kind: 'hang', on: 'read', stream: 'a', times: Infinity });
    let hangs = true;
    const hanging = rejection(store.readStream('a', { limit: 5 })).finally(() => (hangs = false));
    while (hangs) expect(await store.readStream('b', { limit: 5 })).toHaveLength(1);

    expect(await hanging).toBeInstanceOf(StoreUnavailable);
    expect(store.status.clientReplacements).toBe(0);
    await until(() => cluster.server.openCalls.reads === 0);
  });

  it('19: are stored as JSON in the very bytes of the ledger, members called like integers included', async () => {
    await start();
    const store = await cluster.open();
    const json = '{"10":1,"2":{"b":"Ω"},"type":"T"}';
    await store.append('a', -1, [{ id: eventId('a', 0, digestOf(json)), type: 'T', json }]);

    expect(cluster.server.appends()).toMatchObject([{ contentType: 'application/json', type: 'T', data: json }]);
    expect(await store.readStream('a', { limit: 1 })).toMatchObject([{ json }]);
    expect(await store.readAll({ after: 0, limit: 1 })).toMatchObject([{ json }]);
  });

  it('21: close though the server hangs, and leave no call open', async () => {
    await start();
    const store = await cluster.open();
    await grow(store, 'a', -1, 1);
    cluster.server.faults.inject({ kind: 'hang', on: ['append', 'read'], times: Infinity });
    const append = rejection(store.append('a', 0, someEvents('a', 0, 1)));
    await store.close();

    expect(await append).toBeInstanceOf(OutcomeUnknown);
    const { openCalls } = cluster.server;
    await until(() => openCalls.reads + openCalls.appends + openCalls.subscriptions + openCalls.batchStreams === 0);
  });
});

/** Rejected as a store may reject: it is not said which way, for that depends on what was noticed first. */
async function surelyFails(work: Promise<unknown>): Promise<boolean> {
  const error = await rejection(work);
  return error instanceof OutcomeUnknown || error instanceof StoreUnavailable;
}
