import Database from 'better-sqlite3';
import { closeSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf, eventId } from '../../events/seal.js';
import { noStream, type NewEvent } from '../../events/stored-event.js';
import { HeadFile, headFileOf, readHead } from '../log-file/head-file.js';
import { digestOfBytes } from '../log-file/known-event.js';
import { createLogFile, logFileOf } from '../log-file/log-file.js';
import { PendingTransaction } from './append-transaction.js';
import { Checkpointing, type CheckpointThread } from './checkpointing.js';
import { EmbeddedEventStore, type EmbeddedStoreOptions } from './embedded-event-store.js';
import { LogWriter } from './log-writer.js';

const walHeaderBytes = 32;
const frameBytes = 24 + 16384;

let folder: string;
/** A data directory as a killed process leaves it: a log of 5 events in the file, and 5 in the -wal. */
let killed: string;
/** A backup as SQLite makes it, of the first 7 events. */
let backup: string;
let file: string;

const suffixes = ['', '-wal', '-shm'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quota-ledger-lost-'));
  backup = join(folder, 'backup.sqlite');
  await write(join(folder, 'written'), 5);
  const store = await EmbeddedEventStore.open({ dataDir: join(folder, 'written') });
  await append(store, 5, 2);
  await backUp(store.logFile, backup);
  await append(store, 7, 3);
  cpSync(join(folder, 'written', 'log'), join(folder, 'killed', 'log'), { recursive: true });
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  killed = mkdtempSync(join(folder, 'case-'));
  cpSync(join(folder, 'killed'), killed, { recursive: true });
  file = logFileOf(killed);
});

function events(from: number, count: number, ledger = 'one'): NewEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const json = `{"a":"${ledger}${'x'.repeat(200)}","b":${from + index},"type":"SomethingHappened"}`;
    return { id: eventId('a', from + index, digestOf(json)), type: 'SomethingHappened', json };
  });
}

async function append(store: EmbeddedEventStore, from: number, count: number, ledger?: string): Promise<void> {
  expect(await store.append('a', from === 0 ? noStream : from - 1, events(from, count, ledger))).toMatchObject({ appended: true });
}

/** A log of so many events, closed in order. */
async function write(dataDir: string, count: number, ledger?: string): Promise<void> {
  const store = await EmbeddedEventStore.open({ dataDir });
  await append(store, 0, count, ledger);
  await store.close();
}

async function backUp(from: string, to: string): Promise<void> {
  const database = new Database(from, { readonly: true });
  await database.backup(to);
  database.close();
}

async function headOf(dataDir: string, options: Partial<EmbeddedStoreOptions> = {}): Promise<number> {
  const store = await EmbeddedEventStore.open({ dataDir, ...options });
  try {
    const head = await store.head();
    expect(await store.readAll({ after: 0, limit: 100 })).toHaveLength(head);
    return head;
  } finally {
    await store.close();
  }
}

/** Of log, -wal and head. Looking at a log may leave an empty -wal. */
function contents(dataDir: string): readonly string[] {
  const log = logFileOf(dataDir);
  return [log, `${log}-wal`, headFileOf(log)].map((path) => digestOfBytes(existsSync(path) ? readFileSync(path) : ''));
}

/** The start stops with this message, changes nothing and says how to restore. The next one stops in the same way. */
async function expectRefused(message: RegExp, options: Partial<EmbeddedStoreOptions> = {}): Promise<void> {
  const before = contents(killed);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const refused = EmbeddedEventStore.open({ dataDir: killed, ...options });
    await expect(refused).rejects.toMatchObject({ name: 'LogUnreadable', message: expect.stringMatching(message) });
    await expect(refused).rejects.toThrow(
      /Nothing was written\. To restore a backup, move ledger\.sqlite, ledger\.sqlite-wal and ledger\.sqlite-shm .+ away together.+ empty data directory.+`quota load` or `quota copy`/,
    );
  }
  expect(contents(killed)).toEqual(before);
}

/** Frames of the -wal, which SQLite takes up to the first one that is not whole. */
function walFrames(): number {
  return Math.floor((statSync(`${file}-wal`).size - walHeaderBytes) / frameBytes);
}

