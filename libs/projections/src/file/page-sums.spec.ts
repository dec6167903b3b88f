import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { isAsWritten, PageSums } from './page-sums.js';

/** A prime: all bits and kinds of bytes are met. */
const stride = process.env['LONG'] === '1' ? 61 : 4_001;

describe('the sums of the pages of a file', () => {
  let folder: string;
  let path: string;
  let database: Database;
  let sums: PageSums;
  let commits: number;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'page-sums-'));
    path = join(folder, 'live', 'views.sqlite');
    mkdirSync(join(folder, 'live'));
    database = new SqliteDatabase(path);
    database.pragma('journal_mode = WAL');
    database.pragma('wal_autocheckpoint = 0');
    database.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT); CREATE INDEX by_text ON rows (text)');
    sums = new PageSums(path);
    commits = 0;
  });
  afterEach(() => {
    sums.close();
    database.close();
    rmSync(folder, { recursive: true });
  });

  function commit(times: number): void {
    const insert = database.prepare('INSERT INTO rows VALUES (?, ?)');
    const change = database.prepare('UPDATE rows SET text = ? WHERE id = ?');
    for (let n = 0; n < times; n += 1) {
      commits += 1;
      database.transaction(() => {
        insert.run(commits, textOf(commits, commits));
        change.run(textOf(Math.ceil(commits / 2), commits), Math.ceil(commits / 2));
      })();
    }
  }

  function copy(mode: 'PASSIVE' | 'TRUNCATE' = 'PASSIVE'): boolean {
    let isComplete = false;
    sums.whileCopying(() => {
      const [{ log, checkpointed }] = database.pragma(`wal_checkpoint(${mode})`) as [{ log: number; checkpointed: number }];
      return (isComplete = log === checkpointed);
    });
    return isComplete;
  }

  const textOf = (id: number, commit: number): string => `row ${id} of commit ${commit} `.repeat(20);

  /** What a killed process leaves, and all that a disk makes of one bit or the end of it. */
  function everyDamage(): { readonly accepted: number; readonly refused: number } {
    const left = join(folder, 'left');
    const counts = { accepted: 0, refused: 0 };
    const names = readdirSync(join(folder, 'live')).filter((name) => !name.endsWith('-shm'));
    const files = names.map((name) => [name, readFileSync(join(folder, 'live', name))] as const);
    const holds = (what: string): void => {
      const file = join(left, 'views.sqlite');
      if (!isAsWritten(file)) {
        counts.refused += 1;
        return;
      }
      counts.accepted += 1;
      expect([what, stateOf(file)]).toEqual([what, expect.any(Number)]);
    };
    const lay = (): void => {
      rmSync(left, { recursive: true, force: true });
      cpSync(join(folder, 'live'), left, { recursive: true, filter: (name) => !name.endsWith('-shm') });
    };
    lay();
    expect(isAsWritten(join(left, 'views.sqlite'))).toBe(true);
    holds('nothing');
    for (const [name, whole] of files) {
      for (let at = 0; at < whole.length; at += stride) {
        lay();
        const flipped = Buffer.from(whole);
        flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
        writeFileSync(join(left, name), flipped);
        holds(`${name} with another bit at ${at}`);
        if (at % 4 === 0) {
          lay();
          writeFileSync(join(left, name), whole.subarray(0, at));
          holds(`${name} cut at ${at}`);
        }
      }
    }
    return counts;
  }

  /** After how many commits the rows are what they are; throws if they never were so. */
  function stateOf(file: string): number {
    const read = new SqliteDatabase(file);
    try {
      const tables = read.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'rows'").pluck().get() as number;
      if (tables === 0) return 0;
      const rows = read.prepare('SELECT id, text FROM rows ORDER BY id').raw().all() as [number, string][];
      const expected = Array.from({ length: rows.length }, (_, index) => {
        const id = index + 1;
        // The last commit that changed it: those of twice its number and of the one before.
        const changed = [2 * id, 2 * id - 1].find((commit) => commit <= rows.length && commit >= id) ?? id;
        return [id, textOf(id, changed)];
      });
      expect(rows).toEqual(expected);
      expect(read.pragma('integrity_check', { simple: true })).toBe('ok');
      return rows.length;
    } finally {
      read.close();
    }
  }

  it('finds every damage before anything was copied, or what is left was once so', () => {
    commit(30);
    expect(everyDamage().accepted).toBeGreaterThan(0);
  });

  it('finds every damage after a copy', () => {
    commit(30);
    expect(copy()).toBe(true);
    expect(everyDamage().refused).toBeGreaterThan(0);
  });

  it('finds every damage where the write-ahead log began anew after a copy', () => {
    commit(40);
    copy();
    commit(12);
    expect(everyDamage().refused).toBeGreaterThan(0);
  });

  it('finds every damage where only a part could be copied, for somebody read', () => {
    commit(20);
    const reader = new SqliteDatabase(path, { readonly: true });
    const reading = reader.prepare('SELECT * FROM rows').iterate();
    reading.next();
    commit(15);
    expect(copy()).toBe(false);
    expect(everyDamage().refused).toBeGreaterThan(0);
    reading.return?.();
    reader.close();
  });

  it('finds every damage after all was copied', () => {
    commit(30);
    copy('TRUNCATE');
    const { refused, accepted } = everyDamage();
    expect(refused).toBeGreaterThan(accepted);
  });

  it('knows nothing of a file without sums', () => {
    commit(3);
    copy('TRUNCATE');
    rmSync(`${path}.pages`);
    expect(isAsWritten(path)).toBe(true);
  });

  it('takes a file that had none as it is', () => {
    commit(30);
    copy('TRUNCATE');
    sums.close();
    rmSync(`${path}.pages`);
    sums = new PageSums(path);
    expect(everyDamage().refused).toBeGreaterThan(0);
  });
});
