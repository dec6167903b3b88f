import type { Database, Statement } from 'better-sqlite3';
import type { Position, RulebookAdopted } from '#ledger';
import type { AdoptedRulebook } from '../views.js';
import { viewsVersion } from './schema.js';

/** Up to where the views of a file have been folded. */
export interface CheckpointState {
  readonly position: Position;
  /** Of the event at `position`, `''` before the first: shows whether the log is still the one that was folded. */
  readonly eventId: string;
  readonly recordedAt: string | null;
}

export const noCheckpoint: CheckpointState = { position: 0, eventId: '', recordedAt: null };

/** The checkpoint of a views file, and the rulebooks adopted so far. */
export class Checkpoint {
  readonly #database: Database;
  readonly #load: Statement<[]>;
  readonly #save: Statement<[number, number, string, string | null]>;
  readonly #saveRulebook: Statement<[number, string]>;

  constructor(database: Database) {
    this.#database = database;
    this.#load = database.prepare(
      'SELECT version, position, event_id AS eventId, recorded_at AS recordedAt FROM checkpoint',
    );
    this.#save = database.prepare(
      'INSERT OR REPLACE INTO checkpoint (one, version, position, event_id, recorded_at) VALUES (1, ?, ?, ?, ?)',
    );
    this.#saveRulebook = database.prepare('INSERT INTO rulebooks (position, event) VALUES (?, ?)');
  }

  /** @throws Error if the file was written by another version of the views. */
  load(): CheckpointState {
    const row = this.#load.get() as (CheckpointState & { readonly version: number }) | undefined;
    if (!row) return noCheckpoint;
    const { version, ...checkpoint } = row;
    if (version !== viewsVersion)
      throw new Error(`It is of version ${version}, this build writes version ${viewsVersion}`);
    return checkpoint;
  }

  save({ position, eventId, recordedAt }: CheckpointState): void {
    this.#save.run(viewsVersion, position, eventId, recordedAt);
  }

  saveRulebook(event: RulebookAdopted, position: Position): void {
    this.#saveRulebook.run(position, JSON.stringify(event));
  }

  rulebooks(): readonly AdoptedRulebook[] {
    const rows = this.#database.prepare('SELECT position, event FROM rulebooks ORDER BY position').all();
    return (rows as { position: number; event: string }[]).map(({ position, event }) => ({
      event: JSON.parse(event) as RulebookAdopted,
      position,
    }));
  }

  /** Copies the write-ahead log into the file when it has grown by `pagesMax`. Returns whether it did. */
  copyWal(pagesMax: number): boolean {
    const [wal] = this.#database.pragma('wal_checkpoint(NOOP)') as [
      { readonly log: number; readonly checkpointed: number },
    ];
    if (wal.log - wal.checkpointed < pagesMax) return false;
    this.#database.pragma('wal_checkpoint(PASSIVE)');
    return true;
  }
}