describe('a log that is whole', () => {
  it('goes on after a kill', async () => {
    expect(await headOf(killed)).toBe(10);
  });

  it('goes on after a kill while pages were moved from the -wal into the file', async () => {
    const path = headFileOf(file);
    const store = await EmbeddedEventStore.open({ dataDir: killed });
    await append(store, 10, 1);
    await store.close();
    // As that process left it: closing moves pages, and the head says so until it is known what the file holds then.
    expect(readFileSync(path, 'utf8')).toContain('"file":null');
    expect(await headOf(killed)).toBe(11);
  });

  it('goes on when the process was killed before the head was told of what is durable', async () => {
    const [before] = events(8, 1) as [NewEvent];
    new HeadFile(file, { file: null, newest: { position: 9, id: before.id, digest: digestOfBytes(before.json) } }).close();

    expect(await headOf(killed)).toBe(10);
    expect(readHead(file)?.newest.position).toBe(10);
  });

  it('gets a head where it has none, as a log of an older version', async () => {
    rmSync(headFileOf(file));
    expect(await headOf(killed)).toBe(10);
    expect(existsSync(headFileOf(file))).toBe(true);
  });

  it('is a backup alone in an empty data directory', async () => {
    const fresh = join(killed, 'fresh');
    mkdirSync(join(fresh, 'log'), { recursive: true });
    cpSync(backup, logFileOf(fresh));
    expect(await headOf(fresh)).toBe(7);
  });

  it('has what else is known of it', async () => {
    const [last] = events(9, 1);
    expect(await headOf(killed, { known: [{ position: 10, id: last?.id as string, knownBy: 'the views' }] })).toBe(10);
  });
});

