import { ClusterUnderTest, rejection, shortLimits, surely, until } from './cluster-under-test.js';
import { grow } from './event-store.contract.js';

/** What an instance makes of a leader that lost its peers, and of one that has not caught up. */
describe('an instance whose leader', () => {
  let cluster: ClusterUnderTest;
  beforeEach(async () => {
    cluster = await ClusterUnderTest.start({ nodes: 3 });
  });
  afterEach(() => cluster.close());

  const written = (): string[] => cluster.server.appends().map(({ stream, revision }) => `${stream}@${revision}`);

  it.each([
    ['is cut off from its peers, and has noticed', () => cluster.server.retire(0)],
    ['is cut off from its peers, and has not noticed', () => cluster.server.cutOff(0)],
    ['is cut off from everybody', () => cluster.server.cutOff(0, true)],
  ])('%s goes on with the next leader', async (_, cutOff) => {
    const store = await cluster.open();
    await grow(store, 'a', -1, 2);
    cutOff();
    const during = await rejection(store.append('a', 1, []));
    expect(during).toBeInstanceOf(TypeError);
    const more = surely(store, 'a', 1, 2);
    await expect(store.readStream('b', { limit: 1 }).catch(() => [])).resolves.toEqual([]);
    cluster.server.elect(2);
    await more;
    await surely(store, 'a', 3);

    expect(written()).toEqual(['a@0', 'a@1', 'a@2', 'a@3', 'a@4']);
    expect(await store.readStream('a', { limit: 10 })).toHaveLength(5);
    expect(await store.readAll({ after: 0, limit: 10 })).toHaveLength(5);
    await until(() => store.status.caughtUp);
    expect(cluster.fatal).toEqual([]);
  });

  it('is cut off never tells less than was acknowledged', async () => {
    const store = await cluster.open();
    await grow(store, 'a', -1, 3);
    cluster.server.cutOff(0);
    cluster.server.elect(1);
    await surely(store, 'a', 2, 2);
    for (const range of [{ limit: 10 }, { from: 4, limit: 1 }, { limit: 1, backwards: true }] as const) {
      expect((await store.readStream('a', range)).map(({ revision }) => revision)).toContain(4);
    }
    expect(await store.head()).toBe(cluster.server.appends().at(-1)?.position);
  });

  it('has not caught up is asked again until it has', async () => {
    const store = await cluster.open();
    await grow(store, 'a', -1, 5);
    await until(async () => (await store.readAll({ after: 0, limit: 10 })).length === 5);
    cluster.server.retire(0);
    cluster.server.elect(1, 3);
    await until(() => cluster.explained.some((text) => text.includes('which this instance has seen')));
    expect(store.status).toMatchObject({ caughtUp: false, connected: false, problem: expect.stringContaining('a@4') });
    const behind = await rejection(store.readStream('a', { limit: 10 }));
    expect(behind.message).toContain('its leader is behind');
    expect((await rejection(store.head())).message).toContain('its leader is behind');
    const newest = store.readStream('a', { limit: 1, backwards: true });
    cluster.server.catchUp();

    expect(await newest).toMatchObject([{ revision: 4 }]);
    await surely(store, 'a', 4);
    await until(() => store.status.caughtUp);
    expect(cluster.fatal).toEqual([]);
  });

  it('has not caught up lacks nothing that was read before, be it written by another instance', async () => {
    const store = await cluster.open();
    const other = await cluster.open();
    cluster.server.faults.inject({ kind: 'silence', on: 'subscribe', times: Infinity });
    await surely(other, 'a', -1, 5);
    expect(await store.readStream('a', { limit: 10 })).toHaveLength(5);
    cluster.server.retire(0);
    cluster.server.elect(1, 3);
    await until(async () => (await store.readStream('b', { limit: 1 }).catch(() => undefined)) !== undefined);
    const again = store.readStream('a', { from: 4, limit: 1 }).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 300));
    cluster.server.catchUp();

    expect(await again).toMatchObject([{ revision: 4 }]);
  });

  it('keeps saying that it lacks an event is believed', async () => {
    const store = await cluster.open({ timeLimits: { ...shortLimits, absenceMs: 300 } });
    await grow(store, 'a', -1, 5);
    await until(async () => (await store.readAll({ after: 0, limit: 10 })).length === 5);
    cluster.server.retire(0);
    cluster.server.elect(1, 3);
    await until(() => cluster.fatal.length > 0);

    expect(cluster.fatal).toEqual([expect.objectContaining({ message: expect.stringContaining('lacks events from position') })]);
    expect(cluster.explained).toContainEqual(expect.stringContaining('Its leader may be behind'));
  });
});
