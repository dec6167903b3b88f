import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredEvent } from '#ledger';
import { SampleLog } from '../testing/sample-log.js';
import { stateHash } from '../testing/state-hash.js';
import { ViewsFile } from './views-file.js';
import { entries } from '../views/entries/entries.js';
import { ViewsIndex } from '../derived-index/views-index.js';

const id = (name: string): string => SampleLog.id(name);

function fileOf(log: SampleLog, path = ':memory:'): ViewsFile {
  return new ViewsFile({ path, readEvent: (position) => log.events[position - 1] });
}

/** A bit of everything, with changes of entries that older batches created. */
function history(): SampleLog {
  const log = new SampleLog().adopt().reserve('a', 400).reserve('b', 300).refuse('no', 9000).export('x', 100, 'a');
  log
    .reserve('c', 250, { destination: 'SA', exporter: 'beta' })
    .amend('b', 500)
    .export('direct', 50)
    .export('y', 300, 'a');
  return log
    .release('b')
    .reverse('x', 100)
    .lapse('c')
    .cap(500)
    .reserve('d', 10, { line: 'lpp:falcon:2026' })
    .cap(null, 'SA')
    .file('direct', 'X1');
}

describe('ViewsFile', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'views-file-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('shows reservations as their events left them', () => {
    const log = history();
    const file = fileOf(log);
    file.apply(log.events);
    const of = (name: string) => file.of(entries).reader.findReservation(id(name))?.row;
    expect(of('a')).toMatchObject({
      position: 9,
      reservation: { status: 'exported', heldMilliTpp: 0, exportedMilliTpp: 400, revision: 6 },
    });
    expect(of('b')).toMatchObject({ reservation: { status: 'released', debitedMilliTpp: 500, reference: 'amended' } });
    expect(of('c')).toMatchObject({
      reservation: { status: 'lapsed', exporter: 'beta', line: 'country:SA' },
      balance: { reserved: 0 },
    });
    expect(of('d')).toMatchObject({
      position: 14,
      reservation: { status: 'held', line: 'lpp:falcon:2026', heldMilliTpp: 10 },
    });
    expect(of('no')).toMatchObject({ reservation: { status: 'refused', expiresAt: null } });
    expect(of('nobody')).toBeUndefined();
  });

  it('shows exports, posted, reversed and filed later', () => {
    const log = history();
    const file = fileOf(log);
    file.apply(log.events);
    expect(file.of(entries).reader.findExport(id('x'))?.row).toMatchObject({
      line: 'country:AE',
      position: 11,
      posted: { status: 'reversed' },
      event: { exportId: id('x'), reservationId: id('a') },
    });
    expect(file.of(entries).reader.findExport(id('direct'))?.row).toMatchObject({
      position: 16,
      posted: { status: 'posted', debitedMilliTpp: 50, itn: 'X1', createdRevision: 5, revision: 10 },
    });
  });

  it('tells where the register of companies changed', () => {
    const log = history();
    const merged = { type: 'CompaniesMerged', v: 1, from: 'falcn', into: 'falcon', reason: 'test', recordedAt: '2026-03-01T00:00:00.000Z' };
    const stored = { id: 'e', type: merged.type, stream: 'companies', revision: 0, json: JSON.stringify(merged) };
    const file = fileOf(log);
    expect(file.apply(log.events)?.registerAt).toBeNull();
    const news = [1, 2].map((after) => ({ ...stored, position: log.position + after }));
    expect(file.apply(news)?.registerAt).toBe(log.position + 2);
  });

  it('comes to the same state however the batches fall, and across reopening at any boundary', () => {
    const log = history();
    const whole = fileOf(log);
    whole.apply(log.events);
    for (let cut = 1; cut < log.position; cut += 1) {
      const path = join(directory, `views-${cut}.sqlite`);
      const first = fileOf(log, path);
      first.apply(log.events.slice(0, cut));
      const then = { position: first.position, ...first.whole };
      first.close();
      const second = fileOf(log, path);
      expect({ position: second.position, ...second.whole }).toEqual(then);
      for (const event of log.events.slice(cut)) second.apply([event]);
      expect(stateHash(second)).toBe(stateHash(whole));
      second.close();
    }
  });

  it('holds only whole batches when the process dies in the middle of one', () => {
    const log = history();
    const path = join(directory, 'views.sqlite');
    const file = fileOf(log, path);
    const clean = fileOf(log);
    for (let at = 0; at < log.position; at += 4) {
      const batch = log.events.slice(at, at + 4);
      file.database.exec("CREATE TEMP TRIGGER dies BEFORE INSERT ON checkpoint BEGIN SELECT RAISE(ABORT, 'dead'); END");
      expect(() => file.apply(batch)).toThrow('dead');
      const copy = join(directory, `copy-${at}.sqlite`);
      for (const suffix of ['', '-wal']) cpSync(path + suffix, copy + suffix);
      const survivor = fileOf(log, copy);
      expect(stateHash(survivor)).toBe(stateHash(clean));
      survivor.close();
      file.database.exec('DROP TRIGGER dies');
      file.apply(batch);
      clean.apply(batch);
      expect(stateHash(file)).toBe(stateHash(clean));
    }
    file.close();
  });

  it('passes over events that it has applied before', () => {
    const log = history();
    const file = fileOf(log);
    file.apply(log.events);
    const before = stateHash(file);
    expect(file.apply(log.events.slice(3))).toBeUndefined();
    expect(stateHash(file)).toBe(before);
  });

  it.each([
    ['an unknown type', 'quota-country:AE', '{"type":"QuotaTeleported","v":1}', 'QuotaTeleported'],
    ['an unknown version', 'quota-country:AE', '{"type":"QuotaReserved","v":99}', 'version 99'],
    ['a broken event', 'quota-country:AE', '{"type":', 'Not an event'],
  ])('stops at %s and keeps what it had', (_name, stream, json, message) => {
    const log = history();
    const file = fileOf(log);
    file.apply(log.events);
    const before = stateHash(file);
    log.reserve('e', 1).put(stream, json, 'QuotaReserved');
    expect(() => file.apply(log.events)).toThrow(message);
    expect(file.position).toBe(16);
    expect(stateHash(file)).toBe(before);
    file.apply(log.events.slice(0, 17));
    expect(file.of(entries).reader.findReservation(id('e'))?.row.reservation.status).toBe('held');
  });

  it('stops at a line event in a stream that is no line', () => {
    const log = new SampleLog().reserve('a', 1);
    const [event] = log.events as [StoredEvent];
    expect(() => fileOf(log).apply([{ ...event, stream: 'gossip' }])).toThrow('gossip');
  });

  it('tells what a batch changed, each line once', () => {
    const log = new SampleLog().adopt().reserve('a', 850).reserve('b', 10).reserve('c', 1, { destination: 'SA' });
    const applied = fileOf(log).apply(log.events);
    expect(applied?.lines.map(({ line, revision }) => [line, revision])).toEqual([
      ['country:AE', 1],
      ['country:SA', 0],
    ]);
    expect(applied?.crossings.map(({ level, position }) => [level, position])).toEqual([['watch', 2]]);
    expect(applied?.rulebooks).toHaveLength(1);
    expect(applied?.position).toBe(4);
  });

  it('keeps the last state of each day and when thresholds were crossed', async () => {
    const dayMs = 86_400_000;
    const log = new SampleLog()
      .adopt()
      .reserve('a', 100)
      .reserve('b', 850)
      .pass(dayMs)
      .release('b')
      .pass(3 * dayMs)
      .reserve('c', 10);
    const file = fileOf(log);
    file.apply(log.events);
    const days = async (from: string, to: string) =>
      (await file.ask('lineDays', { line: 'country:AE', from, to })).map(({ day, balance }) => [day, balance.reserved]);
    expect(await days('2026-03-01', '2026-03-31')).toEqual([
      ['2026-03-01', 950],
      ['2026-03-02', 100],
      ['2026-03-05', 110],
    ]);
    expect(await days('2026-03-03', '2026-03-04')).toEqual([['2026-03-02', 100]]);
    expect(await days('2026-02-01', '2026-02-28')).toEqual([]);
    const since = (position: number) => file.ask('thresholdTimesAt', { line: 'country:AE', position });
    expect((await since(2)).criticalSince).toBeNull();
    expect((await since(3)).criticalSince).toBe('2026-03-01T00:00:02.000Z');
    expect(await since(5)).toEqual({ criticalSince: null, exhaustedSince: null });
  });
});

