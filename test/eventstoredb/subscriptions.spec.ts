import { type EventData } from '@eventstore/db-client';
import {
  all,
  binaryEvent,
  connect,
  END,
  event,
  events,
  eventTypeFilter,
  excludeSystemEvents,
  nameOf,
  NO_STREAM,
  START,
  streamNameFilter,
  until,
  type Client,
} from './client-under-test.js';
import { EventStoreDb } from './event-store-db.js';

type Subscription = ReturnType<Client['subscribeToAll']>;
type Position = { readonly commit: bigint; readonly prepare: bigint };

/** Everything that a subscription brings, in order: names of events, `caught up`, `fell behind`, `checkpoint`. */
class Follower {
  readonly seen: string[] = [];
  readonly checkpoints: Position[] = [];
  failure: unknown;
  hasEnded = false;
  readonly subscription: Subscription;

  constructor(client: Client, options: Parameters<Client['subscribeToAll']>[0] = {}) {
    const filter = options.filter && {
      ...options.filter,
      checkpointReached: async (_: unknown, position: Position): Promise<void> => {
        this.seen.push('checkpoint');
        this.checkpoints.push(position);
      },
    };
    this.subscription = client
      .subscribeToAll({ ...options, ...(filter && { filter }) })
      .on('data', (resolved) => this.seen.push(nameOf(resolved)))
      .on('caughtUp', () => this.seen.push('caught up'))
      .on('fellBehind', () => this.seen.push('fell behind'))
      .on('error', (error) => (this.failure = error))
      .on('end', () => (this.hasEnded = true));
  }

  get names(): string[] {
    return this.seen.filter((one) => one.includes('/'));
  }

  async untilSeen(...names: readonly string[]): Promise<void> {
    await until(() => names.every((name) => this.seen.includes(name)));
  }
}

/** Far more than the buffers between a server and a client that does not read hold: 1.2 MB. */
const manyEvents = 300;
const large = (count: number): EventData[] =>
  Array.from({ length: count }, () => binaryEvent({ type: 'large', data: new Uint8Array(4_096) }));

const ours = streamNameFilter({ prefixes: ['quota-'] });

