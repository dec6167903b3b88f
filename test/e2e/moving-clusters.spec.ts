import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeEvent, EventStoreDbEventStore, openEventStore, openLogFile, type AlertRaised, type StoredEvent } from '#ledger';
import { AlertFollower, openViews } from '#projections';
import { openCluster } from '../../apps/cli/src/moving/open-cluster.js';
import { sealedEvents } from '../../apps/cli/src/testing/sample-source.js';
import { ForkedEventStoreDb } from '../eventstoredb/forked-event-store-db.js';
import { quota, withFolder } from './cli-under-test.js';
import { LedgerUnderTest } from './ledger-under-test.js';

// Processes take their time on a machine that has others to run.

const main = fileURLToPath(new URL('../../apps/cli/src/main.js', import.meta.url));

let cluster: ForkedEventStoreDb;
let folder: string;
/** The log of a ledger with alerts and an obligation that was fulfilled. */
let source: string;

beforeAll(async () => {
  cluster = await ForkedEventStoreDb.start();
  folder = mkdtempSync(path.join(tmpdir(), 'quota-moving-'));
  source = path.join(folder, 'source');
  const ledger = await LedgerUnderTest.start();
  for (let index = 0; index < 20; index += 1) await ledger.reserve(1, { destination: index % 3 === 0 ? 'AE' : 'SA' });
  expect((await ledger.reserve(45_500)).status).toBe(201);
  const shipment = { destination: 'DE', exporter: 'maker', items: [{ chip: 'nvidia-b200', quantity: 10 }], exportedAt: '2026-06-10T10:00:00Z' };
  await ledger.post('/v1/exports', { ...shipment, ultimateConsignee: { name: 'Rhein Rechner', country: 'DE', headquarters: 'DE' } });
  const { items } = (await ledger.get('/v1/obligations')).body;
  expect((await ledger.post(`/v1/obligations/${items[0]?.id}/fulfilment`, { reference: 'letter 1' })).status).toBe(201);
  await ledger.head();
  expect((await quota('copy', '--from', ledger.url, '--to', source)).code).toBe(0);
  await ledger.stop();
});
afterAll(async () => {
  await cluster.close();
  rmSync(folder, { recursive: true });
});

function eventsIn(dataDir: string): readonly StoredEvent[] {
  const log = openLogFile({ dataDir });
  const events = log.readAll({ after: 0, limit: 1_000_000 });
  log.close();
  return events;
}

