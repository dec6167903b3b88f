import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf, eventId } from '../../events/seal.js';
import { EmbeddedEventStore } from '../embedded/embedded-event-store.js';
import { noStream, type NewEvent } from '../../events/stored-event.js';
import { logFileOf } from './log-file.js';

// Rows that somebody changed, or that the disk gave back changed.

let dataDir: string;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'quota-ledger-damaged-'));
  const store = await EmbeddedEventStore.open({ dataDir });
  for (const [stream, count] of [['a', 4], ['b', 3], ['a', 2]] as const) {
    const [last] = await store.readStream(stream, { limit: 1, backwards: true });
    await store.append(stream, last?.revision ?? noStream, events(stream, (last?.revision ?? noStream) + 1, count));
  }
  await store.close();
});
afterEach(() => rmSync(dataDir, { recursive: true }));

function events(stream: string, from: number, count: number): NewEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const json = `{"reserved":${100 + from + index},"type":"SomethingHappened"}`;
    return { id: eventId(stream, from + index, digestOf(json)), type: 'SomethingHappened', json };
  });
}

function change(sql: string): void {
  const database = new Database(logFileOf(dataDir));
  for (const table of ['events', 'streams']) for (const operation of ['update', 'delete']) database.exec(`DROP TRIGGER ${table}_no_${operation}`);
  database.exec(sql);
  database.close();
}

async function damaged<Result>(read: (store: EmbeddedEventStore) => Promise<Result>): Promise<unknown> {
  const store = await EmbeddedEventStore.open({ dataDir });
  try {
    return await read(store).catch((error: unknown) => error);
  } finally {
    await store.close();
  }
}

describe('an event that is damaged is refused by name, however it is read', () => {
  const changes: readonly [string, string][] = [
    ['one digit', `UPDATE events SET json = replace(json, '103', '108') WHERE position = 4`],
    ['a NUL', `UPDATE events SET json = replace(json, '3', char(0)) WHERE position = 4`],
    ['no JSON at all', `UPDATE events SET json = '' WHERE position = 4`],
    ['its id', `UPDATE events SET id = zeroblob(16) WHERE position = 4`],
    ['too short an id', `UPDATE events SET id = x'00' WHERE position = 4`],
  ];

  it.each(changes)('%s', async (_, sql) => {
    change(sql);
    const named = { name: 'StoreUnavailable', message: expect.stringMatching(/ledger\.sqlite: the event at position 4 \(a@3\) is damaged: .+Check the disk.+restore a backup/) };
    expect(await damaged((store) => store.readStream('a', { from: 3, limit: 1 }))).toMatchObject(named);
    expect(await damaged((store) => store.readStream('a', { limit: 3, backwards: true }))).toMatchObject(named);
    expect(await damaged((store) => store.readAll({ after: 0, limit: 100 }))).toMatchObject(named);
    expect(await damaged((store) => store.readStream('a', { limit: 3 }))).toHaveLength(3);
    expect(await damaged((store) => store.readStream('b', { limit: 1, backwards: true }))).toHaveLength(1);
  });

  it('nothing in place of a text; the same text as bytes is the same event', async () => {
    // As a bit of a row's header does it: the table takes texts only.
    change(`CREATE TABLE copy (position INTEGER PRIMARY KEY, stream INTEGER, revision INTEGER, id BLOB, json); INSERT INTO copy SELECT * FROM events;
      DROP TABLE events; ALTER TABLE copy RENAME TO events; CREATE UNIQUE INDEX events_of_stream ON events (stream, revision)`);
    const database = new Database(logFileOf(dataDir));
    database.exec('UPDATE events SET json = CAST(json AS BLOB) WHERE position = 4');
    const bytes = await damaged((store) => store.readAll({ after: 0, limit: 100 }));
    database.exec('UPDATE events SET json = NULL WHERE position = 4');
    database.close();
    expect(bytes).toHaveLength(9);
    expect(await damaged((store) => store.readAll({ after: 0, limit: 100 }))).toMatchObject({ message: expect.stringContaining('(a@3) is damaged') });
  });

  it('the name of its stream', async () => {
    change(`UPDATE streams SET name = 'c' WHERE name = 'a'`);
    expect(await damaged((store) => store.readStream('c', { limit: 1 }))).toMatchObject({ message: expect.stringContaining('(c@0) is damaged') });
  });
});

describe('a log in which events are missing is refused by name', () => {
  it.each([
    ['in the middle of a stream', 'DELETE FROM events WHERE position = 4', /missing in the middle of the log, of the stream a among others: it has 8 up to position 9/],
    ['at the beginning of a stream', 'DELETE FROM events WHERE position = 5', /of the stream b among others: it has 8 up to position 9/],
    ['at the end of a stream', 'DELETE FROM events WHERE position = 7', /events are missing in the middle of the log: it has 8 up to position 9/],
    ['all of a stream', `DELETE FROM events WHERE stream = 2`, /it has 6 up to position 9/],
    ['the name of a stream', `DELETE FROM streams WHERE name = 'b'`, /the log has events of 2 streams and the names of 1/],
  ])('%s', async (_, sql, message) => {
    change(sql);
    const refused = await EmbeddedEventStore.open({ dataDir }).then(
      (store) => store.readAll({ after: 0, limit: 100 }).catch((error: unknown) => error).finally(() => store.close()),
      (error: unknown) => error,
    );
    expect(refused).toMatchObject({ message: expect.stringMatching(message) });
  });
});