describe('subscriptions to $all', () => {
  let db: EventStoreDb;
  let client: Client;

  beforeEach(async () => {
    db = await EventStoreDb.start({ systemEventsEvery: 0 });
    client = connect(db.url);
  });
  afterEach(async () => {
    await client.dispose();
    await until(() => db.openCalls.subscriptions === 0);
    await db.close();
  });

  it('catch up, say so, and go on with what comes, once each and in order', async () => {
    await client.appendToStream('quota-a', events(0, 100), { expectedRevision: NO_STREAM });
    const follower = new Follower(client, { filter: ours });
    for (let index = 0; index < 50; index += 1) {
      await client.appendToStream('quota-b', event(index), { expectedRevision: index === 0 ? NO_STREAM : BigInt(index - 1) });
    }
    await follower.untilSeen('quota-b/49', 'caught up');
    const expected = (await all(client.readAll())).map(nameOf).filter((name) => name.startsWith('quota-'));
    expect(follower.names).toEqual(expected);
    expect(follower.seen.indexOf('caught up')).toBeGreaterThan(follower.seen.indexOf('quota-a/99'));
  });

  it('start behind the position that they are given', async () => {
    await client.appendToStream('quota-a', events(0, 3), { expectedRevision: NO_STREAM });
    const [, , , second] = await all(client.readAll());
    expect(second && nameOf(second)).toBe('quota-a/1');
    const follower = new Follower(client, { fromPosition: second?.event?.position ?? START, filter: ours });
    await follower.untilSeen('caught up');
    expect(follower.names).toEqual(['quota-a/2']);
  });

  it('bring nothing but what is new from the end', async () => {
    await client.appendToStream('quota-a', events(0, 3), { expectedRevision: NO_STREAM });
    const follower = new Follower(client, { fromPosition: END, filter: ours });
    await follower.untilSeen('caught up');
    await client.appendToStream('quota-a', event(3), { expectedRevision: 2n });
    await follower.untilSeen('quota-a/3');
    expect(follower.names).toEqual(['quota-a/3']);
    expect(follower.checkpoints).toEqual([]);
  });

  it('refuse a position within an event, and wait at one that is still to come', async () => {
    const [first] = await all(client.readAll());
    const within = (first?.event?.position?.commit ?? 0n) + 1n;
    const refused = new Follower(client, { fromPosition: { commit: within, prepare: within }, filter: ours });
    await until(() => refused.failure !== undefined);
    expect(refused.failure).toMatchObject({ type: 'unknown', code: 3 });
    const ahead = new Follower(client, { fromPosition: { commit: 100_000n, prepare: 100_000n }, filter: ours });
    await ahead.untilSeen('caught up');
  });

  it.each([
    ['24.10.4', ['quota-a/1', 'quota-a/2'], 3],
    ['23.10.6', ['quota-a/2'], 2],
  ])('of version %s that begin within the place of an event bring %j', async (version, expected, code) => {
    const other = await EventStoreDb.start({ version, systemEventsEvery: 0 });
    const writer = connect(other.url);
    await writer.appendToStream('quota-a', events(0, 3), { expectedRevision: NO_STREAM });
    const { commit = 0n } = (await all(writer.readAll())).at(-2)?.event?.position ?? {};
    const follower = new Follower(writer, { fromPosition: { commit, prepare: 0n }, filter: ours });
    await follower.untilSeen('caught up');
    expect(follower.names).toEqual(expected);
    const refused = new Follower(writer, { fromPosition: { commit: commit + 1n, prepare: commit + 1n }, filter: ours });
    await until(() => refused.failure !== undefined);
    expect(refused.failure).toMatchObject({ type: 'unknown', code });
    await writer.dispose();
    await other.close();
  });

  it.each<[string, Parameters<Client['subscribeToAll']>[0], readonly string[]]>([
    ['by prefixes of the stream', { filter: streamNameFilter({ prefixes: ['quota-', 'par'] }) }, ['quota-a/0', 'party-b/0', 'quota-a/1']],
    ['by an expression for the stream', { filter: streamNameFilter({ regex: '-b$' }) }, ['party-b/0', 'other-b/0']],
    ['by prefixes of the type', { filter: eventTypeFilter({ prefixes: ['ship'] }) }, ['quota-a/1', 'other-b/0']],
    ['by an expression for the type', { filter: excludeSystemEvents() }, ['quota-a/0', 'party-b/0', 'quota-a/1', 'other-b/0']],
    ['not at all', {}, ['$user-admin/0', '$users/0', 'quota-a/0', 'party-b/0', 'quota-a/1', 'other-b/0']],
  ])('filter %s', async (_, options, expected) => {
    await client.appendToStream('quota-a', event(0, 'reserved'), { expectedRevision: NO_STREAM });
    await client.appendToStream('party-b', event(1, 'registered'), { expectedRevision: NO_STREAM });
    const follower = new Follower(client, options);
    await follower.untilSeen('caught up');
    await client.appendToStream('quota-a', event(2, 'shipped'), { expectedRevision: 0n });
    await client.appendToStream('other-b', event(3, 'shipped'), { expectedRevision: NO_STREAM });
    await follower.untilSeen(expected.at(-1) as string);
    expect(follower.names).toEqual(expected);
  });

  describe('with a filter', () => {
    it('tell how far they are after so many events, wanted or not, also while they are live', async () => {
      db.writeSystemEvents(200);
      const filter = streamNameFilter({ prefixes: ['quota-'], maxSearchWindow: 10, checkpointInterval: 3 });
      const follower = new Follower(client, { filter });
      await follower.untilSeen('caught up');
      expect(follower.checkpoints).toHaveLength(Math.floor(202 / 30) + 1);
      db.writeSystemEvents(90);
      await until(() => follower.checkpoints.length === 7 + 3);
      const last = (await all(client.readAll())).at(-1)?.event?.position;
      expect(follower.checkpoints.at(-1)).toEqual(last);
    });

    it('lose nothing when they go on from any checkpoint, if both of its positions are kept', async () => {
      await client.appendToStream('quota-a', events(0, 40), { expectedRevision: NO_STREAM });
      db.writeSystemEvents(64 - 42);
      const first = new Follower(client, { filter: ours });
      await first.untilSeen('caught up');
      // The log ends with a page: the checkpoint is between its last event and the one that is still to come.
      const checkpoint = first.checkpoints.at(-1) as Position;
      expect(checkpoint.prepare).toBe(0n);
      await first.subscription.unsubscribe();
      await client.appendToStream('quota-a', event(40), { expectedRevision: 39n });
      expect((await all(client.readAll())).at(-1)?.commitPosition).toBe(checkpoint.commit);
      const second = new Follower(client, { filter: ours, fromPosition: checkpoint });
      await second.untilSeen('caught up');
      expect(second.names).toEqual(['quota-a/40']);
    });
  });

  it('do not run ahead of a client that does not read', async () => {
    for (let index = 0; index < manyEvents; index += 100) await client.appendToStream('quota-a', large(100));
    const before = db.openCalls.framesSent;
    const subscription = client.subscribeToAll({ filter: ours });
    await until(() => db.openCalls.framesSent > before + 10);
    let sent = 0;
    // It stands still once the buffers between the two are full.
    while (sent !== db.openCalls.framesSent) {
      sent = db.openCalls.framesSent;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(sent - before).toBeLessThan(manyEvents / 2);
    let read = 0;
    for await (const _ of subscription) if ((read += 1) === manyEvents) break;
    await subscription.unsubscribe();
  });

  describe('that are too slow for what is new', () => {
    /** Caught up and then not reading, while far more is written than all buffers hold. */
    async function slow(url: string, writer: Client): Promise<Follower> {
      const follower = new Follower(connect(url), { filter: ours });
      await follower.untilSeen('caught up');
      follower.subscription.pause();
      for (let index = 0; index < manyEvents; index += 10) await writer.appendToStream('quota-a', large(10));
      follower.subscription.resume();
      return follower;
    }

    it('fall behind and catch up again', async () => {
      const follower = await slow(db.url, client);
      await until(() => follower.seen.filter((one) => one === 'caught up').length > 1 && follower.names.length === manyEvents);
      expect(follower.seen).toContain('fell behind');
      expect(follower.names).toEqual(Array.from({ length: manyEvents }, (_, index) => `quota-a/${index}`));
      await follower.subscription.unsubscribe();
    });

    it('were dropped by servers before 24', async () => {
      const former = await EventStoreDb.start({ version: '23.10.6' });
      const writer = connect(former.url);
      const follower = await slow(former.url, writer);
      await until(() => follower.failure !== undefined);
      expect(follower.failure).toMatchObject({ type: 'timeout', code: 10, message: expect.stringContaining('Consumer too slow') });
      expect(follower.seen).not.toContain('fell behind');
      await writer.dispose();
      await former.close();
    });
  });

  it.each([
    ['23.10.6', 33, 'timeout'],
    ['23.10.6', 32, undefined],
    ['24.10.4', 200, undefined],
  ])('of version %s that are live and get one commit of %s events: %s', async (version, count, failure) => {
    const other = await EventStoreDb.start({ version, systemEventsEvery: 0 });
    const writer = connect(other.url);
    const follower = new Follower(writer, { filter: ours });
    await follower.untilSeen('caught up');
    await writer.appendToStream('other-a', events(0, count), { expectedRevision: NO_STREAM });
    await writer.appendToStream('quota-a', events(1_000, count), { expectedRevision: NO_STREAM });
    await until(() => (failure === undefined ? follower.names.length === count : follower.failure !== undefined));
    expect(follower.failure).toEqual(failure === undefined ? undefined : expect.objectContaining({ type: failure, code: 10 }));
    expect(follower.names).toHaveLength(Math.min(count, failure === undefined ? count : 32));
    const late = new Follower(writer, { filter: ours });
    await late.untilSeen('caught up');
    expect(late.names).toHaveLength(count);
    await writer.dispose();
    await other.close();
  });

  it('of a single stream start behind a revision', async () => {
    await client.appendToStream('quota-a', events(0, 3), { expectedRevision: NO_STREAM });
    const seen: (bigint | undefined)[] = [];
    const subscription = client.subscribeToStream('quota-a', { fromRevision: 0n });
    subscription.on('data', ({ event: recorded }) => seen.push(recorded?.revision));
    await until(() => seen.length === 2);
    await client.appendToStream('quota-a', event(3), { expectedRevision: 2n });
    await until(() => seen.length === 3);
    expect(seen).toEqual([1n, 2n, 3n]);
    await subscription.unsubscribe();
  });
});