/** Temporary folders go into one of this suite's own while something runs. */
async function withTemporary(use: (temporary: string) => Promise<void>): Promise<void> {
  const saved = process.env['TMPDIR'];
  await withFolder(async (temporary) => {
    process.env['TMPDIR'] = temporary;
    try {
      await use(temporary);
    } finally {
      if (saved === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = saved;
    }
  });
}

/** Resolves when the cluster has so many events with this prefix, or when nobody writes them any more. */
async function until(count: number, prefix: string, isOver: () => boolean): Promise<void> {
  const written = async (): Promise<number> => (await cluster.appends()).filter(({ stream }) => stream.startsWith(prefix)).length;
  while (!isOver() && (await written()) < count) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('moving a log between a data directory and a cluster', () => {
  it('keeps everything but positions on the way there and back, and leaves no folder behind', () =>
    withTemporary(async (temporary) => {
      const there = await quota('copy', '--from', source, '--to', cluster.url, '--to-prefix', 'one-', '--json');
      expect(there).toMatchObject({ code: 0, err: '' });
      expect(JSON.parse(there.out)).toMatchObject({ written: eventsIn(source).length });
      const again = await quota('copy', '--from', source, '--to', cluster.url, '--to-prefix', 'one-', '--json');
      expect(JSON.parse(again.out)).toMatchObject({ written: 0 });
      const other = await quota('copy', '--from', cluster.url, '--from-prefix', 'one-', '--to', cluster.url, '--to-prefix', 'two-');
      expect(other).toMatchObject({ code: 0, err: '' });
      const back = path.join(folder, 'back');
      expect(await quota('copy', '--from', cluster.url, '--from-prefix', 'two-', '--to', back)).toMatchObject({ code: 0 });
      expect(eventsIn(back)).toEqual(eventsIn(source));
      expect(readdirSync(temporary)).toEqual([]);
    }));

  it('exports from a cluster what it loads into one, and keeps its copy of the log where it is told to', () =>
    withFolder(async (place) => {
      const [file, work] = [path.join(place, 'log.ndjson'), path.join(place, 'work')];
      await quota('export', '--from', source, '--out', file);
      expect(await quota('load', '--from', file, '--to', cluster.url, '--to-prefix', 'loaded-')).toMatchObject({ code: 0, err: '' });
      // As a server on a cluster has it.
      const [instance, out] = [path.join(work, 'from'), path.join(place, 'again.ndjson')];
      const exported = await quota('export', '--from', cluster.url, '--from-prefix', 'loaded-', '--work-dir', work, '--out', out, '--json');
      expect(exported).toMatchObject({ code: 0, err: '' });
      expect(readdirSync(instance)).toContain('replica');
      expect((await quota('copy', '--from', instance, '--to', path.join(place, 'none'))).err).toContain('or the cluster that its log is in');
      expect((await quota('copy', '--from', source, '--to', instance)).err).toContain('belongs to a server whose log is in a cluster');
      expect(await quota('load', '--from', out, '--to', path.join(place, 'data'))).toMatchObject({ code: 0 });
      expect(eventsIn(path.join(place, 'data'))).toEqual(eventsIn(source));
    }));

  it('shows alerts and obligations where they stand in the cluster, and raises none again', () =>
    withFolder(async (dataDir) => {
      await quota('copy', '--from', source, '--to', cluster.url, '--to-prefix', 'shown-');
      const store = await EventStoreDbEventStore.open({ url: cluster.url, dataDir, prefix: 'shown-' });
      const head = await store.head();
      const views = await openViews({ dataDir, store });
      const follower = new AlertFollower({ views, store });
      follower.start();
      try {
        await views.ready();
        expect(await follower.settled(600_000)).toBe(true);
        const events = await store.readAll({ after: 0, limit: 1000 });
        const positionOf = (id: string): number | undefined => events.find((event) => event.id === id)?.position;
        const { items } = await views.ask('alerts', { limit: 10 });
        expect(items.length).toBeGreaterThan(0);
        for (const { position, eventId } of items) expect(position).toBe(positionOf(eventId));
        const obligations = await views.ask('obligations', { limit: 50, nowMs: Date.now() });
        expect(obligations.items.filter(({ status, fulfilment }) => status === 'done' && fulfilment !== null)).toHaveLength(1);
        for (const { raisedBy } of obligations.items) expect(raisedBy.position).toBe(positionOf(raisedBy.eventId));
        // What was written down where it happened is another position.
        const raised = events.filter(({ type }) => type === 'AlertRaised').map(({ json }) => decodeEvent(json) as AlertRaised);
        for (const { crossing } of raised) expect(crossing.position).not.toBe(positionOf(crossing.eventId));
        expect(await store.head()).toBe(head);
      } finally {
        await follower.close();
        await views.close();
        await store.close();
      }
    }));

  it('comes through a restart of the cluster, and a kill of its own', async () => {
    const long = path.join(folder, 'long');
    const store = await openEventStore({ dataDir: long });
    const events = sealedEvents(Array.from({ length: 300 }, (_, index) => `quota-country:${index % 7}`));
    await Promise.all(events.map((event) => store.append(event.stream, event.revision - 1, [event])));
    await store.close();
    const args = ['copy', '--from', long, '--to', cluster.url, '--to-prefix', 'long-'];
    const start = () => spawn(process.execPath, [main, ...args], { env: { ...process.env, NODE_OPTIONS: '' }, stdio: 'ignore' });

    const killed = start();
    await until(50, 'long-', () => killed.exitCode !== null);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    const second = start();
    await until(120, 'long-', () => second.exitCode !== null);
    await cluster.kill();
    await cluster.startAgain();
    expect(await once(second, 'exit')).toEqual([0, null]);
    const back = path.join(folder, 'long-back');
    expect(await quota('copy', '--from', cluster.url, '--from-prefix', 'long-', '--to', back)).toMatchObject({ code: 0 });
    expect(eventsIn(back)).toEqual(eventsIn(long));
  });

  it('leaves no folder behind when it is interrupted', () =>
    withFolder(async (temporary) => {
      const args = [main, 'copy', '--from', path.join(folder, 'long'), '--to', cluster.url, '--to-prefix', 'interrupted-'];
      const child = spawn(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '', TMPDIR: temporary }, stdio: 'ignore' });
      const exited = once(child, 'exit');
      await until(1, 'interrupted-', () => child.exitCode !== null);
      expect(readdirSync(temporary)).toHaveLength(1);
      child.kill('SIGTERM');
      expect(await exited).toEqual([null, 'SIGTERM']);
      expect(readdirSync(temporary)).toEqual([]);
    }));

  it('refuses another log in the cluster', async () => {
    const { code, out, err } = await quota('copy', '--from', path.join(folder, 'long'), '--to', cluster.url, '--to-prefix', 'one-');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^quota: esdb:\/\/127\.0\.0\.1:\d+ \(streams one-…\) holds another log: .* is RulebookAdopted rulebook@0 .*Nothing was written/);
  });
});

