import Database from 'better-sqlite3';
import type { LogRange, StreamRange } from '../event-store.js';
import type { Position, Revision, StoredEvent } from '../../events/stored-event.js';
import { digestOf, eventId } from '../../events/seal.js';
import { typeOf } from './event-type.js';
import { LogUnreadable, restoreAdvice } from './log-unreadable.js';
import { sqliteCode } from './sqlite-code.js';
import { uuidText } from './uuid-text.js';

/** One bit makes bytes or nothing of a text. */
const text = "coalesce(CAST(json AS TEXT), '')";

/** Measured: a larger one, or mapping the file into memory, does not read a page faster. */
const pageCacheKibibytes = 2048;

/** An event as it is read, cheap to hand to another thread: the id in hexadecimal digits. */
export type EventRow = [position: Position, stream: string, revision: Revision, idHex: string, json: string];

/** An event where its id does not matter, which takes a fifth of the time of reading it. */
export type ScannedRow = [position: Position, stream: string, revision: Revision, json: string];

type StoredRow = [position: Position, stream: number, revision: Revision, idHex: string, json: string];

export interface LogReaderSettings {
  /** More of it serves look-ups all over the log. */
  readonly cacheKibibytes?: number;
  /** For checks that list everything that is wrong: rows are handed out as they are. */
  readonly isLenient?: boolean;
  /** What messages call the file; left out: its path. */
  readonly shown?: string;
}

/**
 * A read-only connection to the log. Synchronous, in short transactions: one page each. What it hands out is whole: each
 * event has the id of its content and place, and none is missing in between. A read of anything else throws LogUnreadable.
 */
export class LogReader {
  readonly #database: Database.Database;
  readonly #statements;
  /** Names of streams by number, and the other way round: a stream that exists keeps both. */
  readonly #names = new Map<number, string>();
  readonly #numbers = new Map<string, number>();

  readonly #isLenient: boolean;
  /** Positions of a copy of a cluster's log have gaps. */
  readonly #isDense: boolean;

  readonly #shown: string;

