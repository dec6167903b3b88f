import { all, BACKWARDS, connect, END, event, events, FORWARDS } from './client-under-test.js';
import { nameOf, NO_STREAM, refusalOf, START, until, type Client } from './client-under-test.js';
import { EventStoreDb } from './event-store-db.js';

describe('reads', () => {
  let db: EventStoreDb;
  let client: Client;

  beforeAll(async () => {
    db = await EventStoreDb.start({ systemEventsEvery: 2 });
    client = connect(db.url);
    await client.appendToStream('a', events(0, 3), { expectedRevision: NO_STREAM });
    await client.appendToStream('b', events(3, 2), { expectedRevision: NO_STREAM });
    await client.appendToStream('a', events(5, 2), { expectedRevision: 2n });
  });
  afterAll(async () => {
    await client.dispose();
    await db.close();
    expect(db.openCalls).toMatchObject({ reads: 0, subscriptions: 0, appends: 0, batchStreams: 0 });
  });

  describe('of a stream', () => {
    const revisions = async (options: Parameters<Client['readStream']>[1]): Promise<(bigint | undefined)[]> =>
      (await all(client.readStream('a', options))).map(({ event: recorded }) => recorded?.revision);

    it.each<[string, Parameters<Client['readStream']>[1], readonly bigint[]]>([
      ['forwards from the start', {}, [0n, 1n, 2n, 3n, 4n]],
      ['from a revision on, that one included', { fromRevision: 3n }, [3n, 4n]],
      ['no more than wanted', { fromRevision: 1n, maxCount: 2 }, [1n, 2n]],
      ['from behind the end: nothing', { fromRevision: 5n }, []],
      ['forwards from the end: nothing', { fromRevision: END }, []],
      ['backwards from the end', { direction: BACKWARDS, fromRevision: END }, [4n, 3n, 2n, 1n, 0n]],
      ['backwards from a revision, that one included', { direction: BACKWARDS, fromRevision: 2n, maxCount: 2 }, [2n, 1n]],
      ['backwards from behind the end', { direction: BACKWARDS, fromRevision: 99n, maxCount: 1 }, [4n]],
      ['backwards from the start: the first', { direction: BACKWARDS, fromRevision: START }, [0n]],
    ])('%s', async (_, options, expected) => {
      await expect(revisions(options)).resolves.toEqual(expected);
    });

    it('that is not there is an error', async () => {
      const refusal = await refusalOf(all(client.readStream('nowhere')));
      expect(refusal).toMatchObject({ type: 'stream-not-found', streamName: 'nowhere' });
    });

    it('tells the position of each event, the same as $all', async () => {
      const inStream = (await all(client.readStream('a'))).map(({ event: recorded }) => recorded?.position);
      const inAll = (await all(client.readAll())).filter(({ event: recorded }) => recorded?.streamId === 'a');
      expect(inStream).toEqual(inAll.map(({ event: recorded }) => recorded?.position));
      expect(inAll.map(({ commitPosition }) => commitPosition)).toEqual(inStream.map((position) => position?.commit));
    });
  });

  describe('of $all', () => {
    it('has everything in the order of writing, the events of the server itself in between', async () => {
      const names = (await all(client.readAll())).map(nameOf);
      expect(names).toEqual([
        '$user-admin/0',
        '$users/0',
        ...['a/0', 'a/1', 'a/2', 'b/0', 'b/1'],
        '$stats-127.0.0.1:2113/0',
        ...['a/3', 'a/4'],
      ]);
    });

    it('has positions that grow by more than one', async () => {
      const positions = (await all(client.readAll())).map(({ event: recorded }) => recorded?.position?.commit ?? 0n);
      const steps = positions.slice(1).map((position, index) => position - (positions[index] as bigint));
      expect(Number(positions[0])).toBeGreaterThan(0);
      expect(steps.every((step) => step > 90n)).toBe(true);
    });

    it('starts with the event at a position, and goes backwards from the one before it', async () => {
      const [, , , second, third] = await all(client.readAll());
      const fromPosition = third?.event?.position ?? START;
      const [forwards] = await all(client.readAll({ fromPosition, maxCount: 1 }));
      const [backwards] = await all(client.readAll({ fromPosition, maxCount: 1, direction: BACKWARDS }));
      expect([forwards, backwards].map((one) => one && nameOf(one))).toEqual([third, second].map((one) => one && nameOf(one)));
    });

    it('ends backwards with what was written first', async () => {
      const forwards = (await all(client.readAll({ direction: FORWARDS }))).map(nameOf);
      const backwards = (await all(client.readAll({ direction: BACKWARDS, fromPosition: END }))).map(nameOf);
      expect(backwards).toEqual([...forwards].reverse());
    });

    it('takes exact positions only', async () => {
      const [first] = await all(client.readAll());
      const commit = (first?.event?.position?.commit ?? 0n) + 1n;
      expect(await refusalOf(all(client.readAll({ fromPosition: { commit, prepare: commit } })))).toMatchObject({
        type: 'unknown',
        message: expect.stringContaining('InvalidPosition'),
      });
    });

    it('has nothing behind the last event, wherever that is', async () => {
      const beyond = { commit: 1_000_000_000n, prepare: 1_000_000_000n };
      await expect(all(client.readAll({ fromPosition: beyond }))).resolves.toEqual([]);
    });
  });

  describe('of a stream with metadata', () => {
    const shown = async (stream: string): Promise<(bigint | undefined)[]> =>
      (await all(client.readStream(stream))).map(({ event: recorded }) => recorded?.revision);

    it.each<[string, Record<string, number>, readonly bigint[]]>([
      ['$maxCount', { maxCount: 2 }, [3n, 4n]],
      ['$tb', { truncateBefore: 3 }, [3n, 4n]],
      ['$maxAge', { maxAge: 3600 }, [0n, 1n, 2n, 3n, 4n]],
    ])('honours %s, while $all shows everything', async (name, metadata, expected) => {
      const stream = `limited-${name}`;
      await client.appendToStream(stream, events(0, 5), { expectedRevision: NO_STREAM });
      await client.setStreamMetadata(stream, metadata);
      await expect(shown(stream)).resolves.toEqual(expected);
      const { metadata: read } = await client.getStreamMetadata(stream);
      expect(read).toEqual(metadata);
      const inAll = (await all(client.readAll())).filter(({ event: recorded }) => recorded?.streamId === stream);
      expect(inAll).toHaveLength(5);
      await client.appendToStream(stream, event(9), { expectedRevision: 4n });
      expect((await shown(stream)).at(-1)).toBe(5n);
    });

    it('has none where none was set', async () => {
      await expect(client.getStreamMetadata('a')).resolves.toEqual({ streamName: 'a' });
    });
  });

  it('ends calls that are cancelled, and keeps those that are only abandoned until the client is disposed of', async () => {
    await client.appendToStream('long', events(0, 3_000), { expectedRevision: NO_STREAM });
    const other = connect(db.url);
    const cancelled = other.readAll();
    for await (const _ of cancelled) break;
    await cancelled.cancel();
    const abandoned = other.readAll();
    for await (const _ of abandoned) break;
    await until(() => db.openCalls.reads === 1);
    await other.dispose();
    await until(() => db.openCalls.reads === 0);
  });
});
