import {
  digestOf,
  eventId,
  noStream,
  StoreUnavailable,
  type AppendResult,
  type EventStore,
  type NewEvent,
  type Position,
  type StoredEvent,
} from '#ledger';

/** A store under test and what the suite may do with it. */
export interface OpenedStore {
  readonly store: EventStore;
  /** Closes the store and opens the same log anew. */
  reopen(): Promise<EventStore>;
  /** Closes the store that is open now, if it still is, and leaves nothing behind. */
  destroy(): Promise<void>;
}

/** An event as the ledger makes them: canonical JSON, an id that follows from stream, revision and content. */
export function someEvent(stream: string, revision: number, content: unknown = revision): NewEvent {
  const json = JSON.stringify({ content, type: 'SomethingHappened', v: 1 });
  return { id: eventId(stream, revision, digestOf(json)), type: 'SomethingHappened', json };
}

/** `count` events that fit behind `expected`. */
export function someEvents(stream: string, expected: number, count: number, content?: unknown): NewEvent[] {
  return Array.from({ length: count }, (_, index) => someEvent(stream, expected + 1 + index, content));
}

/** An append that must fit. */
export async function grow(store: EventStore, stream: string, expected: number, count: number): Promise<Position[]> {
  const result = await store.append(stream, expected, someEvents(stream, expected, count));
  if (!result.appended) throw new Error(`${stream} is at revision ${result.actual}, not ${expected}.`);
  return [...result.positions];
}

async function wholeLog(store: EventStore): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await store.readAll({ after: events.at(-1)?.position ?? 0, limit: 100 });
    if (page.length === 0) return events;
    events.push(...page);
  }
}

/** Follows until `count` events have come. */
async function followed(store: EventStore, after: Position, count: number): Promise<StoredEvent[]> {
  const enough = new AbortController();
  const events: StoredEvent[] = [];
  for await (const batch of store.follow(after, enough.signal)) {
    events.push(...batch);
    if (events.length >= count) enough.abort();
  }
  return events;
}

/** What every event store has to keep. One suite for all of them: a difference is a bug. */
export function describeEventStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(`the event store contract, ${name}`, () => {
    let opened: OpenedStore;
    let store: EventStore;

    beforeEach(async () => {
      opened = await open();
      ({ store } = opened);
    });
    afterEach(() => opened.destroy());

    describeAppending(() => store);
    describeReading(() => store);
    describeFollowing(() => store);

    describe('reopening', () => {
      it('keeps every event, byte for byte, and goes on behind the last one', async () => {
        await grow(store, 'a', noStream, 3);
        await grow(store, 'b', noStream, 2);
        const before = await wholeLog(store);
        const reopened = await opened.reopen();

        expect(await wholeLog(reopened)).toEqual(before);
        expect(await reopened.head()).toBe(before.at(-1)?.position);
        expect(await reopened.append('a', 1, someEvents('a', 1, 1, 'too late'))).toEqual({ appended: false, actual: 2 });
        const [position] = await grow(reopened, 'a', 2, 1);
        expect(position).toBeGreaterThan(before.at(-1)?.position ?? Infinity);
      });

      it('writes what was accepted before it closes', async () => {
        const pending = Promise.all(['a', 'b', 'c'].map((stream) => grow(store, stream, noStream, 1)));
        const reopened = await opened.reopen();

        await pending;
        expect(await wholeLog(reopened)).toHaveLength(3);
      });

      it('rejects every call after closing and ends those who follow', async () => {
        await grow(store, 'a', noStream, 1);
        const follower = store.follow(1_000_000, new AbortController().signal)[Symbol.asyncIterator]();
        const closed = { name: 'StoreUnavailable', code: 'store-closed' };
        const ended = expect(follower.next()).rejects.toMatchObject(closed);
        await store.close();

        await ended;
        await expect(store.append('a', 0, someEvents('a', 0, 1))).rejects.toMatchObject(closed);
        await expect(store.readStream('a', { limit: 1 })).rejects.toMatchObject(closed);
        await expect(store.readAll({ after: 0, limit: 1 })).rejects.toBeInstanceOf(StoreUnavailable);
        await expect(store.head()).rejects.toMatchObject(closed);
        await expect(store.close()).resolves.toBeUndefined();
      });
    });
  });
}