  constructor(file: string, { cacheKibibytes = pageCacheKibibytes, isLenient = false, shown = file }: LogReaderSettings = {}) {
    this.#shown = shown;
    this.#isLenient = isLenient;
    const database = new Database(file, { readonly: true, fileMustExist: true });
    this.#database = database;
    database.pragma(`cache_size = -${cacheKibibytes}`);
    this.#isDense = database.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'feed'").pluck().get() === 0;
    const select = (where: string): Database.Statement =>
      database.prepare(`SELECT position, stream, revision, hex(id), ${text} FROM events WHERE ${where} LIMIT ?`).raw();
    this.#statements = {
      all: select('position > ? ORDER BY position'),
      scan: database
        .prepare(`SELECT position, stream, revision, ${text} FROM events WHERE position > ? ORDER BY position LIMIT ?`)
        .raw(),
      forwards: select('stream = ? AND revision >= ? ORDER BY revision'),
      backwards: select('stream = ? AND revision <= ? ORDER BY revision DESC'),
      findStream: database.prepare('SELECT stream FROM streams WHERE name = ?').pluck(),
      nameOf: database.prepare('SELECT name FROM streams WHERE stream = ?').pluck(),
      countAfter: database.prepare('SELECT count(*) FROM (SELECT 1 FROM events WHERE position > ? LIMIT ?)').pluck(),
      head: database.prepare('SELECT max(position) FROM events').pluck(),
    };
  }

  readAll({ after, limit }: LogRange): EventRow[] {
    return this.#whole(() => {
      const rows = this.#named(this.#statements.all.all(after, limit));
      this.#checkPositions(after, rows);
      return rows;
    });
  }

  scan({ after, limit }: LogRange): ScannedRow[] {
    return this.#whole(() => {
      const rows = this.#statements.scan.all(after, limit) as (ScannedRow | [Position, number, Revision, string])[];
      for (const row of rows) row[1] = this.#nameOf(row[1] as number);
      this.#checkPositions(after, rows);
      return rows as ScannedRow[];
    });
  }

  readStream(stream: string, { from, limit, backwards = false }: StreamRange): EventRow[] {
    return this.#whole(() => {
      const number = this.#numberOf(stream);
      if (number === undefined) return [];
      const rows = this.#named(
        backwards
          ? this.#statements.backwards.all(number, from ?? Number.MAX_SAFE_INTEGER, limit)
          : this.#statements.forwards.all(number, from ?? 0, limit),
      );
      const first = backwards ? rows[0]?.[2] : (from ?? 0);
      this.#checkRevisions(stream, rows, first, backwards ? -1 : 1);
      if (backwards && rows.length < limit && (rows.at(-1)?.[2] ?? 0) !== 0) throw new Damage(`events of the stream ${stream} are missing at its beginning`);
      return rows;
    });
  }

  /** How many events lie after a position, counted up to `max`. */
  countAfter(position: Position, max: number): number {
    return this.#whole(() => this.#statements.countAfter.get(position, max) as number);
  }

  head(): Position {
    return this.#whole(() => (this.#statements.head.get() as Position | null) ?? 0);
  }

  close(): void {
    this.#database.close();
  }

  #named(rows: unknown[]): EventRow[] {
    for (const row of rows as (StoredRow | EventRow)[]) row[1] = this.#nameOf(row[1] as number);
    if (!this.#isLenient) for (const row of rows as EventRow[]) checkEvent(row);
    return rows as EventRow[];
  }

  #checkPositions(after: Position, rows: readonly { readonly 0: Position }[]): void {
    if (!this.#isDense || this.#isLenient) return;
    for (const [index, row] of rows.entries()) if (row[0] !== after + 1 + index) throw new Damage(`the event at position ${after + 1 + index} is missing`);
  }

  #checkRevisions(stream: string, rows: readonly EventRow[], first: Revision | undefined, step: 1 | -1): void {
    if (this.#isLenient || first === undefined) return;
    for (const [index, row] of rows.entries()) {
      const expected = first + step * index;
      if (row[2] !== expected) throw new Damage(`the event ${stream}@${expected} is missing`);
    }
  }

  /** @throws LogUnreadable for what the file should not have, be it SQLite or this class that finds it */
  #whole<Result>(read: () => Result): Result {
    try {
      return read();
    } catch (error) {
      const isDamage = error instanceof Damage;
      if (!isDamage && !/^SQLITE_(CORRUPT|NOTADB)/.test(sqliteCode(error))) throw error;
      const problem = isDamage ? error.message : `the log cannot be read (${String(error)})`;
      throw new LogUnreadable(this.#shown, `${problem}. Check the disk. ${restoreAdvice(this.#shown)}`, { cause: error });
    }
  }

  #numberOf(stream: string): number | undefined {
    const known = this.#numbers.get(stream);
    if (known !== undefined) return known;
    const number = this.#statements.findStream.get(stream) as number | undefined;
    if (number !== undefined) this.#numbers.set(stream, number);
    return number;
  }

  #nameOf(stream: number): string {
    let name = this.#names.get(stream);
    if (name === undefined) {
      name = this.#statements.nameOf.get(stream) as string | undefined;
      if (name === undefined) throw new Damage(`the name of its stream ${stream} is missing`);
      this.#names.set(stream, name);
    }
    return name;
  }
}

/** What is wrong with the content of the file. */
class Damage extends Error {}

function checkEvent([position, stream, revision, idHex, json]: EventRow): void {
  if (uuidText(idHex) === eventId(stream, revision, digestOf(json))) return;
  throw new Damage(`the event at position ${position} (${stream}@${revision}) is damaged: its id is not that of its content`);
}

export function storedEvent([position, stream, revision, idHex, json]: EventRow): StoredEvent {
  return { id: uuidText(idHex), type: typeOf(json), json, stream, revision, position };
}
