import type { Database, Statement } from 'better-sqlite3';
import type { Position } from '#ledger';
import type { Duty } from './duty.js';
import type { Names } from '../../tables/names.js';
import { RowInserter, type Cell } from '../../tables/row-inserter.js';

/** Where an obligation stands in its table. */
export interface ObligationPlace {
  readonly subject: number;
  readonly kind: string;
  readonly period: number;
}

const columns = ['subject', 'kind', 'period', 'due', 'overdue', 'route', 'source', 'exporter', 'party', 'is_done', 'fulfilled'];
type Row = [number, string, number, number, number, string, number, number | null, number | null, number, number | null];

/** Writes rows of obligations. What was fulfilled is never written over. */
export class ObligationRows {
  readonly #names: Names;
  readonly #insertNew: RowInserter;
  readonly #insert: Statement<Cell[]>;
  readonly #insertEarlier: Statement<Cell[]>;
  readonly #fulfil: Statement<Cell[]>;
  readonly #clear: Statement<[number]>;
  readonly #clearKind: Statement<[number, string]>;
  readonly #addKind: Statement<[string, string]>;
  readonly #kinds = new Set<string>();

  constructor(database: Database, names: Names) {
    this.#names = names;
    this.#insertNew = new RowInserter(database, 'obligations', columns);
    const insert = `INTO obligations (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
    this.#insert = database.prepare<Cell[]>(`INSERT OR IGNORE ${insert}`);
    this.#insertEarlier = database.prepare<Cell[]>(`
      INSERT ${insert} ON CONFLICT (subject, kind, period) DO UPDATE
      SET due = excluded.due, overdue = excluded.overdue, source = excluded.source, is_done = excluded.is_done
      WHERE fulfilled IS NULL AND excluded.due < due`);
    this.#fulfil = database.prepare<Cell[]>(`
      INSERT ${insert} ON CONFLICT (subject, kind, period) DO UPDATE
      SET due = excluded.due, overdue = excluded.overdue, source = excluded.source, is_done = 1, fulfilled = excluded.fulfilled`);
    this.#clear = database.prepare('DELETE FROM obligations WHERE subject = ? AND fulfilled IS NULL');
    this.#clearKind = database.prepare(
      'DELETE FROM obligations WHERE subject = ? AND kind = ? AND period = 0 AND fulfilled IS NULL',
    );
    this.#addKind = database.prepare('INSERT OR IGNORE INTO duty_kinds (route, kind) VALUES (?, ?)');
  }

  /** The row of a duty, for `insertNew`. */
  row(subject: number, duty: Duty): Row {
    this.knowKind(duty.route, duty.kind);
    const { number } = this.#owners(duty.exporter, duty.party);
    return [subject, duty.kind, 0, duty.dueMs, duty.overdueMs, duty.route, duty.source, ...number, duty.isDone ? 1 : 0, null];
  }

  /** Rows of subjects that had none before. */
  insertNew(rows: readonly Row[]): void {
    this.#insertNew.insert(rows);
  }

  insert(subject: number, duty: Duty): void {
    this.#insert.run(...this.row(subject, duty));
  }

  /** In place of a later one. */
  insertEarlier(row: Row): void {
    this.#insertEarlier.run(...row);
  }

  /** All that is owed about a subject and was not fulfilled. */
  clear(subject: number): void {
    this.#clear.run(subject);
  }

  clearKind(subject: number, kind: string): void {
    this.#clearKind.run(subject, kind);
  }

  fulfil(place: ObligationPlace, duty: Omit<Duty, 'about' | 'isDone' | 'overdueMs'>, fulfilled: Position): void {
    this.knowKind(duty.route, place.kind);
    const { number } = this.#owners(duty.exporter, duty.party);
    const { subject, kind, period } = place;
    this.#fulfil.run(subject, kind, period, duty.dueMs, duty.dueMs, duty.route, duty.source, ...number, 1, fulfilled);
  }

  /** Lists go through the kinds one by one. */
  knowKind(route: string, kind: string): void {
    const key = `${route} ${kind}`;
    if (this.#kinds.has(key)) return;
    this.#addKind.run(route, kind);
    this.#kinds.add(key);
  }

  /** After a rollback. */
  forget(): void {
    this.#kinds.clear();
  }

  /** Numbers of exporter and party; a party that is the exporter is left out. */
  #owners(exporter: string | null, party: string): { readonly number: [number | null, number | null] } {
    const from = exporter === null ? null : this.#names.number(exporter);
    return { number: [from, party === exporter ? null : this.#names.number(party)] };
  }
}
