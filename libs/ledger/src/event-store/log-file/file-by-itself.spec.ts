import Database from 'better-sqlite3';
import { closeSync, copyFileSync, mkdtempSync, openSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uuidV5 } from '../../events/uuid-v5.js';
import { fileByItself } from './file-by-itself.js';
import type { FileByItself } from './known-file.js';
import { createLogFile } from './log-file.js';

const namespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quota-ledger-file-'));
  file = join(folder, 'log', 'ledger.sqlite');
  createLogFile(file);
});
afterEach(() => rmSync(folder, { recursive: true }));

function idOf(position: number): string {
  return uuidV5(namespace, String(position));
}

function insert(database: Database.Database, positions: readonly number[], jsonBytes: number): void {
  const add = database.prepare('INSERT INTO events VALUES (?, 1, ?, ?, ?)');
  for (const position of positions) add.run(position, position, Buffer.from(idOf(position).replaceAll('-', ''), 'hex'), 'x'.repeat(jsonBytes));
}

function read(path = file): FileByItself | undefined {
  const descriptor = openSync(path, 'r');
  try {
    return fileByItself(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

describe('the file of a log by itself', () => {
  it('ends at 0 when it is empty', () => {
    expect(read()).toMatchObject({ position: 0, id: '' });
  });

  // One leaf, two levels, three levels; rows that fit and rows that go on in other pages; rowids of every length.
  it.each([
    [1, 100, 1],
    [100, 100, 1],
    [400, 900, 1],
    [20, 100_000, 1],
    [2_000, 16_000, 1],
    [300, 900, 40_000_000_000],
  ])('ends at its newest event: %s events of %s bytes from position %s on', (count, jsonBytes, first) => {
    const database = new Database(file);
    insert(database, Array.from({ length: count }, (_, index) => first + index), jsonBytes);
    database.close();
    const last = first + count - 1;
    expect(read()).toEqual({ position: last, id: idOf(last), modifiedNs: String(statSync(file, { bigint: true }).mtimeNs) });
  });

  it('ends where it ended, whatever is in its -wal, until that is moved into it', () => {
    const database = new Database(file);
    database.pragma('wal_autocheckpoint = 0');
    insert(database, [1, 2, 3], 100);
    expect(read()).toMatchObject({ position: 0 });
    database.pragma('wal_checkpoint(PASSIVE)');
    insert(database, [4], 100);
    expect(read()).toMatchObject({ position: 3, id: idOf(3) });
    database.close();
    expect(read()).toMatchObject({ position: 4, id: idOf(4) });
  });

  it('is another one as a copy', () => {
    copyFileSync(file, join(folder, 'copy.sqlite'));
    expect(read(join(folder, 'copy.sqlite'))?.modifiedNs).not.toBe(read()?.modifiedNs);
  });

  it('cannot be made out where it is torn', () => {
    truncateSync(file, 20_000);
    expect(read()).toBeUndefined();
    writeFileSync(file, '');
    expect(read()).toBeUndefined();
  });
});
