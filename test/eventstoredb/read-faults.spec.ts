import { all, BACKWARDS, connect, END, event, events, NO_STREAM } from './client-under-test.js';
import { refusalOf, streamNameFilter, until, type Client } from './client-under-test.js';
import { EventStoreDb } from './event-store-db.js';
import { type Fault } from './faults.js';

const cut = { type: expect.stringMatching(/unavailable|cancelled/) };

describe('faults', () => {
  let db: EventStoreDb;
  let client: Client;

  beforeEach(async () => {
    db = await EventStoreDb.start({ systemEventsEvery: 0 });
    client = connect(db.url);
    await client.appendToStream('quota-a', events(0, 10), { expectedRevision: NO_STREAM });
  });
  afterEach(async () => {
    await client.dispose();
    await until(() => db.openCalls.reads === 0 && db.openCalls.subscriptions === 0);
    await db.close();
  });

  describe('of reads', () => {
    const failures: readonly [string, Omit<Fault, 'on'>, Record<string, unknown>][] = [
      ['refused', { kind: 'refuse' }, { type: 'unavailable' }],
      ['failed with any status', { kind: 'fail', code: 13 }, { type: 'unknown', code: 13 }],
      ['cut off', { kind: 'drop-before' }, cut],
      ['cancelled by a server that shuts down', { kind: 'shut-down' }, { type: 'cancelled' }],
      ['cut off in the middle', { kind: 'drop-after' }, cut],
      ['too early for the server', { kind: 'not-ready' }, { type: 'unavailable', message: expect.stringContaining('Server Is Not Ready') }],
      ['sent to a leader', { kind: 'not-leader' }, { type: 'not-leader' }],
    ];
    it.each(failures)('a read is %s, once', async (_, fault, expected) => {
      db.faults.inject({ ...fault, on: 'read' });
      await expect(refusalOf(all(client.readStream('quota-a')))).resolves.toMatchObject(expected);
      await expect(all(client.readStream('quota-a'))).resolves.toHaveLength(10);
    });

    it('a read of $all is cut off in the middle', async () => {
      db.faults.inject({ kind: 'drop-after', on: 'read' });
      const seen: unknown[] = [];
      const failure = await refusalOf(
        (async () => {
          for await (const one of client.readAll()) seen.push(one);
        })(),
      );
      expect(failure).toMatchObject(cut);
      expect(seen.length).toBeLessThanOrEqual(6);
    });

    it('a read that hangs has no end, whatever its deadline, until it is cancelled', async () => {
      db.faults.inject({ kind: 'hang', on: 'read' });
      const read = client.readStream('quota-a', { deadline: 50 });
      let isOver = false;
      const over = all(read).then(
        () => (isOver = true),
        () => (isOver = true),
      );
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect([isOver, db.openCalls.reads]).toEqual([false, 1]);
      await read.cancel();
      await until(() => db.openCalls.reads === 0);
      read.destroy();
      await over;
    });

    it('a read is delayed', async () => {
      db.faults.inject({ kind: 'delay', delayMs: 100, on: 'read' });
      const startedAt = performance.now();
      const newest = client.readStream('quota-a', { direction: BACKWARDS, fromRevision: END, maxCount: 1 });
      await expect(all(newest)).resolves.toHaveLength(1);
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(99);
    });

    it('a read goes on after a restart', async () => {
      await db.restart();
      await refusalOf(all(client.readStream('quota-a')));
      await expect(all(client.readStream('quota-a'))).resolves.toHaveLength(10);
    });
  });

  it('are refused where they cannot happen', () => {
    const impossible = { kind: 'silence', on: ['subscribe', 'append'] } as const;
    expect(() => db.faults.inject(impossible)).toThrow(/^No append can silence: it is one of refuse, /);
    expect(db.faults.strike('subscribe')).toBeUndefined();
  });

  describe('of subscriptions', () => {
    interface Followed {
      readonly seen: string[];
      readonly ends: string[];
      failure: Record<string, unknown> | undefined;
      unsubscribe(): Promise<void>;
    }

    function follow(): Followed {
      const subscription = client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['quota-'] }) });
      const followed: Followed = { seen: [], ends: [], failure: undefined, unsubscribe: () => subscription.unsubscribe() };
      subscription
        .on('data', ({ event: recorded }) => followed.seen.push(`${recorded?.revision}`))
        .on('caughtUp', () => followed.seen.push('caught up'))
        .on('error', (error) => (followed.failure = error as unknown as Record<string, unknown>))
        .on('end', () => followed.ends.push('end'))
        .on('close', () => followed.ends.push('close'));
      return followed;
    }

    async function caughtUp(): Promise<Followed> {
      const followed = follow();
      await until(() => followed.seen.includes('caught up'));
      return followed;
    }

    const failures: readonly [string, Omit<Fault, 'on'>, Record<string, unknown>][] = [
      ['refused', { kind: 'refuse' }, { type: 'unavailable' }],
      ['cut off', { kind: 'drop-before' }, cut],
      ['sent to a leader', { kind: 'not-leader' }, { type: 'not-leader' }],
    ];
    it.each(failures)('one is %s when it begins', async (_, fault, expected) => {
      db.faults.inject({ ...fault, on: 'subscribe' });
      const followed = follow();
      await until(() => followed.failure !== undefined);
      expect(followed.failure).toMatchObject(expected);
      expect(followed.seen).toEqual([]);
      await caughtUp();
    });

    it.each<[string, Fault['kind'], Record<string, unknown>]>([
      ['dropped as too slow', 'too-slow', { type: 'timeout', code: 10, message: expect.stringContaining('Consumer too slow') }],
      ['cut off', 'drop-after', cut],
      ['cancelled by a server that shuts down', 'shut-down', { type: 'cancelled' }],
    ])('an open one is %s, at once', async (_, kind, expected) => {
      const followed = await caughtUp();
      db.faults.inject({ kind, on: 'subscribe' });
      await until(() => followed.failure !== undefined);
      expect(followed.failure).toMatchObject(expected);
      expect(db.openCalls.subscriptions).toBe(0);
      await caughtUp();
    });

    it('an open one ends as if all were well, without any error', async () => {
      const followed = await caughtUp();
      db.faults.inject({ kind: 'end', on: 'subscribe' });
      await until(() => followed.ends.length === 2);
      expect([followed.ends, followed.failure]).toEqual([['end', 'close'], undefined]);
    });

    it('an open one falls silent for good, while others go on', async () => {
      const silent = await caughtUp();
      const id = db.faults.inject({ kind: 'silence', on: 'subscribe' });
      await until(() => db.faults.struck(id) === 1);
      const other = await caughtUp();
      await client.appendToStream('quota-a', event(10), { expectedRevision: 9n });
      await until(() => other.seen.includes('10'));
      expect(silent.seen).not.toContain('10');
      expect(silent.failure).toBeUndefined();
      expect(db.openCalls.subscriptions).toBe(2);
      await silent.unsubscribe();
      await until(() => db.openCalls.subscriptions === 1);
    });

    it('one that hangs is not even confirmed', async () => {
      db.faults.inject({ kind: 'hang', on: 'subscribe' });
      const followed = follow();
      await caughtUp();
      expect(followed.seen).toEqual([]);
      expect(db.openCalls.subscriptions).toBe(2);
      await followed.unsubscribe();
    });

    it('all of them fail when the server is restarted, and do not come back by themselves', async () => {
      const followed = await caughtUp();
      await db.restart();
      await until(() => followed.failure !== undefined);
      expect(followed.failure).toMatchObject(cut);
      await caughtUp();
      expect(db.openCalls.subscriptions).toBe(1);
    });
  });
});