function describeAppending(opened: () => EventStore): void {
  describe('appending', () => {
    let store: EventStore;
    beforeEach(() => (store = opened()));

    it('starts an empty log at position 0 and a stream at revision 0', async () => {
      expect(await store.head()).toBe(0);
      const result = await store.append('a', noStream, someEvents('a', noStream, 2));

      expect(result).toMatchObject({ appended: true });
      const events = await store.readStream('a', { limit: 10 });
      expect(events.map(({ revision }) => revision)).toEqual([0, 1]);
      expect(result).toEqual({ appended: true, positions: events.map(({ position }) => position) });
      expect(await store.head()).toBe(events.at(-1)?.position);
    });

    it.each([
      ['behind', 0],
      ['ahead', 2],
      ['that of a stream that does not exist', noStream],
    ])('answers a conflict with the actual revision when the expected one is %s', async (_, expected) => {
      await grow(store, 'a', noStream, 2);

      expect(await store.append('a', expected, someEvents('a', expected, 3))).toEqual({ appended: false, actual: 1 });
      expect(await wholeLog(store)).toHaveLength(2);
    });

    it('answers a conflict with -1 when events are expected in a stream without any', async () => {
      await grow(store, 'b', noStream, 1);

      expect(await store.append('a', 0, someEvents('a', 0, 1))).toEqual({ appended: false, actual: noStream });
      expect(await store.readStream('a', { limit: 10 })).toEqual([]);
      await grow(store, 'a', noStream, 1);
    });

    it('appends all events of a call next to each other in their stream, in the order given', async () => {
      const events = someEvents('a', noStream, 250);
      await store.append('a', noStream, events);

      const stored = await store.readStream('a', { limit: 1000 });
      expect(stored.map(({ id, type, json }) => ({ id, type, json }))).toEqual(events);
    });

    it('refuses an append without events', async () => {
      await expect(store.append('a', noStream, [])).rejects.toBeInstanceOf(TypeError);
    });

    it('lets exactly one of two racing appends win', async () => {
      for (let expected = noStream; expected < 20; expected += 1) {
        const results = await Promise.all(
          ['one', 'other'].map((who) => store.append('a', expected, [someEvent('a', expected + 1, who)])),
        );
        const losers = results.filter(({ appended }) => !appended);
        expect(losers).toEqual([{ appended: false, actual: expected + 1 }]);
      }
      const events = await store.readStream('a', { limit: 100 });
      expect(events.map(({ revision }) => revision)).toEqual(Array.from({ length: 21 }, (_, index) => index));
    });

    it('keeps other appends of the same moment when one is in conflict', async () => {
      await grow(store, 'a', noStream, 1);
      const results = await Promise.all([
        store.append('b', noStream, someEvents('b', noStream, 2)),
        store.append('a', noStream, someEvents('a', noStream, 2, 'too late')),
        store.append('a', 0, someEvents('a', 0, 1)),
        store.append('b', 1, someEvents('b', 1, 1)),
      ]);

      expect(results.map(({ appended }: AppendResult) => appended)).toEqual([true, false, true, true]);
      expect((await wholeLog(store)).map(({ stream, revision }) => `${stream}${revision}`).sort()).toEqual(
        ['a0', 'a1', 'b0', 'b1', 'b2'],
      );
    });

    it('does not store the same events twice when they are sent again', async () => {
      const events = someEvents('a', noStream, 2);
      await store.append('a', noStream, events);
      await store.append('a', noStream, events);

      expect(await wholeLog(store)).toHaveLength(2);
    });

    it('keeps the order of each of many streams written in parallel, at growing positions', async () => {
      const streams = Array.from({ length: 20 }, (_, index) => `s-${index}`);
      await Promise.all(
        streams.map(async (stream) => {
          for (let expected = noStream; expected < 29; expected += 3) await grow(store, stream, expected, 3);
        }),
      );

      const log = await wholeLog(store);
      expect(log).toHaveLength(600);
      const next = new Map(streams.map((stream) => [stream, 0]));
      let position = 0;
      for (const event of log) {
        expect(event.position).toBeGreaterThan(position);
        expect(event.revision).toBe(next.get(event.stream));
        position = event.position;
        next.set(event.stream, event.revision + 1);
      }
    });

    it('keeps large and outlandish content byte for byte', async () => {
      const outlandish = ['Åland, 中国, 🚢, \u0000\u001f\u007f\u2028', '"type":"Other"}', { type: 'Nested' }, ''];
      const contents = [...outlandish, 'é'.repeat(60_000)];
      const events = contents.map((content, revision) => someEvent('Ω/ %\'"', revision, content));
      await store.append('Ω/ %\'"', noStream, events);

      const stored = await store.readAll({ after: 0, limit: 10 });
      expect(stored.map(({ id, type, json }) => ({ id, type, json }))).toEqual(events);
      expect(stored.every(({ stream }) => stream === 'Ω/ %\'"')).toBe(true);
    });
  });
}

