import type { Database, Statement } from 'better-sqlite3';

export type Cell = number | string | null;

const rowsPerStatement = 32;

/** Inserts many rows of a table in few statements. Cells are collected in one flat array, row after row. */
export class RowInserter {
  readonly #columns: number;
  readonly #many: Statement<Cell[]>;
  readonly #one: Statement<Cell[]>;

  constructor(database: Database, table: string, columns: readonly string[]) {
    const row = `(${columns.map(() => '?').join(', ')})`;
    const insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
    this.#columns = columns.length;
    this.#one = database.prepare<Cell[]>(insert + row);
    this.#many = database.prepare<Cell[]>(insert + Array<string>(rowsPerStatement).fill(row).join(', '));
  }

  insert(cells: readonly Cell[]): void {
    const step = this.#columns * rowsPerStatement;
    let at = 0;
    for (; at + step <= cells.length; at += step) this.#many.run(...cells.slice(at, at + step));
    for (; at < cells.length; at += this.#columns) this.#one.run(...cells.slice(at, at + this.#columns));
  }
}