describe('ViewsIndex', () => {
  const indexOf = (file: ViewsFile, log: SampleLog): ViewsIndex =>
    new ViewsIndex(
      { database: file.database, isShared: true },
      (position) => log.events[position - 1],
      () => file.position,
    );

  it('finds the events that answer commands', () => {
    const log = history();
    const file = fileOf(log);
    file.apply(log.events);
    const ids = [id('a'), id('unknown'), id('b amended'), id('x'), id('no')];
    expect(indexOf(file, log).findCommands(ids)).toEqual([[2], [], [7], [5], [4]]);
    expect(indexOf(file, log).findCommands([])).toEqual([]);
  });

  it('finds reservations and exports as they are', () => {
    const log = history();
    const file = fileOf(log);
    file.apply(log.events);
    const index = indexOf(file, log);
    expect(index.reservation(id('d'))).toMatchObject({ id: id('d'), status: 'held' });
    expect(index.reservation(id('x'))).toBeUndefined();
    expect(index.postedExport(id('x'))).toMatchObject({ status: 'reversed' });
    expect(index.postedExport(id('a'))).toBeUndefined();
  });

  it('lists open holds of a line that are due, earliest first, and when the next one ends', () => {
    const log = new SampleLog()
      .reserve('late', 1, { days: 30 })
      .reserve('early', 1, { days: 10 })
      .reserve('amended', 1, { days: 5 });
    log
      .reserve('gone', 1, { days: 1 })
      .release('gone')
      .amend('amended', 1, 20)
      .reserve('there', 1, { destination: 'SA', days: 1 });
    const file = fileOf(log);
    file.apply(log.events);
    const index = indexOf(file, log);
    const at = (day: string): number => Date.parse(`2026-${day}T12:00:00Z`);
    const due = (day: string): string[] => Array.from(index.dueHolds('country:AE', at(day)), (hold) => hold.id);
    expect(due('03-05')).toEqual([]);
    expect(due('03-21')).toEqual([id('early'), id('amended')]);
    expect(due('04-30')).toEqual([id('early'), id('amended'), id('late')]);
    expect(index.nextExpiry('country:AE')).toBe(Date.parse('2026-03-11T00:00:01Z'));
    expect(index.nextExpiry('country:ZZ')).toBeUndefined();
    expect([...index.nextExpiries().keys()].sort()).toEqual(['country:AE', 'country:SA']);
  });

  it('lists more due holds than one page of them', () => {
    const log = new SampleLog({ capMilliTpp: 1e9 });
    for (let n = 0; n < 1_203; n += 1) log.reserve(`r${n}`, 1, { days: 1 });
    const file = fileOf(log);
    file.apply(log.events);
    const due = Array.from(
      indexOf(file, log).dueHolds('country:AE', Number.MAX_SAFE_INTEGER),
      (hold) => hold.createdRevision,
    );
    expect(due).toEqual(Array.from({ length: 1_203 }, (_, revision) => revision));
  });

  it('finds commands after they were merged into the large table', () => {
    const log = new SampleLog({ capMilliTpp: 1e9 });
    for (let n = 0; n < 33_000; n += 1) log.reserve(`r${n}`, 1);
    const file = fileOf(log);
    file.apply(log.events);
    const index = indexOf(file, log);
    expect(index.findCommands([id('r7')])).toEqual([[8]]);
    const before = stateHash(file);
    expect(file.tidy()).toBe(true);
    expect(index.findCommands([id('r7'), id('r32999')])).toEqual([[8], [33_000]]);
    expect(stateHash(file)).toBe(before);
  });
});