function describeReading(opened: () => EventStore): void {
  describe('reading', () => {
    let store: EventStore;
    beforeEach(async () => {
      store = opened();
      for (let expected = noStream; expected < 9; expected += 1) {
        await grow(store, 'a', expected, 1);
        await grow(store, 'b', expected, 1);
      }
    });

    it.each([
      ['from the start', { limit: 3 }, [0, 1, 2]],
      ['from a revision', { from: 4, limit: 3 }, [4, 5, 6]],
      ['to the end', { from: 8, limit: 5 }, [8, 9]],
      ['beyond the end', { from: 10, limit: 5 }, []],
      ['backwards from the end', { limit: 3, backwards: true }, [9, 8, 7]],
      ['backwards from a revision', { from: 1, limit: 5, backwards: true }, [1, 0]],
      ['backwards from beyond the end', { from: 100, limit: 2, backwards: true }, [9, 8]],
      ['only the last', { limit: 1, backwards: true }, [9]],
    ])('gives the events of a stream %s', async (_, range, revisions) => {
      const events = await store.readStream('b', range);

      expect(events.map(({ revision }) => revision)).toEqual(revisions);
      expect(events.every(({ stream }) => stream === 'b')).toBe(true);
    });

    it('gives nothing for a stream that does not exist, in either direction', async () => {
      expect(await store.readStream('c', { limit: 5 })).toEqual([]);
      expect(await store.readStream('c', { limit: 5, backwards: true })).toEqual([]);
    });

    it('gives the whole log in pages that miss and repeat nothing', async () => {
      const all = await store.readAll({ after: 0, limit: 100 });
      expect(all).toHaveLength(20);

      const paged: StoredEvent[] = [];
      for (;;) {
        const page = await store.readAll({ after: paged.at(-1)?.position ?? 0, limit: 7 });
        expect(page.length).toBeLessThanOrEqual(7);
        if (page.length === 0) break;
        paged.push(...page);
      }
      expect(paged).toEqual(all);
    });

    it('sees an append as soon as it has been answered', async () => {
      for (let expected = 9; expected < 40; expected += 1) {
        const [position] = await grow(store, 'a', expected, 1);
        const [last] = await store.readStream('a', { limit: 1, backwards: true });
        expect(last).toMatchObject({ revision: expected + 1, position });
        expect(await store.head()).toBe(position);
      }
    });
  });
}

function describeFollowing(opened: () => EventStore): void {
  describe('following', () => {
    let store: EventStore;
    beforeEach(() => (store = opened()));

    /** 40 streams, 5 events each, as fast as the store takes them. */
    const growConcurrently = async (): Promise<void> => {
      const streams = Array.from({ length: 40 }, (_, index) => `s-${index}`);
      await Promise.all(
        streams.map(async (stream) => {
          for (let expected = noStream; expected < 4; expected += 1) await grow(store, stream, expected, 1);
        }),
      );
    };

    it.each(['the beginning', 'the middle', 'the head'] as const)(
      'from %s gives every event once and in order, also while the log grows',
      async (start) => {
        const positions = await grow(store, 'a', noStream, 1200);
        const [middle = 0, head = 0] = [positions[599], positions.at(-1)];
        const from = { 'the beginning': 0, 'the middle': middle, 'the head': head }[start];
        const left = { 'the beginning': 1200, 'the middle': 600, 'the head': 0 }[start];
        const [events] = await Promise.all([followed(store, from, left + 200), growConcurrently()]);

        expect(events).toEqual((await wholeLog(store)).filter(({ position }) => position > from));
        expect(events).toHaveLength(left + 200);
      },
    );

    it('from beyond the head waits for what comes after that', async () => {
      await grow(store, 'a', noStream, 1);
      const beyond = (await store.head()) + 5;
      const following = followed(store, beyond, 1);
      for (let expected = 0; (await store.head()) <= beyond; expected += 1) await grow(store, 'a', expected, 1);

      const [event] = await following;
      expect(event?.position).toBeGreaterThan(beyond);
    });

    it('serves several followers, each at its own place', async () => {
      const following = Promise.all([followed(store, 0, 200), followed(store, 0, 200)]);
      await growConcurrently();

      const [one, other] = await following;
      expect(one).toEqual(other);
      expect(one).toEqual(await wholeLog(store));
    });

    it('ends at once when it is told to, while it waits and while there is more', async () => {
      const waiting = new AbortController();
      const idle = store.follow(0, waiting.signal)[Symbol.asyncIterator]();
      const next = idle.next();
      setImmediate(() => waiting.abort());
      expect(await next).toEqual({ done: true, value: undefined });

      await grow(store, 'a', noStream, 1200);
      const reading = new AbortController();
      const busy = store.follow(0, reading.signal)[Symbol.asyncIterator]();
      expect((await busy.next()).done).toBe(false);
      reading.abort();
      expect(await busy.next()).toEqual({ done: true, value: undefined });
      const late = store.follow(0, reading.signal)[Symbol.asyncIterator]();
      expect(await late.next()).toEqual({ done: true, value: undefined });
    });

    it('ends when its consumer leaves', async () => {
      await grow(store, 'a', noStream, 3);
      for await (const batch of store.follow(0, new AbortController().signal)) {
        expect(batch.length).toBeGreaterThan(0);
        break;
      }
      await store.close();
    });

    it('gives a slow consumer everything, in batches of bounded size, and holds up nobody for it', async () => {
      await grow(store, 'a', noStream, 3000);
      const events: StoredEvent[] = [];
      const stop = new AbortController();
      let expected = 2999;
      for await (const batch of store.follow(0, stop.signal)) {
        expect(batch.length).toBeLessThanOrEqual(1000);
        events.push(...batch);
        if (expected === 2999) await grow(store, 'a', expected, 10);
        expected = 3009;
        if (events.length >= 3010) stop.abort();
      }
      expect(events).toEqual(await wholeLog(store));
    });
  });
}