describe('an address of a cluster', () => {
  it('that does not answer is given up after a while', async () => {
    const told: string[] = [];
    const options = { url: 'esdb://127.0.0.1:9?tls=false', prefix: '', explain: (text: string) => void told.push(text), patienceMs: 600 };
    await expect(openCluster(options)).rejects.toMatchObject({ name: 'Unreachable', message: expect.stringContaining('127.0.0.1:9') as string });
    expect(told).not.toEqual([]);
  });

  it.each([
    ['esdb://joe:s3cret@127.0.0.1:9?tls=false', 'without TLS no password is sent'],
    ['esdb://joe:s3cret@127.0.0.1:9?sparkle=1', 'has an option "sparkle"'],
    ['ESDB://joe:s3cret@127.0.0.1:9', 'This is not a connection string of EventStoreDB'],
    ['eventstore://joe:s3cret@127.0.0.1:9', 'eventstore:// is no address of a log'],
    ['http://joe:s3cret@127.0.0.1:9', 'A ledger has no users and passwords'],
    ['LEDGER_EVENTSTORE_URL', 'LEDGER_EVENTSTORE_URL is not set'],
    ['', 'An empty text is no place'],
  ])('that cannot be used is refused without its password: %s', async (from, words) => {
    const saved = process.env['LEDGER_EVENTSTORE_URL'];
    delete process.env['LEDGER_EVENTSTORE_URL'];
    try {
      const { code, out, err } = await quota('copy', '--from', from, '--to', path.join(folder, 'none'));
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain(words);
      expect(err).not.toContain('s3cret');
    } finally {
      if (saved !== undefined) process.env['LEDGER_EVENTSTORE_URL'] = saved;
    }
  });

  it('may stand in the environment, and a prefix is for clusters only', async () => {
    const saved = process.env['LEDGER_EVENTSTORE_URL'];
    process.env['LEDGER_EVENTSTORE_URL'] = cluster.url;
    try {
      const copied = await quota('copy', '--from', source, '--to', 'LEDGER_EVENTSTORE_URL', '--to-prefix', 'named-');
      expect(copied).toMatchObject({ code: 0, err: '' });
      expect((await quota('copy', '--from', source, '--from-prefix', 'x-', '--to', 'LEDGER_EVENTSTORE_URL')).err).toContain('A prefix of streams is for EventStoreDB');
    } finally {
      if (saved === undefined) delete process.env['LEDGER_EVENTSTORE_URL'];
      else process.env['LEDGER_EVENTSTORE_URL'] = saved;
    }
  });
});
