import { all, ANY, binaryEvent, connect, event, events, jsonEvent } from './client-under-test.js';
import { NO_STREAM, refusalOf, STREAM_EXISTS, type Client } from './client-under-test.js';
import { EventStoreDb } from './event-store-db.js';

describe.each([
  ['over the batch stream', undefined],
  ['one call each, as with credentials of their own', { username: 'ledger', password: 'secret' }],
])('appends %s', (_, credentials) => {
  let db: EventStoreDb;
  let client: Client;
  const options = credentials === undefined ? {} : { credentials };

  beforeAll(async () => {
    db = await EventStoreDb.start();
    client = connect(db.url);
  });
  afterAll(async () => {
    await client.dispose();
    await db.close();
  });

  it('tells the last revision and its position', async () => {
    const result = await client.appendToStream('first', events(0, 3), { expectedRevision: NO_STREAM, ...options });
    const [, , last] = await all(client.readStream('first'));
    expect(result).toEqual({ success: true, nextExpectedRevision: 2n, position: last?.event?.position });
    expect(db.openCalls.batchStreams).toBe(credentials === undefined ? 1 : 0);
  });

  it.each<[string, bigint | typeof NO_STREAM, bigint | string]>([
    ['a revision ahead', 7n, 7n],
    ['no stream where there is one', NO_STREAM, 'no_stream'],
    ['an older revision', 1n, 1n],
  ])('refuses %s', async (_, expectedRevision, expectedVersion) => {
    const stream = `refused-${expectedVersion}`;
    await client.appendToStream(stream, events(100, 4), { expectedRevision: NO_STREAM, ...options });
    const refusal = await refusalOf(client.appendToStream(stream, event(1), { expectedRevision, ...options }));
    expect(refusal).toMatchObject({ type: 'wrong-expected-version', streamName: stream, expectedVersion, actualVersion: 3n, message: '' });
    expect(db.appends(stream)).toHaveLength(4);
  });

  it('refuses a revision, and any existing one, of a stream that is not there', async () => {
    for (const expectedRevision of [0n, STREAM_EXISTS] as const) {
      const refusal = await refusalOf(client.appendToStream('nowhere', event(1), { expectedRevision, ...options }));
      expect(refusal).toMatchObject({ type: 'wrong-expected-version', expectedVersion: expectedRevision, actualVersion: 'no_stream' });
    }
  });

  it('succeeds once more at an older revision if the same events follow it, and writes nothing', async () => {
    const first = await client.appendToStream('again', events(0, 2), { expectedRevision: NO_STREAM, ...options });
    await client.appendToStream('again', events(2, 2), { expectedRevision: 1n, ...options });
    await expect(client.appendToStream('again', events(0, 2), { expectedRevision: NO_STREAM, ...options })).resolves.toEqual(first);
    await expect(client.appendToStream('again', event(1), { expectedRevision: 0n, ...options })).resolves.toEqual(first);
    expect(db.appends('again')).toHaveLength(4);
  });

  it.each([
    ['the same ids in another order', [1, 0]],
    ['one more than there is', [0, 1, 2, 3, 4]],
    ['another in the middle', [0, 9, 2]],
  ])('does not take %s for a repeat', async (_, ids) => {
    const stream = `not-again-${ids.join('-')}`;
    await client.appendToStream(stream, events(0, 4), { expectedRevision: NO_STREAM, ...options });
    const refusal = await refusalOf(
      client.appendToStream(stream, ids.map((id) => event(id)), { expectedRevision: NO_STREAM, ...options }),
    );
    expect(refusal).toMatchObject({ type: 'wrong-expected-version', actualVersion: 3n });
  });

  it('writes at the current revision even what the stream has already', async () => {
    await client.appendToStream('twice', events(0, 2), { expectedRevision: NO_STREAM, ...options });
    const repeated = await client.appendToStream('twice', events(0, 2), { expectedRevision: 1n, ...options });
    expect(repeated.nextExpectedRevision).toBe(3n);
    expect(db.appends('twice').map(({ id }) => id)).toEqual([0, 1, 0, 1].map((id) => event(id).id));
  });

  it('remembers ids for those who expect nothing, until it is restarted', async () => {
    await client.appendToStream('any', events(0, 2), { expectedRevision: ANY, ...options });
    const repeated = await client.appendToStream('any', events(0, 2), { expectedRevision: STREAM_EXISTS, ...options });
    expect(repeated.nextExpectedRevision).toBe(1n);
    const mixed = await refusalOf(client.appendToStream('any', [event(0), event(9)], { expectedRevision: ANY, ...options }));
    expect(mixed).toMatchObject({ type: 'wrong-expected-version' });
    const elsewhere = await client.appendToStream('any-other', event(0), { expectedRevision: ANY, ...options });
    expect(elsewhere.nextExpectedRevision).toBe(0n);
  });

  it('refuses what is too large for one append, and takes what just fits', async () => {
    const bytes = (size: number) => binaryEvent({ type: 'b', data: new Uint8Array(size) });
    const max = 1024 * 1024;
    const expected = { expectedRevision: NO_STREAM, ...options } as const;
    const refusal = await refusalOf(client.appendToStream('large', [bytes(max / 2), bytes(max / 2)], expected));
    expect(refusal).toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: max });
    // A type counts two bytes for each letter.
    await client.appendToStream('large', [bytes(max / 2), bytes(max / 2 - 4)], expected);
    expect(db.appends('large')).toHaveLength(2);
  });

  it('counts the data alone before 24', async () => {
    const former = await EventStoreDb.start({ version: '23.10.6', maxAppendSize: 1_000 });
    const writer = connect(former.url);
    const bytes = (size: number) => binaryEvent({ type: 'a long name', data: new Uint8Array(size), metadata: new Uint8Array(100) });
    await writer.appendToStream('large', [bytes(500), bytes(500)], { expectedRevision: NO_STREAM, ...options });
    const refusal = await refusalOf(writer.appendToStream('large', [bytes(500), bytes(501)], { expectedRevision: 1n, ...options }));
    expect(refusal).toMatchObject({ type: 'maximum-append-size-exceeded', maxAppendSize: 1_000 });
    await writer.dispose();
    await former.close();
  });

  it('keeps an append of several chunks whole', async () => {
    await client.appendToStream('chunks', events(0, 50), { expectedRevision: NO_STREAM, batchAppendSize: 200, ...options });
    expect(db.appends('chunks').map(({ revision }) => revision)).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it('gives back what it was given', async () => {
    const json = jsonEvent({ type: 'json', data: { text: 'Grüße ✓', list: [1, null] }, metadata: { by: 'us' } });
    const binary = binaryEvent({ type: 'binary', data: Uint8Array.of(0, 255), metadata: Uint8Array.of(7) });
    await client.appendToStream('both', [json, binary], { expectedRevision: NO_STREAM, ...options });
    const read = (await all(client.readStream('both'))).map(({ event: recorded }) => recorded);
    expect(read[0]).toMatchObject({ id: json.id, type: 'json', data: json.data, metadata: json.metadata, isJson: true });
    expect(read[1]).toMatchObject({ id: binary.id, type: 'binary', isJson: false });
    expect([...(read[1]?.data as Uint8Array)]).toEqual([0, 255]);
    expect(Math.abs((read[0]?.created.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('brings a deleted stream back behind its last revision, and a tombstone ends it', async () => {
    await client.appendToStream('gone', events(0, 2), { expectedRevision: NO_STREAM, ...options });
    await client.deleteStream('gone', options);
    expect(await refusalOf(all(client.readStream('gone')))).toMatchObject({ type: 'stream-not-found' });
    expect(await refusalOf(client.appendToStream('gone', event(4), { expectedRevision: STREAM_EXISTS, ...options }))).toMatchObject({ type: 'stream-deleted' });
    const repeated = await client.appendToStream('gone', events(0, 2), { expectedRevision: NO_STREAM, ...options });
    expect(repeated.nextExpectedRevision).toBe(1n);
    await client.appendToStream('gone', event(5), { expectedRevision: 1n, ...options });
    expect((await all(client.readStream('gone'))).map(({ event: recorded }) => recorded?.revision)).toEqual([2n]);
    await client.tombstoneStream('gone', options);
    const refusal = await refusalOf(client.appendToStream('gone', event(6), { expectedRevision: ANY, ...options }));
    expect(refusal).toMatchObject({ type: 'stream-deleted', streamName: 'gone' });
    expect(await refusalOf(all(client.readStream('gone')))).toMatchObject({ type: 'stream-deleted', streamName: 'gone' });
    expect(await refusalOf(client.deleteStream('never there', options))).toMatchObject({ type: 'wrong-expected-version' });
  });
});
