import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { MemoryEventStore, openEventStore, type EventStore, type StoredEvent } from '#ledger';
import { FaultyEventStore, type AppendFault } from '../../../../libs/ledger/src/testing/faulty-event-store.js';
import { GappedEventStore } from '../testing/gapped-event-store.js';
import { moveLog, type Moved } from './move-log.js';
import { contentOf, sealedEvents, sourceOf } from '../testing/sample-source.js';

const unwatched = { onMoved: () => undefined, onVerified: () => undefined };
const streams = 'aaabbacabccddaaaaaabbc'.split('').map((letter) => `quota-country:${letter}`);
const events = sealedEvents(streams);
const content = events.map(({ position: _position, ...event }) => event);

function move(from: readonly StoredEvent[], store: EventStore, patienceMs = 5_000): Promise<Moved> {
  return moveLog(sourceOf(from), { name: 'the target', store, patienceMs }, unwatched);
}

/** A store that already has the first events of the log. */
async function begun(store: EventStore, count: number): Promise<EventStore> {
  for (const { stream, revision, id, type, json } of events.slice(0, count)) await store.append(stream, revision - 1, [{ id, type, json }]);
  return store;
}

function replaced(index: number, change: (event: StoredEvent) => Partial<StoredEvent>): readonly StoredEvent[] {
  return events.map((event, at) => (at === index ? { ...event, ...change(event) } : event));
}

