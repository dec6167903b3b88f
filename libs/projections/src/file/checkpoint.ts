import type { Database, Statement } from 'better-sqlite3';
import type { Position } from '#ledger';
import { registry } from '../views/registry.js';

/** Raised when what all views share changes: names, how a command is filed, this table. */
export const fileVersion = 8;

/** A file of other versions has other tables, or other rows in them: the views are then built anew from the log. */
const versions = [`file ${fileVersion}`, ...registry.map(({ name, version }) => `${name} ${version}`)].join(', ');

/** Up to where the views of a file have been folded. */
export interface CheckpointState {
  readonly position: Position;
  /** Of the event at `position`, `''` before the first: shows whether the log is still the one that was folded. */
  readonly eventId: string;
  readonly recordedAt: string | null;
}

export const noCheckpoint: CheckpointState = { position: 0, eventId: '', recordedAt: null };

export const checkpointSchema = `
  CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    version TEXT NOT NULL,
    position INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    recorded_at TEXT
  );`;

/** The checkpoint of a views file. */
export class Checkpoint {
  readonly #database: Database;
  readonly #save: Statement<[string, number, string, string | null]>;

  constructor(database: Database) {
    this.#database = database;
    this.#save = database.prepare(
      'INSERT OR REPLACE INTO checkpoint (one, version, position, event_id, recorded_at) VALUES (1, ?, ?, ?, ?)',
    );
  }

  /** @throws Error if the file was written by another version of the views. */
  load(): CheckpointState {
    const sql = 'SELECT version, position, event_id AS eventId, recorded_at AS recordedAt FROM checkpoint';
    const row = this.#database.prepare(sql).get() as (CheckpointState & { readonly version: string | number }) | undefined;
    if (!row) return noCheckpoint;
    const { version, ...checkpoint } = row;
    if (version !== versions) throw new Error(`It is of version ${version}, this build writes ${versions}`);
    return checkpoint;
  }

  save({ position, eventId, recordedAt }: CheckpointState): void {
    this.#save.run(versions, position, eventId, recordedAt);
  }
}
