import Database from 'better-sqlite3';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppendResult } from '../event-store.js';
import { noStream, type NewEvent, type StoredEvent } from '../../events/stored-event.js';
import { digestOf, eventId } from '../../events/seal.js';
import { EmbeddedEventStore, type EmbeddedStoreOptions } from './embedded-event-store.js';
import { logFileOf } from '../log-file/log-file.js';
import { openLogReader } from '../log-file/open-log-reader.js';

/** @param expected the revision that they fit behind */
function someEvents(stream: string, expected: number, count: number, jsonBytes = 100): NewEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const json = `{"a":"${'x'.repeat(jsonBytes)}","type":"SomethingHappened"}`;
    return { id: eventId(stream, expected + 1 + index, digestOf(json)), type: 'SomethingHappened', json };
  });
}

function matching(message: RegExp): unknown {
  return expect.stringMatching(message);
}

let folder: string;
let dataDir: string;
let file: string;
let opened: EmbeddedEventStore[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quota-ledger-embedded-'));
  dataDir = folder;
  file = logFileOf(dataDir);
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store.close();
  rmSync(folder, { recursive: true });
});

async function open(options: Partial<EmbeddedStoreOptions> = {}): Promise<EmbeddedEventStore> {
  const store = await EmbeddedEventStore.open({ dataDir, ...options });
  opened.push(store);
  return store;
}

/** A log with some events, closed. */
async function writeLog(count = 200): Promise<void> {
  const store = await open();
  await store.append('a', noStream, someEvents('a', noStream, count));
  await store.close();
}

describe('the data directory', () => {
  it('is created with everything in it', async () => {
    dataDir = join(dataDir, 'new', 'directory');
    const store = await open();

    expect(await store.head()).toBe(0);
    expect(existsSync(logFileOf(dataDir))).toBe(true);
  });

  it('belongs to one store at a time, and the message says to whom', async () => {
    const store = await open();

    await expect(open()).rejects.toMatchObject({
      name: 'DataDirLocked',
      message: matching(new RegExp(`${dataDir} is in use by process ${process.pid} since 20.+stop that one`)),
    });
    await store.close();
    await open();
  });

  it('is given back when the log in it cannot be opened', async () => {
    mkdirSync(join(dataDir, 'log'));
    writeFileSync(file, 'x');
    await expect(open()).rejects.toMatchObject({ name: 'LogUnreadable' });
    rmSync(file);

    await open();
  });

  it('must be a directory', async () => {
    dataDir = join(dataDir, 'file');
    writeFileSync(dataDir, '');

    const message = matching(/file: it cannot be used as data directory.+Name one that/);
    await expect(open()).rejects.toMatchObject({ name: 'LogUnreadable', message });
  });
});

describe('a log that is no whole log', () => {
  /** Opening must fail with this message and leave the file as it is. */
  const expectUnreadable = async (message: RegExp): Promise<void> => {
    const before = readFileSync(file);
    await expect(open()).rejects.toMatchObject({ name: 'LogUnreadable', path: file, message: matching(message) });
    expect(readFileSync(file).equals(before)).toBe(true);
  };

  const changeHeader = (offset: number, value: number): void => {
    const bytes = readFileSync(file);
    bytes.writeUInt32BE(value, offset);
    writeFileSync(file, bytes);
  };

  it.each([
    ['text', Buffer.from('id,chip,quantity\n')],
    ['nothing', Buffer.alloc(0)],
  ])('is refused and left alone when it holds %s', async (_, content) => {
    mkdirSync(join(dataDir, 'log'));
    writeFileSync(file, content);

    await expectUnreadable(/ledger\.sqlite: this is not a log of Quota Ledger.+backup/);
  });

  it('is refused when another application made it', async () => {
    mkdirSync(join(dataDir, 'log'));
    new Database(file).exec('CREATE TABLE notes (note TEXT)').close();

    await expectUnreadable(/database of another application/);
  });

  it('is refused when a newer version made it', async () => {
    await writeLog();
    changeHeader(60, 2);

    await expectUnreadable(/format 2, this program knows formats up to 1. Install a newer version/);
  });

  it('is refused when it is cut off', async () => {
    await writeLog();
    truncateSync(file, statSync(file).size - 8192);

    await expectUnreadable(/the file is cut off: it should have \d+ bytes/);
  });

  it('is refused when its last event is damaged', async () => {
    await writeLog();
    const bytes = readFileSync(file);
    // All of them, for SQLite fills a page from its end.
    for (let at = bytes.indexOf('{"a":"xxx'); at !== -1; at = bytes.indexOf('{"a":"xxx', at + 1)) bytes.write('[', at);
    writeFileSync(file, bytes);

    await expectUnreadable(/the end of the log is damaged/);
  });

  it('is refused when it is a directory', async () => {
    mkdirSync(file, { recursive: true });

    const message = matching(/ledger\.sqlite: the log cannot be read/);
    await expect(open()).rejects.toMatchObject({ name: 'LogUnreadable', path: file, message });
  });
});

