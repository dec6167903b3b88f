import type { Database, Statement } from 'better-sqlite3';
import type { DerivedIndex, PostedExport, Position, Reservation } from '#ledger';
import { Names } from '../tables/names.js';
import { CommandPlaces } from '../views/commands/commands.js';
import { EntryReader } from '../views/entries/entries.js';
import type { ReadEvent } from '../views/view.js';

const duePage = 500;

/** Where the index reads: a connection of its own, or in tests that of the views themselves. */
export interface IndexSource {
  readonly database: Database;
  /** Whether other threads write the file: then look-ups that belong together need one read transaction. */
  readonly isShared: boolean;
}

/**
 * The write side's look-ups in the views file. `position` is what the views have announced; the file may already be
 * ahead of it, never behind.
 */
export class ViewsIndex implements DerivedIndex {
  readonly #positionNow: () => Position;
  readonly #readEvent: ReadEvent;
  #file: IndexStatements;

  constructor(source: IndexSource, readEvent: ReadEvent, positionNow: () => Position) {
    this.#file = new IndexStatements(source, readEvent);
    this.#readEvent = readEvent;
    this.#positionNow = positionNow;
  }

  get position(): Position {
    return this.#positionNow();
  }

  /** Goes on with another file, after a rebuild. */
  use(source: IndexSource): void {
    this.#file = new IndexStatements(source, this.#readEvent);
  }

  findCommands(commandIds: readonly string[]): readonly (readonly Position[])[] {
    const { places } = this.#file;
    if (commandIds.length < 2) return commandIds.map((id) => places.of(id));
    return this.#file.inOneView(() => commandIds.map((id) => places.of(id)));
  }

  reservation(id: string): Reservation | undefined {
    return this.#file.reader.findReservation(id)?.row.reservation;
  }

  postedExport(id: string): PostedExport | undefined {
    return this.#file.reader.findExport(id)?.row.posted;
  }

  *dueHolds(line: string, at: number): Iterable<Reservation> {
    let expires = -1;
    let position = 0;
    for (;;) {
      const number = this.#file.names.find(line);
      if (number === undefined) return;
      const rows = this.#file.due.all(number, at, expires, position, duePage) as {
        readonly position: number;
        readonly expires: number;
      }[];
      for (const row of rows) {
        const found = this.#file.reader.reservationAt(row.position);
        if (found) yield found.reservation;
        ({ expires, position } = row);
      }
      if (rows.length < duePage) return;
    }
  }

  nextExpiries(): ReadonlyMap<string, number> {
    const expiries = new Map<string, number>();
    const rows = this.#file.expiries.all() as { readonly line: string; readonly expires: number | null }[];
    for (const { line, expires } of rows) if (expires !== null) expiries.set(line, expires);
    return expiries;
  }

  nextExpiry(line: string): number | undefined {
    const number = this.#file.names.find(line);
    return number === undefined ? undefined : ((this.#file.expiry.get(number) as number | null) ?? undefined);
  }
}

class IndexStatements {
  readonly names: Names;
  readonly places: CommandPlaces;
  readonly reader: EntryReader;
  readonly due: Statement<[number, number, number, number, number]>;
  readonly expiries: Statement<[]>;
  readonly expiry: Statement<[number]>;
  readonly #begin: Statement<[]>;
  readonly #end: Statement<[]>;
  readonly #isShared: boolean;

  constructor({ database, isShared }: IndexSource, readEvent: ReadEvent) {
    const openHolds = 'FROM reservations INDEXED BY open_holds WHERE status < 2 AND expires IS NOT NULL';
    this.names = new Names(database);
    this.places = new CommandPlaces(database, readEvent);
    this.reader = new EntryReader(database, this.places, readEvent);
    this.due = database.prepare(
      `SELECT position, expires ${openHolds} AND line = ? AND expires <= ? AND (expires, position) > (?, ?)
       ORDER BY expires, position LIMIT ?`,
    );
    this.expiries = database.prepare(
      `SELECT name AS line, (SELECT min(expires) ${openHolds} AND reservations.line = lines.line) AS expires
       FROM lines JOIN names ON names.id = lines.line`,
    );
    this.expiry = database.prepare<[number]>(`SELECT min(expires) ${openHolds} AND line = ?`).pluck();
    this.#begin = database.prepare('BEGIN');
    this.#end = database.prepare('COMMIT');
    this.#isShared = isShared;
  }

  /** All that `look` reads stands at one position. */
  inOneView<Result>(look: () => Result): Result {
    if (!this.#isShared) return look();
    this.#begin.run();
    try {
      return look();
    } finally {
      this.#end.run();
    }
  }
}
