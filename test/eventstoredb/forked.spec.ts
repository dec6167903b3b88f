import { all, connect, event, events, NO_STREAM, refusalOf, streamNameFilter, until, type Client } from './client-under-test.js';
import { ForkedEventStoreDb } from './forked-event-store-db.js';

describe('a server in a process of its own', () => {
  let db: ForkedEventStoreDb;
  let client: Client;

  beforeAll(async () => {
    db = await ForkedEventStoreDb.start();
    client = connect(db.url);
  });
  afterAll(async () => {
    await client.dispose();
    await db.close();
  });

  it('does what it is told', async () => {
    await client.appendToStream('a', events(0, 2), { expectedRevision: NO_STREAM });
    expect((await db.appends('a')).map(({ id, data }) => [id, data])).toEqual([
      [event(0).id, '{"index":0}'],
      [event(1).id, '{"index":1}'],
    ]);
    const id = await db.faults.inject({ kind: 'refuse', on: 'read', times: Infinity });
    await expect(refusalOf(all(client.readStream('a')))).resolves.toMatchObject({ type: 'unavailable' });
    expect(await db.faults.struck(id)).toBe(1);
    await db.faults.lift(id);
    await expect(all(client.readStream('a'))).resolves.toHaveLength(2);
    expect(await db.openCalls()).toMatchObject({ reads: 0, batchStreams: expect.any(Number) });
    await db.restart();
    await db.dropConnections();
  });

  it('does nothing while it is frozen, and then what it was asked for', async () => {
    await client.appendToStream('frozen', event(0), { expectedRevision: NO_STREAM });
    db.freeze();
    let isAnswered = false;
    const append = client.appendToStream('frozen', event(1), { expectedRevision: 0n }).then(() => (isAnswered = true));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isAnswered).toBe(false);
    db.thaw();
    await append;
  });

  it('has everything that it answered for after it was killed, at the same place and port', async () => {
    const { url } = db;
    await client.appendToStream('b', events(10, 3), { expectedRevision: NO_STREAM });
    await client.appendToStream('gone', event(0), { expectedRevision: NO_STREAM });
    await client.tombstoneStream('gone');
    await client.setStreamMetadata('b', { truncateBefore: 1 });
    const before = await all(client.readAll());
    let failure: unknown;
    client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['b'] }) }).on('error', (error) => (failure = error));
    const position = before.at(-1)?.commitPosition;

    await db.kill();
    await until(() => failure !== undefined);
    await expect(refusalOf(client.appendToStream('b', event(99), { expectedRevision: 2n }))).resolves.toMatchObject({ code: 14 });
    await expect(db.appends()).rejects.toThrow('The server was killed.');

    await db.startAgain();
    expect(db.url).toBe(url);
    const after = connect(url);
    expect(await all(after.readAll())).toEqual(before);
    expect((await all(after.readStream('b'))).map(({ event: recorded }) => recorded?.revision)).toEqual([1n, 2n]);
    await expect(refusalOf(all(after.readStream('gone')))).resolves.toMatchObject({ type: 'stream-deleted' });
    // The repeat of an append from before is known by what is in the stream.
    const repeated = after.appendToStream('b', events(10, 3), { expectedRevision: NO_STREAM });
    await expect(repeated).resolves.toMatchObject({ nextExpectedRevision: 2n });
    const appended = await after.appendToStream('b', event(13), { expectedRevision: 2n });
    expect(appended.position?.commit).toBeGreaterThan(position ?? 0n);
    await after.dispose();
  });
});
