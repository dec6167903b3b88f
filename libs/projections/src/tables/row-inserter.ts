import type { Database, Statement } from 'better-sqlite3';

export type Cell = number | string | null;

const rowsPerStatement = 32;

/** Inserts many rows of a table in few statements. */
export class RowInserter {
  readonly #many: Statement<Cell[]>;
  readonly #one: Statement<Cell[]>;

  constructor(database: Database, table: string, columns: readonly string[]) {
    const row = `(${columns.map(() => '?').join(', ')})`;
    const insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
    this.#one = database.prepare<Cell[]>(insert + row);
    this.#many = database.prepare<Cell[]>(insert + Array<string>(rowsPerStatement).fill(row).join(', '));
  }

  insert(rows: readonly (readonly Cell[])[]): void {
    const inMany = rows.length - (rows.length % rowsPerStatement);
    for (let at = 0; at < inMany;) {
      const cells: Cell[] = [];
      for (const end = at + rowsPerStatement; at < end; at += 1) for (const cell of rows[at] ?? []) cells.push(cell);
      this.#many.run(...cells);
    }
    for (const row of rows.slice(inMany)) this.#one.run(...row);
  }
}
