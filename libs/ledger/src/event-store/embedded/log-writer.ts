import Database from 'better-sqlite3';
import { noStream, type Position, type Revision } from '../../events/stored-event.js';
import { type NewestEvent } from '../log-file/head-file.js';
import { assertAllThere, newestEvent } from '../log-file/inspect-log.js';
import { assertHolds, digestOfBytes, type AcceptedLoss, type KnownEvent } from '../log-file/known-event.js';
import { sqliteCode } from '../log-file/sqlite-code.js';
import { uuidText } from '../log-file/uuid-text.js';
import { uuidBytes, type AppendTransaction, type TransactionAnswer } from './append-transaction.js';

/** A WAL of this size is kept for reuse: overwriting it is cheaper than growing it again. */
const walBytesKept = 64 * 2 ** 20;
const cacheKibibytes = 8192;

/** The disk, or what the log may take of it, is full. The transaction was taken back. */
export class LogFull extends Error {
  override readonly name = 'LogFull';
}

export interface LogWriterOptions {
  /** Bytes the log may take; left out: what the disk has. */
  readonly logBytesMax?: number | undefined;
  /** Events that the log must have. */
  readonly known?: readonly KnownEvent[] | undefined;
  /** Position of the first event that may be missing. */
  readonly acceptLoss?: Position | undefined;
}

interface StreamEnd {
  readonly number: number;
  revision: Revision;
}

/** The one writing connection to the log. Synchronous: lives in a thread of its own. */
export class LogWriter {
  readonly #database: Database.Database;
  readonly #statements;
  /** The ends of the streams appended to so far. */
  readonly #ends = new Map<string, StreamEnd>();
  /** What the log lacks and may lack. */
  readonly loss: AcceptedLoss | undefined;
  #newest: NewestEvent;
  #position: Position;
  #lastStream: number;

  /**
   * Opens an existing log; after a crash SQLite recovers it here.
   * @throws LogUnreadable if the last event is damaged, or one that is known is not there
   */
  constructor(file: string, { logBytesMax, known = [], acceptLoss }: LogWriterOptions = {}) {
    // Looking at it through a read-only connection leaves a damaged log exactly as it was found.
    const inspection = new Database(file, { readonly: true, fileMustExist: true });
    try {
      this.#newest = newestEvent(inspection, file);
      this.#position = this.#newest.position;
      assertAllThere(inspection, file, this.#position);
      this.loss = assertHolds(inspection, file, this.#position, known, acceptLoss);
      this.#database = new Database(file, { fileMustExist: true });
    } finally {
      inspection.close();
    }
    const database = this.#database;
    database.pragma('synchronous = FULL');
    database.pragma(`cache_size = -${cacheKibibytes}`);
    database.pragma(`journal_size_limit = ${walBytesKept}`);
    // Checkpointing decides when; SQLite would do it inside a commit.
    database.pragma('wal_autocheckpoint = 0');
    if (logBytesMax !== undefined) {
      const pageBytes = database.pragma('page_size', { simple: true }) as number;
      database.pragma(`max_page_count = ${Math.floor(logBytesMax / pageBytes)}`);
    }
    this.#lastStream = database.prepare('SELECT max(stream) FROM streams').pluck().get() as number | null ?? 0;
    this.#statements = {
      begin: database.prepare('BEGIN IMMEDIATE'),
      commit: database.prepare('COMMIT'),
      rollback: database.prepare('ROLLBACK'),
      findStream: database.prepare('SELECT stream FROM streams WHERE name = ?').pluck(),
      lastRevision: database.prepare('SELECT max(revision) FROM events WHERE stream = ?').pluck(),
      addStream: database.prepare('INSERT INTO streams (stream, name) VALUES (?, ?)'),
      addEvent: database.prepare(
        'INSERT INTO events (position, stream, revision, id, json) VALUES (?, ?, ?, ?, CAST(? AS TEXT))',
      ),
    };
  }

  /** The position of the last event. */
  get position(): Position {
    return this.#position;
  }

  /** The last event, with its content. */
  get newest(): NewestEvent {
    return this.#newest;
  }

  /**
   * Writes all appends whose expected revision fits, in one transaction, durable on return.
   * @throws LogFull if there was no room; nothing was written and the writer goes on
   * @throws anything else: nobody knows what was written, and the writer must not be used again
   */
  write(transaction: AppendTransaction): TransactionAnswer {
    const { streams, expected, counts, jsonBytes, bytes } = transaction;
    const { begin, commit } = this.#statements;
    const content = Buffer.from(bytes);
    const before = { position: this.#position, lastStream: this.#lastStream };
    const answer: { first: Position[]; actual: Revision[] } = { first: [], actual: [] };
    let offset = 0;
    let event = 0;
    let newest: { readonly id: Buffer; readonly json: Buffer } | undefined;
    try {
      begin.run();
      for (const [index, stream] of streams.entries()) {
        const count = counts[index] ?? 0;
        const end = this.#endOf(stream);
        const fits = end.revision === expected[index];
        answer.first.push(fits ? this.#position + 1 : 0);
        if (fits && end.revision === noStream) this.#statements.addStream.run(end.number, stream);
        for (const next = event + count; event < next; event += 1) {
          const jsonAt = offset + uuidBytes;
          const jsonEnd = jsonAt + (jsonBytes[event] ?? 0);
          if (fits) {
            newest = { id: content.subarray(offset, jsonAt), json: content.subarray(jsonAt, jsonEnd) };
            this.#writeEvent(end, newest.id, newest.json);
          }
          offset = jsonEnd;
        }
        answer.actual.push(end.revision);
      }
      commit.run();
      if (newest !== undefined) this.#newest = { position: this.#position, id: uuidText(newest.id.toString('hex')), digest: digestOfBytes(newest.json) };
      return answer;
    } catch (error) {
      this.#position = before.position;
      this.#lastStream = before.lastStream;
      for (const stream of streams) this.#ends.delete(stream);
      if (this.#database.inTransaction) this.#statements.rollback.run();
      if (isFull(error)) throw new LogFull('There is no room left for the log.', { cause: error });
      throw error;
    }
  }

  /** Moves what is committed from the WAL into the file, as far as there is room and no reader needs it where it is. */
  checkpoint(): void {
    try {
      this.#database.pragma('wal_checkpoint(PASSIVE)');
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  }

  /** Pages in the WAL, and how many of them are in the file already. */
  walPages(): { readonly log: number; readonly checkpointed: number } {
    const [state] = this.#database.pragma('wal_checkpoint(NOOP)') as [{ log: number; checkpointed: number }];
    return state;
  }

  /** Leaves everything in the one file, if there is room. */
  close(): void {
    try {
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      if (!isFull(error)) throw error;
    } finally {
      this.#database.close();
    }
  }

  #endOf(stream: string): StreamEnd {
    const known = this.#ends.get(stream);
    if (known) return known;
    const number = this.#statements.findStream.get(stream) as number | undefined;
    const end: StreamEnd =
      number === undefined
        ? { number: (this.#lastStream += 1), revision: noStream }
        : { number, revision: this.#statements.lastRevision.get(number) as number };
    this.#ends.set(stream, end);
    return end;
  }

  #writeEvent(end: StreamEnd, id: Buffer, json: Buffer): void {
    this.#position += 1;
    end.revision += 1;
    this.#statements.addEvent.run(this.#position, end.number, end.revision, id, json);
  }
}

function isFull(error: unknown): boolean {
  return sqliteCode(error) === 'SQLITE_FULL';
}
