import type { Database, Statement } from 'better-sqlite3';
import { movesOf, type LineEvent, type StoredEvent } from '#ledger';
import type { UncountedShipment } from '../views.js';

interface Row extends UncountedShipment {
  readonly key: string;
}

/**
 * Events that move something on the line of a validated end user, too, which no `ShipmentCounted` records yet: mostly
 * none, for it follows at once.
 */
export class UncountedTable {
  readonly #add: Statement<[string, string, number]>;
  readonly #remove: Statement<[string]>;
  readonly #all: Statement<[]>;
  readonly #rows = new Map<string, UncountedShipment>();
  #added = new Map<string, UncountedShipment>();
  #counted: string[] = [];

  constructor(database: Database) {
    this.#add = database.prepare('INSERT OR IGNORE INTO uncounted (key, line, revision) VALUES (?, ?, ?)');
    this.#remove = database.prepare('DELETE FROM uncounted WHERE key = ?');
    this.#all = database.prepare('SELECT key, line, revision FROM uncounted ORDER BY rowid');
  }

  load(): void {
    for (const { key, line, revision } of this.#all.all() as Row[]) this.#rows.set(key, { line, revision });
  }

  /** In log order. */
  all(): readonly UncountedShipment[] {
    return [...this.#rows.values()];
  }

  fold({ id, revision }: Pick<StoredEvent, 'id' | 'revision'>, line: string, event: LineEvent): void {
    if (event.type === 'ShipmentCounted') {
      const key = keyOf(line, event.fromEventId);
      if (!this.#added.delete(key)) this.#counted.push(key);
      return;
    }
    for (const { line: to } of movesOf(event)) this.#added.set(keyOf(to, id), { line, revision });
  }

  /** Within the transaction of the batch. */
  flush(): void {
    for (const [key, { line, revision }] of this.#added) this.#add.run(key, line, revision);
    for (const key of this.#counted) this.#remove.run(key);
  }

  /** Once the batch is saved. */
  adopt(): void {
    for (const [key, shipment] of this.#added) this.#rows.set(key, shipment);
    for (const key of this.#counted) this.#rows.delete(key);
    this.forget();
  }

  /** After a rollback. */
  forget(): void {
    this.#added = new Map();
    this.#counted = [];
  }
}

function keyOf(line: string, eventId: string): string {
  return `${eventId} on ${line}`;
}
