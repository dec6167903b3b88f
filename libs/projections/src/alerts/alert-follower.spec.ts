import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { decodeEvent, lineOfStream, MemoryEventStore, type AlertEvent, type EventStore, type LineEvent, type StoredEvent } from '#ledger';
import { FaultyEventStore, type AppendFault } from '../../../ledger/src/testing/faulty-event-store.js';
import { stateHash } from '../testing/state-hash.js';
import { ViewsFile } from '../file/views-file.js';
import { openInlineViews } from '../testing/inline-views.js';
import { SampleLog } from '../testing/sample-log.js';
import type { Views } from '../views.js';
import { AlertFollower } from './alert-follower.js';

/** Ends what hangs, and judges nothing. */
const patienceMs = 600_000;
const clock = (): number => Date.parse('2026-03-02T00:00:00Z');

/** Past the faults that are meant for the follower. */
async function put(store: EventStore, event: StoredEvent): Promise<void> {
  const result = await store.append(event.stream, event.revision - 1, [event]);
  if (!result.appended) throw new Error(`The test wrote ${event.stream} out of order.`);
}

/** Alerts that were recorded, as `<line> <level> <direction> <crossing event>`. */
async function recordedIn(store: EventStore): Promise<readonly string[]> {
  const levels = new Map<string, string>();
  const told: string[] = [];
  for (const { stream, json } of await store.readAll({ after: 0, limit: 100_000 })) {
    if (!stream.startsWith('alerts-')) continue;
    const event = decodeEvent(json) as AlertEvent;
    if (event.type === 'AlertAcknowledged') continue;
    if (event.type === 'AlertRaised') levels.set(event.alertId, event.level);
    told.push(`${event.line} ${levels.get(event.alertId)} ${event.type} ${event.crossing.eventId}`);
  }
  return told;
}

/** What should be recorded, in whole percent and without the code under test. */
function expectedOf(events: readonly StoredEvent[]): readonly string[] {
  const told: string[] = [];
  const openOf = new Map<string, Set<string>>();
  for (const { stream, json, id } of events) {
    const line = lineOfStream(stream);
    if (line === undefined) continue;
    const { allocation, exported, reserved } = (decodeEvent(json) as LineEvent).balanceMilliTpp;
    const open = openOf.get(line) ?? new Set<string>();
    openOf.set(line, open);
    const used = (exported + reserved) * 100;
    const share = (percent: number): number => (allocation ?? 0) * percent;
    const hasUse = allocation !== null && (allocation > 0 || used > 0);
    const set = (level: string, isOpen: boolean): void => {
      if (open.has(level) === isOpen) return;
      told.push(`${line} ${level} ${isOpen ? 'AlertRaised' : 'AlertClosed'} ${id}`);
      if (isOpen) open.add(level);
      else open.delete(level);
    };
    if (!hasUse) {
      for (const level of ['watch', 'critical', 'exhausted', 'reopened']) set(level, false);
      continue;
    }
    for (const [level, percent] of [
      ['watch', 80],
      ['critical', 90],
    ] as const) {
      if (used >= share(percent)) set(level, true);
      else if (used < share(percent - 2)) set(level, false);
    }
    if (used >= share(100)) {
      set('exhausted', true);
      set('reopened', false);
    } else if (open.has('exhausted') && used <= share(98)) {
      set('exhausted', false);
      set('reopened', true);
    }
  }
  return told;
}