describe('the log file', () => {
  it('lets nobody change or delete what it holds', async () => {
    await writeLog();
    const database = new Database(file);

    for (const change of [
      `UPDATE events SET json = '{}'`,
      'DELETE FROM events WHERE position = 3',
      `UPDATE streams SET name = 'b'`,
      'DELETE FROM streams',
    ]) {
      expect(() => database.exec(change)).toThrow('The log is append-only.');
    }
    database.close();
  });

  it('counts positions from 1 without gaps', async () => {
    const store = await open();
    for (const stream of ['a', 'b']) await store.append(stream, noStream, someEvents(stream, noStream, 2));
    await store.append('a', noStream, someEvents('a', noStream, 2));

    expect(await store.append('a', 1, someEvents('a', 1, 1))).toEqual({ appended: true, positions: [5] });
  });

  it('is recovered from its write-ahead log', async () => {
    const store = await open();
    await store.append('a', noStream, someEvents('a', noStream, 50));
    const copy = mkdtempSync(join(tmpdir(), 'quota-ledger-copy-'));
    cpSync(join(dataDir, 'log'), join(copy, 'log'), { recursive: true, filter: (path) => !path.endsWith('-shm') });
    const recovered = await open({ dataDir: copy });

    expect(await recovered.readAll({ after: 0, limit: 100 })).toEqual(await store.readAll({ after: 0, limit: 100 }));
    expect(await recovered.head()).toBe(50);
    await recovered.close();
    rmSync(copy, { recursive: true });
  });

  it('takes over what is in its write-ahead log while it is written to, and all of it when it is closed', async () => {
    const store = await open();
    const events = someEvents('a', noStream, 1000, 2000);
    const before = statSync(file).size;
    for (let batch = 0; statSync(file).size === before; batch += 1) await store.append('a', batch * 1000 - 1, events);

    await store.close();
    expect(statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  });
});

describe('a store without room', () => {
  const full = { name: 'StoreUnavailable', code: 'storage-full' };

  it('turns away what does not fit, keeps nothing of it, and goes on with what does', async () => {
    const store = await open({ logBytesMax: 400_000 });
    await store.append('a', noStream, someEvents('a', noStream, 1));

    const together = await Promise.allSettled([
      store.append('b', noStream, someEvents('b', noStream, 10)),
      store.append('a', 0, someEvents('a', 0, 100, 10_000)),
    ]);
    expect(together).toMatchObject([{ reason: full }, { reason: full }]);
    expect(await store.append('b', noStream, someEvents('b', noStream, 1))).toEqual({ appended: true, positions: [2] });
    expect(await store.append('a', 0, someEvents('a', 0, 1))).toEqual({ appended: true, positions: [3] });
  });

  it('takes everything again once there is room', async () => {
    let store = await open({ logBytesMax: 400_000 });
    await expect(store.append('a', noStream, someEvents('a', noStream, 100, 10_000))).rejects.toMatchObject(full);
    await store.close();
    store = await open();

    expect(await store.append('a', noStream, someEvents('a', noStream, 100, 10_000))).toMatchObject({ appended: true });
  });

  it('turns appends away at once when too much is waiting', async () => {
    const store = await open({ waitingBytesMax: 10_000 });
    const appends = Array.from({ length: 10 }, (_, index) => store.append(`s-${index}`, noStream, someEvents(`s-${index}`, noStream, 1, 5000)));
    const results = await Promise.allSettled<AppendResult>(appends);

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(results[9]).toMatchObject({ reason: { name: 'StoreUnavailable', code: 'store-unavailable' } });
    expect(await store.append('s-9', noStream, someEvents('s-9', noStream, 1, 5000))).toMatchObject({ appended: true });
  });
});

describe('a bad event', () => {
  it('harms no other append of the same transaction', async () => {
    const store = await open();
    const good = store.append('a', noStream, someEvents('a', noStream, 2));
    const bad = store.append('b', noStream, [...someEvents('b', noStream, 1), { id: 'no-uuid', type: 'T', json: '{"type":"T"}' }]);
    const alsoGood = store.append('c', noStream, someEvents('c', noStream, 1));

    await expect(bad).rejects.toThrow('An event\'s id must be a UUID, not "no-uuid".');
    expect(await good).toEqual({ appended: true, positions: [1, 2] });
    expect(await alsoGood).toEqual({ appended: true, positions: [3] });
    expect((await store.readStream('c', { limit: 1 }))[0]).toMatchObject(someEvents('c', noStream, 1)[0] ?? {});
  });
});

describe('reading the log in another thread', () => {
  it('gives what the store gives, and what is committed later', async () => {
    const store = await open();
    await store.append('a', noStream, someEvents('a', noStream, 700));
    const log = openLogReader({ file: store.logFile, port: store.followerPort() });

    expect(log.head()).toBe(700);
    expect(log.readAll({ after: 5, limit: 3 })).toEqual(await store.readAll({ after: 5, limit: 3 }));
    expect(log.readStream('a', { limit: 2, backwards: true })).toEqual(
      await store.readStream('a', { limit: 2, backwards: true }),
    );

    const stop = new AbortController();
    const events: StoredEvent[] = [];
    const writing = (async () => {
      for (let expected = 699; expected < 899; expected += 1) await store.append('a', expected, someEvents('a', expected, 1));
    })();
    for await (const batch of log.follow(0, stop.signal)) {
      events.push(...batch);
      if (events.length >= 900) stop.abort();
    }
    await writing;
    expect(events.map(({ revision }) => revision)).toEqual(Array.from({ length: 900 }, (_, index) => index));
    log.close();
  });

  it('ends with the store, and at once when told to', async () => {
    const store = await open();
    const log = openLogReader({ file: store.logFile, port: store.followerPort() });
    const stop = new AbortController();
    const stopped = log.follow(0, stop.signal)[Symbol.asyncIterator]().next();
    setImmediate(() => stop.abort());
    expect(await stopped).toEqual({ done: true, value: undefined });

    const waiting = log.follow(0, new AbortController().signal)[Symbol.asyncIterator]().next();
    const ended = expect(waiting).rejects.toMatchObject({ name: 'StoreUnavailable', code: 'store-closed' });
    await store.close();
    await ended;
    log.close();
  });
});
