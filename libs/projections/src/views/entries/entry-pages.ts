import type { Statement } from 'better-sqlite3';
import type { Position } from '#ledger';
import { normalName } from '#rulebook';
import { cursorAt, positionOf } from '../../tables/cursor.js';
import type { Page, PageQuery } from '../../tables/page.js';
import type { ViewParts } from '../view.js';
import { statusNumbers, type EntryTable } from './entry-tables.js';

/** What entries can be asked for by. */
export interface EntryQuery extends PageQuery {
  readonly destination?: string;
  readonly status?: string;
  readonly exporter?: string;
  readonly line?: string;
}

export interface EntryFilter extends EntryQuery {
  /** Key of a reservation; only for exports. */
  readonly reservation?: Position;
}

/** Number of a name that no row uses, as `Names.sought` tells it. */
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
  readonly #parts: ViewParts;
  readonly #table: EntryTable;
  readonly #rowAt: (key: Position) => Row | undefined;
  readonly #statements = new Map<string, Statement<number[]>>();

  constructor(parts: ViewParts, table: EntryTable, rowAt: (key: Position) => Row | undefined) {
    this.#parts = parts;
    this.#table = table;
    this.#rowAt = rowAt;
  }

  /** @throws InvalidCursor */
  async page(filter: EntryFilter): Promise<Page<Row>> {
    const before = positionOf(filter.cursor);
    const position = this.#parts.position();
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
        if (high > 0 && keys.length < wanted) await this.#parts.pause();
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
      statement = this.#parts.database.prepare<number[]>(sql).pluck();
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
    const { names } = this.#parts;
    const exporter = names.sought(filter.exporter && normalName(filter.exporter));
    const destination = names.sought(filter.destination);
    const line = names.sought(filter.line);
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
    const ownDestination = country === undefined ? missing : (names.sought(country) ?? missing);
    if (ownDestination === missing || (destination !== undefined && destination !== ownDestination))
      return [ofOtherLine];
    if (destination === undefined) also('destination', ownDestination);
    return [ofOtherLine, { sql: `${sql}other_line IS NULL AND `, values }];
  }
}
