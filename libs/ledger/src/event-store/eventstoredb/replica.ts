import Database from 'better-sqlite3';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { noStream, type Position, type Revision } from '../../events/stored-event.js';
import { checkLogHeader, createLogFile } from '../log-file/log-file.js';
import { uuidText } from '../log-file/uuid-text.js';
import { type LogPlace } from './thread/cluster-reads.js';
import { type FedEvent } from './grpc/fed-event.js';

const cacheKibibytes = 8192;
const walBytesKept = 16 * 2 ** 20;

/** What the file stands for, and how far the cluster's log has been looked through. */
const feedTable = `
  CREATE TABLE feed (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    prefix TEXT NOT NULL,
    last_prepare TEXT,
    checkpoint_commit TEXT,
    checkpoint_prepare TEXT,
    checkpoint_event TEXT
  ) STRICT;
`;

interface FeedRow {
  readonly prefix: string;
  readonly last_prepare: string | null;
  readonly checkpoint_commit: string | null;
  readonly checkpoint_prepare: string | null;
  readonly checkpoint_event: string | null;
}

/** The replica does not continue with what the feed brings: one of the two has lost events. */
export class ReplicaBroken extends Error {
  override readonly name = 'ReplicaBroken';
}

/** The newest event of the replica, by which it is seen whether it is still that of the cluster. */
export interface LastEvent extends LogPlace {
  readonly stream: string;
  readonly revision: Revision;
  readonly id: string;
}

/** A place behind the newest event up to which the cluster has nothing of ours, and the event that stands there. */
export interface Checkpoint extends LogPlace {
  readonly eventId: string;
}

/** Where the copy of the cluster's log lies in a data directory. */
export function replicaFileOf(dataDir: string): string {
  return join(dataDir, 'replica', 'ledger.sqlite');
}

interface StreamEnd {
  readonly number: number;
  revision: Revision;
}

/** The writing connection to the copy of the log. It is disposable: what is lost of it comes from the cluster again. */
export class Replica {
  readonly #database: Database.Database;
  readonly #statements;
  readonly #ends = new Map<string, StreamEnd>();
  #head: Position;
  #lastStream: number;

