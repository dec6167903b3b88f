import type { Database, Statement } from 'better-sqlite3';
import { normalName } from '#rulebook';

const cachedMax = 50_000;

export const nameSchema = 'CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);';

/** Numbers for the names that rows refer to: lines, destinations, exporters. */
export class Names {
  readonly #find: Statement<[string]>;
  readonly #add: Statement<[string]>;
  readonly #ids = new Map<string, number>();

  constructor(database: Database) {
    this.#find = database.prepare<[string]>('SELECT id FROM names WHERE name = ?').pluck();
    this.#add = database.prepare<[string]>('INSERT INTO names (name) VALUES (?)');
  }

  /** The name's number, undefined if no row ever used it. */
  find(name: string): number | undefined {
    return this.#ids.get(name) ?? this.#remember(name, this.#find.get(name) as number | undefined);
  }

  /** As `find`, of an exporter in any spelling. */
  findExporter(exporter: string): number | undefined {
    return this.find(normalName(exporter));
  }

  /** What a list is asked for by: undefined if by no name, and a number that no row has for a name that none uses. */
  sought(name: string | undefined): number | undefined {
    return name === undefined ? undefined : (this.find(name) ?? -1);
  }

  /** As `number`, of an exporter: all spellings of a name have one number. */
  exporterNumber(exporter: string): number {
    return this.number(normalName(exporter));
  }

  /** The name's number, a new one for a new name. */
  number(name: string): number {
    return this.find(name) ?? (this.#remember(name, Number(this.#add.run(name).lastInsertRowid)) as number);
  }

  /** After a rollback: what was added since may be gone. */
  forget(): void {
    this.#ids.clear();
  }

  #remember(name: string, id: number | undefined): number | undefined {
    if (id === undefined) return undefined;
    if (this.#ids.size >= cachedMax) this.#ids.clear();
    this.#ids.set(name, id);
    return id;
  }
}