describe('moving a log', () => {
  it.each<[string, () => EventStore]>([
    ['to dense positions', () => new MemoryEventStore()],
    ['to a shared store whose positions have gaps and whose appends are small', () => new GappedEventStore()],
  ])('keeps bytes, ids, types, revisions, streams and order, from wherever it stopped: %s', async (_, open) => {
    for (let there = 0; there <= events.length; there += 1) {
      const store = await begun(open(), there);
      const moved = await move(events, store);
      expect(await contentOf(store)).toEqual(content);
      expect(moved).toMatchObject({ events: events.length, streams: 4, written: events.length - there });
    }
  });

  it('comes to the same from a store with gaps as from one without', async () => {
    const gapped = await begun(new GappedEventStore(), events.length);
    const store = new MemoryEventStore();
    const { sha256 } = await move(await gapped.readAll({ after: 0, limit: 100 }), store);
    expect(await contentOf(store)).toEqual(content);
    expect(sha256).toBe((await move(events, new MemoryEventStore())).sha256);
  });

  it('moves nothing of an empty log', async () => {
    expect(await move([], new MemoryEventStore())).toMatchObject({ events: 0, streams: 0, written: 0 });
  });

  it('refuses a target that holds something else, names the first event that differs and writes nothing', async () => {
    const other = sealedEvents(streams);
    for (const at of [0, 1, 7, events.length - 1]) {
      const store = await begun(new MemoryEventStore(), at);
      // The same place, sealed another time: another nonce.
      const { stream, revision, id, type, json } = other[at] as StoredEvent;
      await store.append(stream, revision - 1, [{ id, type, json }]);
      const before = await contentOf(store);
      await expect(move(events, store)).rejects.toMatchObject({
        name: 'MismatchFound',
        message: expect.stringMatching(new RegExp(`position ${at + 1} is LineSuspended ${stream}@${revision} \\(${id}\\).*Nothing was written`)) as string,
      });
      expect(await contentOf(store)).toEqual(before);
    }
  });

  it('refuses a target that goes on where the source ends', async () => {
    const store = await begun(new MemoryEventStore(), 12);
    await expect(move(events.slice(0, 9), store)).rejects.toThrow(/ends where the target goes on with .*Nothing was written/);
    await expect(move([], store)).rejects.toThrow('goes on');
    expect(await contentOf(store)).toHaveLength(12);
  });

  it.each<[string, readonly StoredEvent[], string]>([
    ['was changed', replaced(7, ({ json }) => ({ json: json.replace('reason 7', 'reason 8') })), 'position 8 (quota-country:a@4): its id is not that of its content'],
    ['has another id', replaced(7, () => ({ id: (events[6] as StoredEvent).id })), 'its id is not that of its content'],
    ['is missing', events.filter((_, index) => index !== 7), 'it has revision 5 where 4 was due'],
    ['is there twice', [...events.slice(0, 8), ...events.slice(7)], 'it has revision 4 where 5 was due'],
    ['stands in another stream', replaced(7, () => ({ stream: 'quota-country:z', revision: 0 })), 'its id is not'],
    [
      'was put in from another log',
      [...events.slice(0, 2), ...sealedEvents(['quota-country:a', 'quota-country:a', 'quota-country:a']).slice(2)],
      'does not name the hash of the event before it',
    ],
  ])('stops at an event that %s, and what comes before it is there', async (_, damaged, words) => {
    const store = new MemoryEventStore();
    await expect(move(damaged, store)).rejects.toMatchObject({ name: 'UnsoundEvent', message: expect.stringContaining(words) as string });
    const kept = await contentOf(store);
    expect(kept.length).toBeGreaterThan(1);
    expect(kept).toEqual(damaged.slice(0, kept.length).map(({ position: _position, ...event }) => event));
  });

  it('keeps what came of a source that breaks off', async () => {
    const store = new MemoryEventStore();
    const source = sourceOf(events.slice(0, 10), { breaksOff: new Error('cut') });
    await expect(moveLog(source, { name: 'the target', store }, unwatched)).rejects.toThrow('cut');
    expect(await contentOf(store)).toEqual(content.slice(0, 10));
  });

  it('comes through outages and lost answers of a shared store, with every event once', async () => {
    const fault = fc.constantFrom<AppendFault>('unavailable', 'unknown-lost', 'unknown-stored');
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { maxLength: 4 }), async (faults) => {
        const store = new FaultyEventStore(new GappedEventStore());
        store.failNext(...faults);
        await move(events, store);
        expect(await contentOf(store)).toEqual(content);
      }),
      { numRuns: 10 },
    );
  });

  it('gives up a store that stays away, and goes on when it is run again', async () => {
    const cluster = new GappedEventStore();
    const store = new FaultyEventStore(cluster);
    store.failNext('unknown-stored', ...Array<AppendFault>(100).fill('unavailable'));
    await expect(move(events, store, 100)).rejects.toMatchObject({
      name: 'Unreachable',
      message: expect.stringContaining('Run the same command again') as string,
    });
    const { written } = await move(events, cluster);
    expect(written).toBeLessThan(events.length);
    expect(await contentOf(cluster)).toEqual(content);
  });

  it('says at once when a disk is full', async () => {
    const store = new FaultyEventStore(new GappedEventStore());
    store.failNext('storage-full');
    await expect(move(events, store, 60_000)).rejects.toMatchObject({ name: 'Unreachable' });
  });

  it('stops when somebody else writes to one of its streams', async () => {
    const store = new GappedEventStore();
    const [own] = sealedEvents(['quota-country:d']) as [StoredEvent];
    const source = { ...sourceOf(events), read: () => interrupted(events, async () => void (await store.append(own.stream, -1, [own]))) };
    await expect(moveLog(source, { name: 'the target', store }, unwatched)).rejects.toMatchObject({
      name: 'Refused',
      message: expect.stringContaining('quota-country:d in the target is at revision 0 where -1 was due') as string,
    });
  });

  it('finds at the end what somebody else wrote to another stream meanwhile', async () => {
    const store = new GappedEventStore();
    const [own] = sealedEvents(['quota-country:z']) as [StoredEvent];
    const source = { ...sourceOf(events), read: () => interrupted(events, async () => void (await store.append(own.stream, -1, [own]))) };
    await expect(moveLog(source, { name: 'the target', store }, unwatched)).rejects.toMatchObject({
      name: 'MismatchFound',
      message: expect.stringContaining('quota-country:z has 0 events in one and 1 in the other') as string,
    });
  });
});

/** A source during which something happens, once its first half has been read. */
async function* interrupted(all: readonly StoredEvent[], happens: () => Promise<void>): AsyncIterable<readonly StoredEvent[]> {
  yield all.slice(0, 8);
  await happens();
  yield all.slice(8);
}

describe('moving a log to the disk', () => {
  let dataDir: string;
  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'quota-move-'))));
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('leaves a beginning of the log when the disk is full, and goes on once there is room', async () => {
    const long = sealedEvents(Array.from({ length: 12_000 }, (_, index) => `quota-country:${index % 7}`));
    const small = await openEventStore({ dataDir, logBytesMax: 3.5 * 2 ** 20 });
    const source = sourceOf(long, { batch: 1000 });
    await expect(moveLog(source, { name: 'the target', store: small }, unwatched)).rejects.toMatchObject({
      name: 'Unreachable',
      message: expect.stringContaining('no room') as string,
    });
    const kept = await small.readAll({ after: 0, limit: 100_000 });
    await small.close();
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.map(({ id }) => id)).toEqual(long.slice(0, kept.length).map(({ id }) => id));
    const store = await openEventStore({ dataDir });
    expect(await moveLog(source, { name: 'the target', store }, unwatched)).toMatchObject({ events: 12_000, written: 12_000 - kept.length });
    await store.close();
  });
});
