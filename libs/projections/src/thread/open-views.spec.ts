import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEventStore } from '#ledger';
import { foldLines } from '../testing/line-replay.js';
import { AlertFollower } from '../alerts/alert-follower.js';
import { InvalidCursor } from '../tables/cursor.js';
import { SampleLog } from '../testing/sample-log.js';
import type { Applied } from '../file/views-file.js';
import type { Views } from '../views.js';
import { openViews } from './open-views.js';

/** Ends what hangs, and judges nothing. */
const patienceMs = 600_000;
/** All through the file every so many bytes, or in a short run a few of those that hold an amount. */
const flippedPlaces = (file: Buffer): readonly number[] => {
  if (process.env['LONG'] === '1') return Array.from({ length: Math.ceil(file.length / 997) }, (_, index) => index * 997);
  return [17, file.indexOf('"reserved":') + 11, file.indexOf('"exported":') + 11, file.length - 1];
};
const id = (name: string): string => SampleLog.id(name);

describe('the views of an embedded log', () => {
  let dataDir: string;
  let store: EmbeddedEventStore;
  let views: Views;
  let log: SampleLog;
  let written = 0;
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'open-views-'));
    log = new SampleLog()
      .adopt()
      .reserve('a', 100)
      .export('x', 40, 'a')
      .refuse('no', 9_999)
      .reserve('b', 10, { destination: 'SA', exporter: 'beta' });
    written = 0;
    store = await EmbeddedEventStore.open({ dataDir });
    await write();
    views = await openViews({ dataDir, store });
    await views.ready();
  });
  afterEach(async () => {
    await views.close();
    await store.close();
    rmSync(dataDir, { recursive: true });
  });

  /** Appends what the sample log has more than the store. */
  async function write(): Promise<number> {
    let head = 0;
    for (; written < log.position; written += 1) {
      const event = log.events[written];
      const result = event && (await store.append(event.stream, event.revision - 1, [event]));
      if (!result?.appended) throw new Error('The test wrote out of order.');
      head = result.positions[0] ?? 0;
    }
    return head;
  }

  async function reopen(): Promise<void> {
    await views.close();
    views = await openViews({ dataDir, store });
  }

  it('are built anew where a bit of their file flipped while it was closed', async () => {
    await views.close();
    const [name = ''] = readdirSync(join(dataDir, 'views')).filter((each) => each.endsWith('.sqlite'));
    const path = join(dataDir, 'views', name);
    const whole = readFileSync(path);
    const sums = readFileSync(`${path}.pages`);
    for (const at of flippedPlaces(whole)) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
      rmSync(join(dataDir, 'views'), { recursive: true });
      mkdirSync(join(dataDir, 'views'));
      writeFileSync(path, flipped);
      writeFileSync(`${path}.pages`, sums);
      writeFileSync(join(dataDir, 'views', 'current'), `${name}\n`);
      const reasons: string[] = [];
      views = await openViews({ dataDir, store, explain: (reason) => reasons.push(reason) });
      await views.ready();
      expect([at, reasons]).toEqual([at, [expect.stringContaining(`${name} is damaged: it is not what was written. It is built anew from the log.`)]]);
      expect(views.lines).toEqual(foldLines(log.events));
      expect(await views.ask('reservation', id('a'))).toMatchObject({ reservation: { exportedMilliTpp: 40 } });
      await views.close();
    }
    const reasons: string[] = [];
    views = await openViews({ dataDir, store, explain: (reason) => reasons.push(reason) });
    await views.ready();
    expect(reasons).toEqual([]);
  });

  it('mirror the lines and answer questions', async () => {
    expect(views.lines).toEqual(foldLines(log.events));
    expect(views).toMatchObject({
      position: 5,
      recordedAt: '2026-03-01T00:00:04.000Z',
      failure: undefined,
      crossings: [],
    });
    expect(views.rulebooks).toHaveLength(1);
    expect(await views.ask('reservation', id('a'))).toMatchObject({
      position: 3,
      reservation: { status: 'partly-exported', exportedMilliTpp: 40 },
    });
    expect(await views.ask('export', id('x'))).toMatchObject({
      posted: { status: 'posted' },
      event: { reservationId: id('a') },
    });
    expect(await views.ask('reservation', id('x'))).toBeUndefined();
    const page = await views.ask('reservations', { limit: 2, destination: 'AE' });
    expect(page.items.map(({ reservation }) => reservation.status)).toEqual(['refused', 'partly-exported']);
    expect(page.position).toBe(5);
    expect((await views.ask('exports', { limit: 2, reservationId: id('a') })).items).toHaveLength(1);
    expect((await views.ask('exports', { limit: 2, reservationId: id('b') })).items).toEqual([]);
    expect(await views.ask('lineDays', { line: 'country:AE', from: '2026-03-01', to: '2026-03-01' })).toMatchObject([
      { day: '2026-03-01', balance: { exported: 40 } },
    ]);
    await expect(views.ask('reservations', { limit: 2, cursor: '???' })).rejects.toThrow(InvalidCursor);
  });

  it('follow the log, tell of each batch and let readers wait for a position', async () => {
    const told: Applied[] = [];
    const unsubscribe = views.subscribe((applied) => told.push(applied));
    log.reserve('c', 5).release('c');
    const waiting = views.waitFor(7, patienceMs);
    const head = await write();
    expect(await waiting).toBe(true);
    expect(views.position).toBe(head);
    expect(told.at(-1)?.position).toBe(7);
    expect(told.flatMap(({ lines }) => lines).every(({ line }) => line === 'country:AE')).toBe(true);
    unsubscribe();
    expect(await views.waitFor(8, 10)).toBe(false);
  });

  it('give the write side an index that is never behind the position it names', async () => {
    const { index } = views;
    expect(index.findCommands([id('a'), id('b'), id('zz')])).toEqual([[2], [5], []]);
    for (let n = 0; n < 50; n += 1) {
      log.reserve(`n${n}`, 1);
      const head = await write();
      expect(await views.waitFor(head, patienceMs)).toBe(true);
      expect(index.position).toBeGreaterThanOrEqual(head);
      expect(index.findCommands([id(`n${n}`), id('none')])).toEqual([[head], []]);
    }
    expect(index.reservation(id('n3'))).toMatchObject({ status: 'held' });
    expect(index.nextExpiries().size).toBe(2);
    expect(Array.from(index.dueHolds('country:SA', Number.MAX_SAFE_INTEGER), (hold) => hold.id)).toEqual([id('b')]);
  });

  it('are there again after a restart, as they were saved', async () => {
    const lines = new Map(views.lines);
    await reopen();
    expect(views.position).toBe(5);
    expect(views.lines).toEqual(lines);
    await views.ready();
  });

  it('are rebuilt while they are used and the log grows, and the index goes on', async () => {
    let isDone = false;
    const rebuilt = views.rebuild().then(() => (isDone = true));
    let n = 0;
    while (!isDone) {
      log.reserve(`r${(n += 1)}`, 1);
      const head = await write();
      expect(await views.waitFor(head, patienceMs)).toBe(true);
      expect(views.index.findCommands([id(`r${n}`)])).toEqual([[head]]);
      expect((await views.ask('reservations', { limit: 1 })).items[0]?.reservation.id).toBe(id(`r${n}`));
    }
    await rebuilt;
    log.reserve('after', 1);
    await views.waitFor(await write(), patienceMs);
    expect(views.index.findCommands([id('a'), id('after')])).toEqual([[2], [log.position]]);
    expect(views.lines).toEqual(foldLines(log.events));
    await expect(views.rebuild()).resolves.toBeUndefined();
    await views.ask('reservation', id('a'));
    expect(readdirSync(join(dataDir, 'views')).filter((name) => name.endsWith('.sqlite'))).toHaveLength(1);
  });

  it('are built anew from the log when their folder was deleted or damaged, with the reason', async () => {
    await views.close();
    for (const name of readdirSync(join(dataDir, 'views')))
      if (name.endsWith('.sqlite')) writeFileSync(join(dataDir, 'views', name), 'x'.repeat(10_000));
    const reasons: string[] = [];
    views = await openViews({ dataDir, store, explain: (reason) => reasons.push(reason) });
    await views.ready();
    expect(reasons).toEqual([expect.stringContaining('It is built anew from the log.')]);
    expect(views.lines).toEqual(foldLines(log.events));
    await views.close();
    rmSync(join(dataDir, 'views'), { recursive: true });
    views = await openViews({ dataDir, store });
    await views.ready();
    expect(views.lines).toEqual(foldLines(log.events));
  });

  it('record alerts into the log and show them', async () => {
    const alerts = new AlertFollower({ views, store });
    alerts.start();
    log.reserve('much', 880);
    await views.waitFor(await write(), patienceMs);
    expect(await alerts.settled(patienceMs)).toBe(true);
    expect((await views.ask('alerts', { limit: 5 })).items.map(({ level }) => level)).toEqual(['critical', 'watch']);
    await views.rebuild();
    await alerts.close();
    await reopen();
    await views.ready();
    const again = new AlertFollower({ views, store });
    again.start();
    expect(await again.settled(patienceMs)).toBe(true);
    await again.close();
    expect(await store.readStream('alerts-country:AE', { limit: 10 })).toHaveLength(2);
  });

  it('stop at an event that they cannot read, name it and keep what they had', async () => {
    const reasons: string[] = [];
    await views.close();
    views = await openViews({ dataDir, store, explain: (reason) => reasons.push(reason) });
    log.put('quota-country:QA', '{"type":"QuotaTeleported","v":1}', 'QuotaTeleported');
    await write();
    while (views.failure === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(views.failure.message).toContain('QuotaTeleported');
    expect(reasons).toEqual([views.failure.message]);
    expect(await views.ask('reservation', id('a'))).toMatchObject({ reservation: { id: id('a') } });
    await reopen();
    await expect(views.ready()).rejects.toThrow('QuotaTeleported');
  });

  it('say what is wrong when they cannot open their folder', async () => {
    await views.close();
    rmSync(join(dataDir, 'views'), { recursive: true });
    writeFileSync(join(dataDir, 'views'), 'in the way');
    await expect(openViews({ dataDir, store })).rejects.toThrow(join(dataDir, 'views'));
    rmSync(join(dataDir, 'views'));
    views = await openViews({ dataDir, store });
  });
});
