import { setImmediate as nextTurn } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import type { Database } from 'better-sqlite3';
import type { Position, StoredEvent } from '#ledger';
import { Names, nameSchema } from '../tables/names.js';
import { registry, type AnswerOf, type News, type QueryOf, type QuestionName } from '../views/registry.js';
import type { ReadEvent, View, ViewKind } from '../views/view.js';
import { Checkpoint, checkpointSchema, noCheckpoint } from './checkpoint.js';
import { EventFolds } from './event-folds.js';
import { PageSums } from './page-sums.js';

/** What a batch changed. */
export type Applied = News & {
  readonly position: Position;
  readonly recordedAt: string;
};

export interface ViewsFileOptions {
  /** `:memory:` for views that live as long as the object. */
  readonly path: string;
  readonly readEvent: ReadEvent;
  /** Not safe against a power cut until `harden` is called: for a file that nobody reads yet. */
  readonly fast?: boolean;
  /** Between the steps of a long answer; left out: other work gets its turn. */
  readonly pause?: () => Promise<void>;
  /** Left out: those of the registry. */
  readonly kinds?: readonly ViewKind[];
}

/** Pages of write-ahead log after which `tidy` copies them into the file: 8 MiB, so that no read waits long. */
const walPagesMax = 2_048;

type Questions = NonNullable<View['questions']>;

/**
 * The views in one SQLite file. A batch of events is folded and saved in one transaction together with the checkpoint,
 * so the file always stands at one position of the log. Folding is synchronous; no clock, no other I/O.
 */
export class ViewsFile {
  readonly path: string;
  readonly database: Database;
  readonly #sums: PageSums | undefined;
  readonly #names: Names;
  readonly #table: Checkpoint;
  readonly #views = new Map<ViewKind, View>();
  readonly #folds: EventFolds;
  readonly #questions: Questions;
  #checkpoint = noCheckpoint;

  /**
   * Opens or creates the file.
   * @throws Error if it cannot be read or is of another version: build the views anew in another file.
   */
  constructor({ path, readEvent, fast = false, pause = nextTurn, kinds = registry }: ViewsFileOptions) {
    this.path = path;
    this.database = new SqliteDatabase(path);
    const { database } = this;
    try {
      this.#configure(fast, kinds);
      this.#sums = database.memory ? undefined : new PageSums(path);
      // First of all: a file of another version has other tables.
      this.#table = new Checkpoint(database);
      this.#checkpoint = this.#table.load();
      this.#names = new Names(database);
      const position = (): Position => this.position;
      const parts = { database, names: this.#names, readEvent, position, pause, of: this.of.bind(this) };
      for (const kind of kinds) this.#views.set(kind, kind.open(parts));
      this.#folds = new EventFolds([...this.#views.values()]);
      this.#questions = Object.assign({}, ...this.#each((view) => view.questions)) as Questions;
    } catch (error) {
      this.#sums?.close();
      database.close();
      throw error;
    }
  }

  get position(): Position {
    return this.#checkpoint.position;
  }

  get recordedAt(): string | null {
    return this.#checkpoint.recordedAt;
  }

  /** Id of the event at `position`; `''` before the first. */
  get eventId(): string {
    return this.#checkpoint.eventId;
  }

  /** All that there is, as if one batch had brought it. */
  get whole(): News {
    return Object.assign({}, ...this.#each((view) => view.whole?.())) as News;
  }

  /** A view of this file. */
  of<Open extends View>(kind: ViewKind<Open>): Open {
    const view = this.#views.get(kind);
    if (view === undefined) throw new Error(`The view ${kind.name} is not in the registry, or after one that builds on it.`);
    return view as Open;
  }

  async ask<Name extends QuestionName>(name: Name, query: QueryOf<Name>): Promise<AnswerOf<Name>> {
    return (await this.#questions[name]?.(query as never)) as AnswerOf<Name>;
  }

  /**
   * Folds the events after `position` and saves views and checkpoint in one transaction; events that were applied
   * before are passed over. Undefined if there was nothing new.
   * @throws UnknownEvent for an event that this build cannot read; the views then stay as they were.
   */
  apply(batch: readonly StoredEvent[]): Applied | undefined {
    const news = batch.filter(({ position }) => position > this.position);
    const last = news.at(-1);
    if (last === undefined) return undefined;
    let recordedAt = '';
    this.database.exec('BEGIN IMMEDIATE');
    try {
      for (const stored of news) recordedAt = this.#folds.fold(stored);
      for (const view of this.#views.values()) view.flush?.();
      const checkpoint = { position: last.position, eventId: last.id, recordedAt };
      this.#table.save(checkpoint);
      this.database.exec('COMMIT');
      this.#checkpoint = checkpoint;
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      this.#names.forget();
      for (const view of this.#views.values()) view.forget?.();
      throw error;
    }
    return Object.assign({ position: last.position, recordedAt }, ...this.#each((view) => view.adopt?.())) as Applied;
  }

  /** Work that can wait for a pause between batches. Returns whether something was done. */
  tidy(): boolean {
    for (const view of this.#views.values()) if (view.tidy?.()) return true;
    return this.#copyWal();
  }

  /** Ends `fast`: all that was written is on disk afterwards. */
  harden(): void {
    this.database.pragma('synchronous = FULL');
    this.#copy('TRUNCATE');
    this.database.pragma('synchronous = NORMAL');
  }

  close(): void {
    if (!this.database.open) return;
    try {
      this.#copy('TRUNCATE');
    } catch {
      // A file that cannot be written to: the next start finds that its sums are not of all of it, and builds it anew.
    }
    this.#sums?.close();
    this.database.close();
  }

  #configure(fast: boolean, kinds: readonly ViewKind[]): void {
    const { database } = this;
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${fast ? 'OFF' : 'NORMAL'}`);
    database.pragma('cache_size = -32768');
    database.pragma('wal_autocheckpoint = 0');
    const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
    const schema = [checkpointSchema, nameSchema, ...kinds.map((kind) => kind.tables ?? '')].join('\n');
    if (tables === 0) database.transaction(() => database.exec(schema)).immediate();
  }

  /** Copies the write-ahead log into the file when it has grown. Returns whether it did. */
  #copyWal(): boolean {
    const [wal] = this.database.pragma('wal_checkpoint(NOOP)') as [{ readonly log: number; readonly checkpointed: number }];
    if (wal.log - wal.checkpointed < walPagesMax) return false;
    this.#copy('PASSIVE');
    return true;
  }

  #copy(mode: 'PASSIVE' | 'TRUNCATE'): void {
    const copy = (): boolean => {
      const [{ log, checkpointed }] = this.database.pragma(`wal_checkpoint(${mode})`) as [{ readonly log: number; readonly checkpointed: number }];
      return log === checkpointed;
    };
    if (this.#sums === undefined) copy();
    else this.#sums.whileCopying(copy);
  }

  #each<Part>(partOf: (view: View) => Part): Part[] {
    return Array.from(this.#views.values(), partOf);
  }
}
