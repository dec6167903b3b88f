import type { Statement } from 'better-sqlite3';
import type { Page } from '../../tables/page.js';
import type { ViewParts } from '../view.js';
import { compareKeys, keyOfCursor, obligationCursor, type ObligationKey } from './obligation-cursor.js';
import { obligationColumns, type ObligationReader, type ObligationTableRow } from './obligation-reader.js';
import type { ObligationQuery, ObligationRow } from './obligation-row.js';

interface Scope {
  readonly sql: string;
  readonly values: readonly (number | string)[];
}

/** Undefined: whoever owes it. */
type Owners = ReadonlySet<number> | undefined;

/** Rows looked at in one step of a search. */
const stepMax = 20_000;

/** Lists obligations by due date and finds them by id. Each filter walks an index; the rest is looked at row by row. */
export class ObligationPages {
  readonly #parts: ViewParts;
  readonly #statements = new Map<string, Statement<(number | string)[]>>();
  readonly #kinds: Statement<[]>;
  readonly #reader: ObligationReader;

  constructor(parts: ViewParts, reader: ObligationReader) {
    this.#parts = parts;
    this.#kinds = parts.database.prepare('SELECT route, kind FROM duty_kinds ORDER BY kind, route');
    this.#reader = reader;
  }

  /** @throws InvalidCursor */
  async page(query: ObligationQuery): Promise<Page<ObligationRow>> {
    const position = this.#parts.position();
    const after = keyOfCursor(query.cursor);
    const wanted = query.limit + 1;
    const range = rangeOf(query);
    const owners = this.#ownersOf(query);
    const found: ObligationTableRow[] = [];
    for (const series of this.#reader.series()) {
      if (this.#fits(series, query, owners)) found.push(...this.#reader.periods(series, query.nowMs).filter((row) => inRange(row, range)));
    }
    for (const scope of this.#scopes(query, owners)) {
      for (const isDone of range.isDone) {
        found.push(...(await this.#search(scope, isDone, query, owners, after, wanted)));
      }
    }
    const rows = found.filter((row) => after === undefined || compareKeys(row, after) > 0).sort(compareKeys);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const nextCursor = rows.length > query.limit && last ? obligationCursor(last) : null;
    return { items: shown.map((row) => this.#reader.render(row, query.nowMs)), nextCursor, position };
  }

  /** Each is answered by one index. */
  #scopes({ exporter, kind, route }: ObligationQuery, owners: Owners): readonly Scope[] {
    const { names } = this.#parts;
    if (owners !== undefined) {
      return [...owners].flatMap((id) => [
        { sql: 'INDEXED BY obligations_by_party WHERE party = ?', values: [id] },
        { sql: 'INDEXED BY obligations_by_exporter WHERE exporter = ? AND party IS NULL', values: [id] },
      ]);
    }
    if (exporter !== undefined) {
      const id = names.findExporter(exporter);
      return id === undefined ? [] : [{ sql: 'INDEXED BY obligations_by_exporter WHERE exporter = ?', values: [id] }];
    }
    const known = this.#kinds.all() as { readonly route: string; readonly kind: string }[];
    const kinds = known.filter((each) => (kind ?? each.kind) === each.kind && (route ?? each.route) === each.route);
    return [...new Set(kinds.map((each) => each.kind))].map((each) => ({
      sql: 'INDEXED BY obligations_by_kind WHERE kind = ?',
      values: [each],
    }));
  }

  async #search(
    scope: Scope,
    isDone: number,
    query: ObligationQuery,
    owners: Owners,
    after: ObligationKey | undefined,
    wanted: number,
  ): Promise<readonly ObligationTableRow[]> {
    const range = rangeOf(query);
    const found: ObligationTableRow[] = [];
    let due = Math.max(range.fromMs, after?.due ?? Number.MIN_SAFE_INTEGER);
    let subject = after !== undefined && after.due === due ? after.subject : Number.MIN_SAFE_INTEGER;
    for (let step = wanted + 8; ; step = Math.min(step * 4, stepMax)) {
      const statement = this.#statement(scope.sql);
      const rows = statement.all(...scope.values, isDone, range.untilMs, due, subject, ...range.overdue, step) as ObligationTableRow[];
      const last = rows.at(-1);
      // What shares the last place may go on behind the step: it is looked at again, whole.
      const isEnd = last === undefined || rows.length < step;
      const whole = isEnd ? rows : rows.filter((row) => row.due !== last.due || row.subject !== last.subject);
      for (const row of whole) {
        if ((after === undefined || compareKeys(row, after) > 0) && this.#fits(row, query, owners)) found.push(row);
      }
      if (isEnd || found.length >= wanted) return found;
      if (whole.length > 0) ({ due, subject } = last);
      await this.#parts.pause();
    }
  }

  #statement(sql: string): Statement<(number | string)[]> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#parts.database.prepare(`SELECT ${obligationColumns} FROM obligations ${sql}
        AND is_done = ? AND due < ? AND (due, subject) >= (?, ?) AND overdue BETWEEN ? AND ? ORDER BY due, subject LIMIT ?`);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  /** Numbers of the names of who is asked for; those that no obligation has are left out. */
  #ownersOf({ parties }: ObligationQuery): Owners {
    const numbers = parties?.map((name) => this.#parts.names.find(name));
    return numbers && new Set(numbers.filter((number) => number !== undefined));
  }

  /** Whether it is what the query asks for, due date and status aside. */
  #fits(row: Pick<ObligationTableRow, 'kind' | 'route' | 'exporter' | 'party'>, query: ObligationQuery, owners: Owners): boolean {
    const { names } = this.#parts;
    if (query.kind !== undefined && query.kind !== row.kind) return false;
    if (query.route !== undefined && query.route !== row.route) return false;
    if (query.exporter !== undefined && (row.exporter === null || names.findExporter(query.exporter) !== row.exporter)) return false;
    if (owners === undefined) return true;
    const owner = row.party ?? row.exporter;
    return owner !== null && owners.has(owner);
  }
}

interface Range {
  /** Inclusive, and exclusive. */
  readonly fromMs: number;
  readonly untilMs: number;
  /** The first and the last moment that `overdue` may be. */
  readonly overdue: readonly [number, number];
  readonly isDone: readonly number[];
}

function rangeOf({ status, dueBeforeMs = Number.MAX_SAFE_INTEGER, nowMs }: ObligationQuery): Range {
  const first = Number.MIN_SAFE_INTEGER;
  const last = Number.MAX_SAFE_INTEGER;
  switch (status) {
    case 'open':
      return { fromMs: first, untilMs: dueBeforeMs, overdue: [nowMs, last], isDone: [0] };
    case 'overdue':
      return { fromMs: first, untilMs: Math.min(nowMs, dueBeforeMs), overdue: [first, nowMs - 1], isDone: [0] };
    case 'done':
      return { fromMs: first, untilMs: dueBeforeMs, overdue: [first, last], isDone: [1] };
    default:
      return { fromMs: first, untilMs: dueBeforeMs, overdue: [first, last], isDone: [0, 1] };
  }
}

function inRange(row: ObligationTableRow, { fromMs, untilMs, overdue: [first, last], isDone }: Range): boolean {
  if (row.overdue < first || row.overdue > last) return false;
  return row.due >= fromMs && row.due < untilMs && isDone.includes(row.is_done);
}

