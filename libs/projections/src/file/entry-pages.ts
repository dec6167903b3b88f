import type { Database, Statement } from 'better-sqlite3';
import type { Position } from '#ledger';
import type { Page } from '../views.js';
import { cursorAt, positionOf } from './cursor.js';
import type { Names } from './names.js';
import { statusNumbers } from './schema.js';

export type EntryTable = 'reservations' | 'exports';

export interface EntryFilter {
  readonly destination?: string;
  readonly status?: string;
  readonly exporter?: string;
  readonly line?: string;
  /** Key of a reservation; only for exports. */
  readonly reservation?: Position;
  readonly limit: number;
  readonly cursor?: string;
}

/** Number of a name that no row uses. */
const missing = -1;

/** Positions looked at in one step of a search that no index answers alone. */
const searchStep = 100_000;

interface Condition {
  readonly sql: string;
  readonly values: readonly number[];
}

/**
 * Pages of reservations or exports, newest first, by key. Each filter has an index that ends in the key; one that
 * names a destination (or line) and an exporter searches the destination's index in steps.
 */
export class EntryPages<Row> {
  readonly #database: Database;
  readonly #names: Names;
  readonly #table: EntryTable;
  readonly #rowAt: (key: Position) => Row | undefined;
  readonly #statements = new Map<string, Statement<number[]>>();

  constructor(database: Database, names: Names, table: EntryTable, rowAt: (key: Position) => Row | undefined) {
    this.#database = database;
    this.#names = names;
    this.#table = table;
    this.#rowAt = rowAt;
  }

  /**
   * `pause` is awaited between the steps of a long search, so that other work gets its turn.
   * @throws InvalidCursor
   */
  async page(filter: EntryFilter, positionNow: () => Position, pause: () => Promise<void>): Promise<Page<Row>> {
    const before = positionOf(filter.cursor);
    const position = positionNow();
    const choices = this.#choices(filter);
    const wanted = filter.limit + 1;
    const keys: number[] = [];
    if (choices.length > 0) {
      const isSearch = filter.exporter !== undefined && (filter.destination !== undefined || filter.line !== undefined);
      const end = Math.min(before, position + 1);
      for (let high = isSearch ? end : before; high > 0 && keys.length < wanted;) {
        const low = isSearch ? Math.max(0, high - searchStep) : 0;
        keys.push(...this.#keys(choices, low, high, wanted - keys.length));
        high = low;
        if (high > 0 && keys.length < wanted) await pause();
      }
    }
    const shown = keys.slice(0, filter.limit);
    const items = shown.map((key) => this.#rowAt(key)).filter((row): row is Row & {} => row !== undefined);
    return { items, nextCursor: keys.length > filter.limit ? cursorAt(shown.at(-1)) : null, position };
  }

  /** Keys from `low` (inclusive) to `high` (exclusive) that fulfil one of the choices, newest first. */
  #keys(choices: readonly Condition[], low: Position, high: Position, limit: number): readonly number[] {
    const parts = choices.map(
      ({ sql }) => `SELECT position FROM (SELECT position FROM ${this.#table}
        WHERE ${sql} position >= ? AND position < ? ORDER BY position DESC LIMIT ?)`,
    );
    const sql = `${parts.join(' UNION ALL ')} ORDER BY position DESC LIMIT ?`;
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.#database.prepare<number[]>(sql).pluck();
      this.#statements.set(sql, statement);
    }
    const values = choices.flatMap((choice) => [...choice.values, low, high, limit]);
    return statement.all(...values, limit) as number[];
  }

  /** One condition for each status and kind of line, so that every one of them walks an index; none: an empty list. */
  #choices(filter: EntryFilter): readonly Condition[] {
    const scopes = this.#scopes(filter);
    if (scopes === undefined) return [];
    const known = statusNumbers[this.#table];
    const status = filter.status === undefined ? undefined : known.indexOf(filter.status);
    if (status === -1) return [];
    const statuses = status === undefined ? known.keys() : [status];
    const isPlain = scopes.every(({ sql }) => sql === '' || sql.startsWith('reservation'));
    if (isPlain && status === undefined) return scopes;
    return [...statuses].flatMap((number) =>
      scopes.map(({ sql, values }) => ({ sql: `${sql} status = ? AND`, values: [...values, number] })),
    );
  }

  /** Undefined if nothing can match. */
  #scopes(filter: EntryFilter): readonly Condition[] | undefined {
    const exporter = filter.exporter === undefined ? undefined : (this.#names.findExporter(filter.exporter) ?? missing);
    const destination = this.#number(filter.destination);
    const line = this.#number(filter.line);
    if (exporter === missing || destination === missing || line === missing) return undefined;
    let sql = '';
    const values: number[] = [];
    const also = (column: string, value: number | undefined): void => {
      if (value === undefined) return;
      sql += `${column} = ? AND `;
      values.push(value);
    };
    also('reservation', filter.reservation);
    also('destination', destination);
    also('exporter', exporter);
    if (line === undefined) return [{ sql, values }];
    const ofOtherLine = { sql: `${sql}other_line = ? AND `, values: [...values, line] };
    const country = /^country:(.*)$/.exec(filter.line ?? '')?.[1];
    const ownDestination = country === undefined ? missing : (this.#number(country) ?? missing);
    if (ownDestination === missing || (destination !== undefined && destination !== ownDestination))
      return [ofOtherLine];
    if (destination === undefined) also('destination', ownDestination);
    return [ofOtherLine, { sql: `${sql}other_line IS NULL AND `, values }];
  }

  #number(name: string | undefined): number | undefined {
    return name === undefined ? undefined : (this.#names.find(name) ?? missing);
  }
}
