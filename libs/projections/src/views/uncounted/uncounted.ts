import type { Statement } from 'better-sqlite3';
import { movesOf } from '#ledger';
import type { Folds, View, ViewParts } from '../view.js';

/** An event of a line that a line of a validated end user is to count, too. */
export interface UncountedShipment {
  readonly line: string;
  readonly revision: number;
}

export interface UncountedNews {
  /** All events that lines of validated end users do not count yet, in log order; see `Ledger.countShipments`. */
  readonly uncounted: readonly UncountedShipment[];
}

/**
 * Events that move something on the line of a validated end user, too, which no `ShipmentCounted` records yet: mostly
 * none, for it follows at once.
 */
class Uncounted implements View {
  readonly #add: Statement<[string, string, number]>;
  readonly #remove: Statement<[string]>;
  readonly #rows = new Map<string, UncountedShipment>();
  #added = new Map<string, UncountedShipment>();
  #counted: string[] = [];

  constructor({ database }: ViewParts) {
    this.#add = database.prepare('INSERT OR IGNORE INTO uncounted (key, line, revision) VALUES (?, ?, ?)');
    this.#remove = database.prepare('DELETE FROM uncounted WHERE key = ?');
    const rows = database.prepare('SELECT key, line, revision FROM uncounted ORDER BY rowid').all();
    for (const { key, ...shipment } of rows as (UncountedShipment & { readonly key: string })[]) this.#rows.set(key, shipment);
  }

  readonly folds: Folds = {
    everyLineEvent: (event, { id, revision }, line) => {
      if (event.type === 'ShipmentCounted') {
        const key = keyOf(line, event.fromEventId);
        if (!this.#added.delete(key)) this.#counted.push(key);
        return;
      }
      for (const { line: to } of movesOf(event)) this.#added.set(keyOf(to, id), { line, revision });
    },
  };

  flush(): void {
    for (const [key, { line, revision }] of this.#added) this.#add.run(key, line, revision);
    for (const key of this.#counted) this.#remove.run(key);
  }

  adopt(): UncountedNews {
    for (const [key, shipment] of this.#added) this.#rows.set(key, shipment);
    for (const key of this.#counted) this.#rows.delete(key);
    this.forget();
    return this.whole();
  }

  forget(): void {
    this.#added = new Map();
    this.#counted = [];
  }

  whole(): UncountedNews {
    return { uncounted: [...this.#rows.values()] };
  }
}

function keyOf(line: string, eventId: string): string {
  return `${eventId} on ${line}`;
}

export const uncounted = {
  name: 'uncounted',
  version: 1,
  tables: 'CREATE TABLE uncounted (key TEXT PRIMARY KEY, line TEXT NOT NULL, revision INTEGER NOT NULL);',
  contents: ['SELECT key, line, revision FROM uncounted ORDER BY key'],
  open: (parts: ViewParts) => new Uncounted(parts),
  mirror: () => {
    let now: UncountedNews['uncounted'] = [];
    return {
      seen: {
        get uncounted() {
          return now;
        },
      },
      clear: () => void (now = []),
      take: (news: UncountedNews) => void (now = news.uncounted),
    };
  },
};