  /** @throws whatever is wrong with the file */
  private constructor(file: string) {
    const database = new Database(file, { fileMustExist: true });
    this.#database = database;
    // It may lose its last events with the machine, and gets them again.
    database.pragma('synchronous = NORMAL');
    database.pragma(`cache_size = -${cacheKibibytes}`);
    database.pragma(`journal_size_limit = ${walBytesKept}`);
    this.#head = (database.prepare('SELECT max(position) FROM events').pluck().get() as Position | null) ?? 0;
    this.#lastStream = (database.prepare('SELECT max(stream) FROM streams').pluck().get() as number | null) ?? 0;
    this.#statements = {
      begin: database.prepare('BEGIN IMMEDIATE'),
      commit: database.prepare('COMMIT'),
      rollback: database.prepare('ROLLBACK'),
      findStream: database.prepare('SELECT stream FROM streams WHERE name = ?').pluck(),
      lastRevision: database.prepare('SELECT max(revision) FROM events WHERE stream = ?').pluck(),
      addStream: database.prepare('INSERT INTO streams (stream, name) VALUES (?, ?)'),
      addEvent: database.prepare('INSERT INTO events (position, stream, revision, id, json) VALUES (?, ?, ?, ?, ?)'),
      moveOn: database.prepare(
        'UPDATE feed SET last_prepare = ?, checkpoint_commit = NULL, checkpoint_prepare = NULL, checkpoint_event = NULL',
      ),
      saveCheckpoint: database.prepare('UPDATE feed SET checkpoint_commit = ?, checkpoint_prepare = ?, checkpoint_event = ?'),
      feed: database.prepare('SELECT * FROM feed'),
      lastUpTo: database.prepare(
        `SELECT position, name AS stream, revision, hex(id) AS id
         FROM events JOIN streams USING (stream) WHERE position <= ? ORDER BY position DESC LIMIT 1`,
      ),
      lastEvent: database.prepare(
        `SELECT position, name AS stream, revision, hex(id) AS id, json_valid(json) AS valid
         FROM events JOIN streams USING (stream) ORDER BY position DESC LIMIT 1`,
      ),
    };
  }

  /**
   * Opens the replica, having made a new one if there is none, or none of these streams that is whole.
   * @param discarded told why there was no going on with the old one
   */
  static open(file: string, prefix: string, discarded: (why: string) => void): Replica {
    if (existsSync(file)) {
      try {
        return Replica.#openWhole(file, prefix);
      } catch (error) {
        discarded(error instanceof Error ? error.message : String(error));
      }
    }
    return Replica.create(file, prefix);
  }

  static #openWhole(file: string, prefix: string): Replica {
    checkLogHeader(file);
    const replica = new Replica(file);
    try {
      const feed = replica.#feed();
      if (feed.prefix !== prefix) throw new ReplicaBroken(`it holds the streams with the prefix ${JSON.stringify(feed.prefix)}`);
      if (replica.#head > 0 && replica.last === undefined) throw new ReplicaBroken('its last event is damaged');
      return replica;
    } catch (error) {
      replica.close();
      throw error;
    }
  }

  /** An empty one, in the place of what there may be. */
  static create(file: string, prefix: string): Replica {
    rmSync(dirname(file), { recursive: true, force: true });
    createLogFile(file, feedTable);
    const replica = new Replica(file);
    replica.#database.prepare('INSERT INTO feed (one, prefix) VALUES (1, ?)').run(prefix);
    return replica;
  }

  /** The position of the newest event. */
  get head(): Position {
    return this.#head;
  }

  /** -1 for a stream that it does not have. */
  lastRevisionOf(stream: string): Revision {
    const end = this.#ends.get(stream);
    if (end !== undefined) return end.revision;
    const number = this.#statements.findStream.get(stream) as number | undefined;
    return number === undefined ? noStream : (this.#statements.lastRevision.get(number) as Revision);
  }

  /** Undefined for an empty replica. */
  get last(): LastEvent | undefined {
    const row = this.#statements.lastEvent.get() as
      | { position: Position; stream: string; revision: Revision; id: string; valid: number }
      | undefined;
    if (row?.valid !== 1) return undefined;
    const { position, stream, revision, id } = row;
    const commit = BigInt(position);
    return { stream, revision, id: uuidText(id), commit, prepare: BigInt(this.#feed().last_prepare ?? commit) };
  }

  /** The last event up to a position. */
  lastUpTo(position: Position): { readonly position: Position; readonly stream: string; readonly revision: Revision; readonly id: string } | undefined {
    const row = this.#statements.lastUpTo.get(position) as { position: Position; stream: string; revision: Revision; id: string } | undefined;
    return row && { ...row, id: uuidText(row.id) };
  }

  /** The last one saved behind the newest event. */
  get checkpoint(): Checkpoint | undefined {
    const { checkpoint_commit: commit, checkpoint_prepare: prepare, checkpoint_event: eventId } = this.#feed();
    if (commit === null || prepare === null || eventId === null) return undefined;
    return { commit: BigInt(commit), prepare: BigInt(prepare), eventId };
  }

  /**
   * Adds events in one transaction. Those that it has are passed over.
   * @throws ReplicaBroken if events of a stream are missing before one of these; nothing is added then
   */
  add(events: readonly FedEvent[]): readonly FedEvent[] {
    const fresh = events.filter(({ position }) => position > this.#head);
    const last = fresh.at(-1);
    if (last === undefined) return [];
    const before = this.#lastStream;
    this.#statements.begin.run();
    try {
      for (const event of fresh) this.#add(event);
      this.#statements.moveOn.run(last.prepare);
      this.#statements.commit.run();
    } catch (error) {
      this.#lastStream = before;
      this.#ends.clear();
      if (this.#database.inTransaction) this.#statements.rollback.run();
      throw error;
    }
    this.#head = last.position;
    return fresh;
  }

  /** Passes over one that says no more than what it has. */
  saveCheckpoint({ commit, prepare, eventId }: Checkpoint): void {
    if (commit <= Math.max(this.#head, Number(this.checkpoint?.commit ?? 0))) return;
    this.#statements.saveCheckpoint.run(String(commit), String(prepare), eventId);
  }

  close(): void {
    this.#database.close();
  }

  #add({ stream, revision, id, json, position }: FedEvent): void {
    const end = this.#endOf(stream);
    if (revision !== end.revision + 1) {
      throw new ReplicaBroken(`events of the stream ${stream} are missing between revisions ${end.revision} and ${revision}`);
    }
    if (end.revision === noStream) this.#statements.addStream.run(end.number, stream);
    this.#statements.addEvent.run(position, end.number, revision, Buffer.from(id.replaceAll('-', ''), 'hex'), json);
    end.revision = revision;
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

  #feed(): FeedRow {
    return this.#statements.feed.get() as FeedRow;
  }
}