describe('a log that lost something is refused', () => {
  it.each([1, 2, 3])('when its -wal lacks the last %s frames', async (frames) => {
    truncateSync(`${file}-wal`, walHeaderBytes + (walFrames() - frames) * frameBytes);
    await expectRefused(/ledger\.sqlite: events are missing from position \d+ on: .+ledger\.head knows events up to position 10\. The log was cut off/);
  });

  it('when its -wal is gone', async () => {
    rmSync(`${file}-wal`);
    await expectRefused(/missing from position 6 on: .+ledger\.head knows events up to position 10/);
  });

  it('when a bit of its -wal flipped, anywhere', async () => {
    const wal = readFileSync(`${file}-wal`);
    let refused = 0;
    for (let at = 0; at < wal.length; at += 4_093) {
      const flipped = Buffer.from(wal);
      flipped[at] = (flipped[at] as number) ^ 1;
      writeFileSync(`${file}-wal`, flipped);
      rmSync(`${file}-shm`, { force: true });
      const opened = await EmbeddedEventStore.open({ dataDir: killed }).catch((error: unknown) => error as Error);
      if (opened instanceof EmbeddedEventStore) {
        expect(await opened.head()).toBe(10);
        await opened.close();
        cpSync(join(folder, 'killed'), killed, { recursive: true, force: true });
      } else {
        expect(opened.message).toMatch(/missing from position/);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(5);
  });

  it('when its file is gone', async () => {
    for (const suffix of suffixes) rmSync(file + suffix, { force: true });
    await expectRefused(/ledger\.sqlite: the log is gone: .+ledger\.head knows its events up to position 10\. The first that is missing is 1/);
  });

  it('when its file is gone and its -wal is left, whoever knows of it', async () => {
    rmSync(file);
    rmSync(headFileOf(file));
    await expectRefused(/the file is gone, but its ledger\.sqlite-wal is there/);
  });

  it('when all of it is gone and the views are left', async () => {
    rmSync(join(killed, 'log'), { recursive: true });
    await expectRefused(/the log is gone: views\/one knows its events up to position 8/, { known: [{ position: 8, id: 'x', knownBy: 'views/one' }] });
    expect(existsSync(join(killed, 'log'))).toBe(false);
  });

  it('when the views know more than it has', async () => {
    await expectRefused(/missing from position 11 on: views\/one knows events up to position 12/, { known: [{ position: 12, id: 'x', knownBy: 'views/one' }] });
  });

  it('when its newest event is damaged', async () => {
    await headOf(killed);
    const bytes = readFileSync(file);
    for (let at = bytes.indexOf('"b":9,'); at !== -1; at = bytes.indexOf('"b":9,', at + 1)) bytes.write('"b":8,', at);
    writeFileSync(file, bytes);
    await expectRefused(/the event at position 10 is damaged: its content is not what .+ledger\.head knows/);
  });

  it('when its head is damaged', async () => {
    const path = headFileOf(file);
    const head = readFileSync(path);
    for (const damaged of [head.subarray(0, 100), Buffer.alloc(0), Buffer.alloc(512), Buffer.from(head.toString().replace('"position":10', '"position":90'))]) {
      writeFileSync(path, damaged);
      await expect(headOf(killed)).rejects.toThrow(/ledger\.head: the head of the log is damaged.+delete this file/);
    }
  });
});

describe('a log that was replaced is refused', () => {
  const replace = (by: string, left: readonly string[]): void => {
    for (const suffix of suffixes) if (!left.includes(suffix)) rmSync(file + suffix, { force: true });
    cpSync(by, file);
  };
  const beside: readonly [string, readonly string[]][] = [
    ['its old -wal and -shm', ['-wal', '-shm']],
    ['its old -wal', ['-wal']],
  ];

  it.each(beside)('by a backup beside %s, which hold all that the backup lacks', async (_, left) => {
    replace(backup, left);
    await expectRefused(/this file was put in the place of another, to which ledger\.sqlite-wal beside it belongs\. By itself it ends at position 7; .+ up to position 10, so the first that is missing is 8/);
  });

  it.each([
    ['alone', []],
    ['beside its old -shm', ['-shm']],
  ])('by a backup %s', async (_, left) => {
    replace(backup, left);
    await expectRefused(/missing from position 8 on: .+ledger\.head knows events up to position 10.+older backup/);
  });

  it.each(beside)('by the log of another ledger beside %s', async (_, left) => {
    for (const count of [3, 5, 20]) {
      await write(join(killed, `other-${count}`), count, 'two');
      replace(logFileOf(join(killed, `other-${count}`)), left);
      await expectRefused(/put in the place of another/);
      cpSync(join(folder, 'killed'), killed, { recursive: true, force: true });
    }
  });

  it('by the log of another ledger alone, whose events have the same positions', async () => {
    await write(join(killed, 'other'), 20, 'two');
    replace(logFileOf(join(killed, 'other')), []);
    await expectRefused(/at position 10 is another event than .+ledger\.head knows/);
  });

  it('by a backup of before pages were moved from the -wal that is left', async () => {
    const dataDir = join(killed, 'moved');
    const log = logFileOf(dataDir);
    createLogFile(log);
    const descriptor = openSync(log, 'r+');
    const writer = new LogWriter(log);
    const head = new HeadFile(log, { newest: writer.newest, file: null });
    const idle = { on: () => undefined, postMessage: () => undefined } as unknown as CheckpointThread;
    const checkpointing = new Checkpointing(writer, head, descriptor, idle);
    const add = (from: number, count: number): void => {
      const pending = new PendingTransaction();
      pending.add('a', from - 1, events(from, count), { resolve: () => undefined, reject: () => undefined });
      writer.write(pending.seal());
      head.advance(writer.newest);
    };
    add(0, 1);
    await backUp(log, join(killed, 'early.sqlite'));
    add(1, 3);
    checkpointing.now();
    add(4, 2);
    for (const copy of ['whole', 'replaced']) cpSync(join(dataDir, 'log'), join(killed, copy, 'log'), { recursive: true });
    head.close();
    writer.close();
    closeSync(descriptor);

    expect(await headOf(join(killed, 'whole'))).toBe(6);
    cpSync(join(killed, 'early.sqlite'), logFileOf(join(killed, 'replaced')));
    await expect(headOf(join(killed, 'replaced'))).rejects.toThrow(/By itself it ends at position 1; .+ up to position 6, so the first that is missing is 2/);
  });
});
