import { setImmediate as nextTurn } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { decodeEvent, MemoryEventStore, type AlertEvent, type EventStore, type StoredEvent } from '#ledger';
import { FaultyEventStore, type AppendFault } from '../../../ledger/src/testing/faulty-event-store.js';
import { stateHash } from '../testing/state-hash.js';
import { ViewsFile } from '../file/views-file.js';
import { openInlineViews } from '../testing/inline-views.js';
import { SampleUveuLog } from '../testing/sample-uveu-log.js';
import type { Views } from '../views.js';
import type { AlertRow } from '../views/alerts/alerts.js';
import { AlertFollower } from './alert-follower.js';

/** Ends what hangs, and judges nothing. */
const patienceMs = 600_000;
const line = 'uveu:falcon';
const afterAugust = '2026-08-02T00:01:00Z';
const afterFebruary = '2027-02-02T00:01:00Z';

interface Instance {
  readonly views: Views;
  readonly follower: AlertFollower;
  now: string;
}

describe('an alert at a reporting date', () => {
  const open: { close(): Promise<void> }[] = [];
  const explained: string[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
    explained.splice(0);
  });

  async function start(store: EventStore, now: string): Promise<Instance> {
    const views = await openInlineViews({ store });
    const clock = (): number => Date.parse(instance.now);
    const follower = new AlertFollower({ views, store, clock, explain: (reason) => explained.push(reason) });
    follower.start();
    const instance = { views, follower, now };
    open.push(views, follower);
    await views.ready();
    return instance;
  }

  async function measured({ views, follower }: Instance): Promise<readonly AlertRow[]> {
    expect(await follower.settled(patienceMs)).toBe(true);
    return (await views.ask('alerts', { limit: 50, level: 'measured' })).items;
  }

  /** What the alert stream of the line has of this level, as `+2026-08-01` and `-2027-02-01`. */
  async function recordedIn(store: EventStore): Promise<readonly string[]> {
    const events = (await store.readStream(`alerts-${line}`, { limit: 500 })).map(({ json }) => decodeEvent(json) as AlertEvent);
    return events.flatMap((event) =>
      'measuredOn' in event && event.measuredOn !== undefined ? [`${event.type === 'AlertRaised' ? '+' : '-'}${event.measuredOn}`] : [],
    );
  }

  async function write(store: EventStore, events: readonly StoredEvent[]): Promise<void> {
    for (const event of events) await store.append(event.stream, event.revision - 1, [event]);
  }

  /** Timers ring only when time is let pass. */
  async function byHand(test: () => Promise<void>): Promise<void> {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'Date'] });
    try {
      await test();
    } finally {
      jest.useRealTimers();
    }
  }

  async function passTimeUntil(holds: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await holds())) {
      jest.advanceTimersByTime(1_000);
      await nextTurn();
    }
  }

  it('is raised beside the one that was raised when the share was passed', async () => {
    const log = new SampleUveuLog().use(line, 500).use(line, 1250).use('uveu:other', 1000);
    const instance = await start(new MemoryEventStore(log.events), afterAugust);
    expect(await measured(instance)).toEqual([
      {
        id: expect.any(String),
        line,
        level: 'measured',
        threshold: 1,
        utilization: 1.25,
        position: 3,
        eventId: log.events[2]?.id,
        measuredOn: '2026-08-01',
        raisedAt: '2026-08-01T23:59:59.999Z',
        closedAt: null,
        acknowledgedBy: null,
      },
    ]);
    const others = (await instance.views.ask('alerts', { limit: 50, line })).items.filter(({ level }) => level !== 'measured');
    expect(others.map(({ level, raisedAt }) => `${level} ${raisedAt}`)).toContain('exhausted 2026-06-15T00:00:02.000Z');
  });

  it('is not raised before the day is over everywhere', async () => {
    const store = new MemoryEventStore(new SampleUveuLog().use(line, 1250).events);
    const instance = await start(store, '2026-08-01T12:00:00Z');
    for (const now of ['2026-08-01T23:59:59.999Z', '2026-08-02T00:00:59.999Z']) {
      instance.now = now;
      expect(await measured(instance)).toEqual([]);
    }
    instance.now = afterAugust;
    expect(await measured(instance)).toHaveLength(1);
  });

  it('is about the end of the day, whatever was before and came after', async () => {
    const log = new SampleUveuLog().use(line, 900);
    log.at('2026-08-01T10:00:00Z').use(line, 2000).at('2026-08-01T23:59:59Z').use(line, 1100).at('2026-08-02T00:00:00Z').use(line, 1);
    const instance = await start(new MemoryEventStore(log.events), afterAugust);
    expect(await measured(instance)).toMatchObject([{ utilization: 1.1, position: 4, closedAt: null }]);
    const back = new SampleUveuLog().use(line, 2000).at('2026-08-01T23:59:59Z').use(line, 1000);
    expect(await measured(await start(new MemoryEventStore(back.events), afterAugust))).toEqual([]);
  });

  it('is raised when a date passes while the ledger runs', async () => {
    const store = new MemoryEventStore(new SampleUveuLog().use(line, 1250).events);
    await byHand(async () => {
      const instance = await start(store, '2026-08-01T12:00:00Z');
      let seconds = 0;
      await passTimeUntil(() => (seconds += 1) > 300);
      expect(await recordedIn(store)).toEqual([]);
      instance.now = afterAugust;
      await passTimeUntil(async () => (await recordedIn(store)).length > 0);
      expect(await recordedIn(store)).toEqual(['+2026-08-01']);
    });
  });

  it('is raised once by all instances, restarts and rebuilds', async () => {
    const store = new MemoryEventStore(new SampleUveuLog().use(line, 1250).events);
    const both = await Promise.all([start(store, afterAugust), start(store, afterAugust)]);
    for (const instance of both) expect(await measured(instance)).toHaveLength(1);
    await both[0].views.rebuild();
    expect(await measured(both[0])).toHaveLength(1);
    for (const now of ['2026-08-03T00:01:00Z', '2026-12-24T00:00:00Z']) {
      const again = await start(store, now);
      expect(await measured(again)).toHaveLength(1);
      both[0].now = now;
      expect(await measured(both[0])).toHaveLength(1);
    }
    expect(await recordedIn(store)).toEqual(['+2026-08-01']);
  });

  it.each<[string, AppendFault[]]>([
    ['the store was unavailable', ['unavailable', 'unavailable']],
    ['the answer was lost after the append', ['unknown-stored']],
    ['the answer was lost with the append', ['unknown-lost', 'unavailable']],
  ])('is raised once although %s', async (_name, faults) => {
    const store = new FaultyEventStore(new MemoryEventStore(new SampleUveuLog().use(line, 1250).events));
    const instance = await start(store, '2026-08-01T12:00:00Z');
    expect(await measured(instance)).toEqual([]);
    store.failNext(...faults);
    instance.now = afterAugust;
    expect(await measured(instance)).toHaveLength(1);
    expect(await recordedIn(store)).toEqual(['+2026-08-01']);
  });

  it('is tried again when the head of the log could not be asked for', async () => {
    const store = new MemoryEventStore(new SampleUveuLog().use(line, 1250).events);
    await byHand(async () => {
      const instance = await start(store, '2026-08-01T12:00:00Z');
      await passTimeUntil(() => instance.views.crossings.length === 0);
      jest.spyOn(store, 'head').mockRejectedValueOnce(new Error('away'));
      instance.now = afterAugust;
      // Lists of alerts are not held up by it.
      expect(await instance.follower.settled(patienceMs)).toBe(true);
      expect(explained).toEqual(['Shares of UVEUs are not measured yet: Error: away']);
      await passTimeUntil(async () => (await recordedIn(store)).length > 0);
    });
  });

  it('is closed by a later date within the limits, and gives way to that of a later date beyond them', async () => {
    const log = new SampleUveuLog().use(line, 1250);
    const store = new MemoryEventStore(log.events);
    const instance = await start(store, afterAugust);
    expect(await measured(instance)).toMatchObject([{ measuredOn: '2026-08-01', closedAt: null }]);
    instance.now = afterFebruary;
    expect(await measured(instance)).toMatchObject([
      { measuredOn: '2027-02-01', position: 2, closedAt: null },
      { measuredOn: '2026-08-01', position: 2, closedAt: '2027-02-01T23:59:59.999Z' },
    ]);
    const written = log.position;
    await write(store, log.at('2027-06-01T00:00:00Z').use(line, 1000).events.slice(written));
    expect((await measured(instance)).map(({ closedAt }) => closedAt)).toEqual([null, '2027-02-01T23:59:59.999Z']);
    instance.now = '2027-08-02T00:01:00Z';
    expect((await measured(instance)).map(({ closedAt }) => closedAt)).toEqual(['2027-08-01T23:59:59.999Z', '2027-02-01T23:59:59.999Z']);
    expect(await recordedIn(store)).toEqual(['+2026-08-01', '-2027-02-01', '+2027-02-01', '-2027-08-01']);
  });

  it('is raised for the newest date only that passed while no instance ran', async () => {
    const store = new MemoryEventStore(new SampleUveuLog().use(line, 1250).events);
    expect(await measured(await start(store, afterFebruary))).toMatchObject([{ measuredOn: '2027-02-01' }]);
    expect(await recordedIn(store)).toEqual(['+2027-02-01']);
  });

  it('is left alone by an instance whose clock is behind', async () => {
    const store = new MemoryEventStore(new SampleUveuLog().use(line, 1250).events);
    await measured(await start(store, afterFebruary));
    await measured(await start(store, afterAugust));
    expect(await recordedIn(store)).toEqual(['+2027-02-01']);
  });

  it('closes on the date after a merger closed the line, while the line that goes on is measured', async () => {
    const log = new SampleUveuLog().use(line, 1250);
    const store = new MemoryEventStore(log.events);
    const instance = await start(store, afterAugust);
    await measured(instance);
    const written = log.position;
    log.at('2026-10-01T00:00:00Z').use('uveu:group', 1300).close(line, 'uveu:group');
    await write(store, log.events.slice(written));
    expect(await measured(instance)).toMatchObject([{ line, closedAt: null }]);
    instance.now = afterFebruary;
    const rows = await measured(instance);
    expect(rows.find((row) => row.line === line)).toMatchObject({ measuredOn: '2026-08-01', closedAt: '2027-02-01T23:59:59.999Z' });
    expect(rows.find((row) => row.line === 'uveu:group')).toMatchObject({ measuredOn: '2027-02-01', closedAt: null });
  });

  it('is folded to the same views in one batch and in many, at whatever positions its log has been moved to', async () => {
    const store = new MemoryEventStore(new SampleUveuLog().use(line, 900).use(line, 1250).events);
    const instance = await start(store, afterAugust);
    await measured(instance);
    instance.now = afterFebruary;
    await measured(instance);
    const events = (await store.readAll({ after: 0, limit: 100 })).map((event) => ({ ...event, position: event.position * 7 }));
    const fileOf = (): ViewsFile =>
      new ViewsFile({ path: ':memory:', readEvent: (position) => events.find((event) => event.position === position) });
    const [whole, pieces] = [fileOf(), fileOf()];
    whole.apply(events);
    for (const event of events) pieces.apply([event]);
    expect(stateHash(pieces)).toBe(stateHash(whole));
    expect((await whole.ask('alerts', { limit: 9, level: 'measured' })).items.map(({ position }) => position)).toEqual([21, 21]);
  });
});