describe('AlertFollower', () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
  });

  async function start(store: EventStore, directory?: string): Promise<{ views: Views; follower: AlertFollower }> {
    const views = await openInlineViews(directory === undefined ? { store } : { store, directory });
    const follower = new AlertFollower({ views, store, clock });
    follower.start();
    open.push(views, follower);
    await views.ready();
    return { views, follower };
  }

  async function settle(
    store: EventStore,
    { views, follower }: { views: Views; follower: AlertFollower },
  ): Promise<void> {
    expect(await views.waitFor(await store.head(), patienceMs)).toBe(true);
    expect(await follower.settled(patienceMs)).toBe(true);
  }

  it('records nothing before it is started', async () => {
    const store = new MemoryEventStore(new SampleLog().adopt().reserve('a', 900).events);
    const head = await store.head();
    const views = await openInlineViews({ store });
    const follower = new AlertFollower({ views, store, clock });
    open.push(views, follower);
    await views.waitFor(head, patienceMs);
    expect(await follower.settled(30)).toBe(false);
    expect(await store.head()).toBe(head);
    follower.start();
    expect(await follower.settled(patienceMs)).toBe(true);
    expect(await store.head()).toBeGreaterThan(head);
  });

  it('records a crossing once, and the alert is there to be read once it is settled', async () => {
    const store = new MemoryEventStore(new SampleLog().adopt().reserve('a', 900).events);
    const started = await start(store);
    await settle(store, started);
    const page = await started.views.ask('alerts', { limit: 10 });
    expect(page.items).toMatchObject([
      {
        level: 'critical',
        line: 'country:AE',
        threshold: 0.9,
        utilization: 0.9,
        position: 2,
        raisedAt: '2026-03-01T00:00:01.000Z',
        closedAt: null,
        acknowledgedBy: null,
      },
      { level: 'watch', position: 2 },
    ]);
    expect(await started.views.ask('alert', page.items[0]?.id ?? '')).toEqual(page.items[0]);
    expect(started.views.crossings).toEqual([]);
    const [last] = await store.readStream('alerts-country:AE', { limit: 1, backwards: true });
    expect(decodeEvent(last?.json ?? '')).toMatchObject({
      principal: 'system',
      recordedAt: '2026-03-02T00:00:00.000Z',
    });
  });

  it('closes what it raised, and shows when', async () => {
    const log = new SampleLog().adopt().reserve('a', 850).release('a');
    const store = new MemoryEventStore(log.events);
    const started = await start(store);
    await settle(store, started);
    const closed = await started.views.ask('alerts', { limit: 10, state: 'closed', level: 'watch', line: 'country:AE' });
    expect(closed.items).toMatchObject([{ level: 'watch', closedAt: '2026-03-01T00:00:02.000Z' }]);
    expect((await started.views.ask('alerts', { limit: 10, state: 'open' })).items).toEqual([]);
  });

  it('pages alerts newest first', async () => {
    const log = new SampleLog().adopt().reserve('a', 1000).release('a').reserve('b', 1000);
    const store = new MemoryEventStore(log.events);
    const started = await start(store);
    await settle(store, started);
    const levels: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await started.views.ask('alerts', cursor === undefined ? { limit: 2 } : { limit: 2, cursor });
      levels.push(...page.items.map(({ level }) => level));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(levels).toEqual(['exhausted', 'critical', 'watch', 'reopened', 'exhausted', 'critical', 'watch']);
  });

  it.each<[string, AppendFault[]]>([
    ['the store is unavailable for a while', ['unavailable', 'unavailable']],
    ['the disk is full for a while', ['storage-full']],
    ['the answer was lost after the append', ['unknown-stored']],
    ['the answer was lost with the append', ['unknown-lost', 'unavailable']],
  ])('records each alert once when %s', async (_name, faults) => {
    const log = new SampleLog().adopt().reserve('a', 1000);
    const store = new FaultyEventStore(new MemoryEventStore(log.events));
    store.failNext(...faults);
    const started = await start(store);
    await settle(store, started);
    expect(await recordedIn(store)).toEqual(expectedOf(log.events));
  });

  it('records nothing and says so while it takes too long to settle', async () => {
    const store = new FaultyEventStore(new MemoryEventStore(new SampleLog().adopt().reserve('a', 1000).events));
    store.failNext(...Array<AppendFault>(50).fill('unavailable'));
    const { follower } = await start(store);
    expect(await follower.settled(30)).toBe(false);
    expect(await recordedIn(store)).toEqual([]);
  });

  it('leaves a log that comes to the same views in one batch and in many', async () => {
    const store = new MemoryEventStore(
      new SampleLog().adopt().reserve('a', 1000).release('a').reserve('b', 950).events,
    );
    const started = await start(store);
    await settle(store, started);
    const events = await store.readAll({ after: 0, limit: 100 });
    const fileOf = (): ViewsFile => new ViewsFile({ path: ':memory:', readEvent: (position) => events[position - 1] });
    const [whole, pieces] = [fileOf(), fileOf()];
    whole.apply(events);
    for (const event of events) pieces.apply([event]);
    expect(whole.whole.crossings).toEqual([]);
    expect(stateHash(pieces)).toBe(stateHash(whole));
  });

  const step = fc.record({
    kind: fc.constantFrom('reserve', 'reserve', 'reserve', 'release', 'export', 'cap', 'reverse'),
    destination: fc.constantFrom('AE', 'SA'),
    amount: fc.integer({ min: 1, max: 500 }),
    disturbance: fc.constantFrom('none', 'none', 'none', 'settle', 'restart', 'rebuild', 'fault', 'amnesia'),
  });

  it('records what an independent account demands, whatever is rebuilt, forgotten or fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), fc.boolean(), async (steps, hasTwin) => {
        const directory = mkdtempSync(join(tmpdir(), 'alert-follower-'));
        const log = new SampleLog().adopt();
        const memory = new MemoryEventStore(log.events);
        const store = new FaultyEventStore(memory);
        let written = 1;
        let folder = 0;
        let started = await start(store, join(directory, `${folder}`));
        const twin = hasTwin ? await start(store) : undefined;
        const holds: { name: string; amount: number; destination: string }[] = [];
        const exportsMade: { name: string; amount: number; destination: string }[] = [];
        const lineEvents: StoredEvent[] = [];
        for (const [index, { kind, destination, amount, disturbance }] of steps.entries()) {
          const name = `n${index}`;
          const hold = holds[0];
          const made = exportsMade[0];
          if (kind === 'cap') log.cap(amount % 7 === 0 ? null : amount % 5 === 0 ? 0 : amount * 3, destination);
          else if (kind === 'release' && hold) log.release((holds.shift() as typeof hold).name);
          else if (kind === 'export' && hold) {
            exportsMade.push({ ...hold, name });
            log.export(name, (holds.shift() as typeof hold).amount, hold.name);
          } else if (kind === 'reverse' && made) {
            exportsMade.shift();
            log.reverse(made.name, made.amount);
          } else {
            holds.push({ name, amount, destination });
            log.reserve(name, amount, { destination });
          }
          for (; written < log.position; written += 1) {
            const event = log.events[written] as StoredEvent;
            await put(memory, event);
            lineEvents.push(event);
          }
          if (disturbance === 'settle') await settle(store, started);
          if (disturbance === 'fault') store.failNext('unknown-stored', 'unavailable', 'unknown-lost');
          if (disturbance === 'rebuild') await started.views.rebuild();
          if (disturbance === 'restart' || disturbance === 'amnesia') {
            await started.follower.close();
            await started.views.close();
            if (disturbance === 'amnesia') folder += 1;
            started = await start(store, join(directory, `${folder}`));
          }
        }
        await settle(store, started);
        if (twin) await settle(store, twin);
        const recorded = await recordedIn(store);
        expect([...recorded].sort()).toEqual([...expectedOf(lineEvents)].sort());
        for (const each of open.splice(0).reverse()) await each.close();
        rmSync(directory, { recursive: true });
      }),
      { numRuns: 15 },
    );
  });
});
