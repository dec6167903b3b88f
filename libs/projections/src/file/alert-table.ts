import type { Database, Statement } from 'better-sqlite3';
import type { AlertEvent, Position } from '#ledger';
import { foldAlert } from '../folds/alert-row.js';
import type { AlertQuery, AlertRow, Crossing, Page } from '../views.js';
import { cursorAt, positionOf } from './cursor.js';
import type { Names } from './names.js';

/** What tells the crossings of one alert apart, and the event that records one. */
export function crossingKey({ alertId, direction }: Pick<Crossing, 'alertId' | 'direction'>): string {
  return `${alertId} ${direction}`;
}

/** The crossing that an alert event records; undefined for an acknowledgement. */
export function recordedCrossing(event: AlertEvent): string | undefined {
  switch (event.type) {
    case 'AlertRaised':
      return crossingKey({ alertId: event.alertId, direction: 'raised' });
    case 'AlertClosed':
      return crossingKey({ alertId: event.alertId, direction: 'closed' });
    case 'AlertAcknowledged':
      return undefined;
  }
}

/** Alerts as their events tell them, and the crossings that no event tells yet. */
export class AlertTable {
  readonly #database: Database;
  readonly #names: Names;
  readonly #find: Statement<[string]>;
  readonly #save: Statement<[number, string, number, string, number, string]>;
  readonly #addCrossing: Statement<[number, string, string]>;
  readonly #removeCrossing: Statement<[number, string]>;
  readonly #crossings: Statement<[]>;

  constructor(database: Database, names: Names) {
    this.#database = database;
    this.#names = names;
    this.#find = database.prepare<[string]>('SELECT alert FROM alerts WHERE id = ?').pluck();
    this.#save = database.prepare(`
      INSERT INTO alerts (position, id, line, level, open, alert) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET open = excluded.open, alert = excluded.alert`);
    this.#addCrossing = database.prepare('INSERT OR IGNORE INTO crossings (position, key, crossing) VALUES (?, ?, ?)');
    this.#removeCrossing = database.prepare('DELETE FROM crossings WHERE position = ? AND key = ?');
    this.#crossings = database.prepare<[]>('SELECT crossing FROM crossings ORDER BY rowid').pluck();
  }

  /**
   * Folds an alert event; undefined if it is about an alert that was never raised.
   * @param crossedAt where the event stands that crossed the threshold; not known: where that of the alert stands
   */
  fold(event: AlertEvent, position: Position, crossedAt = position): AlertRow | undefined {
    const alert = foldAlert(this.alert(event.alertId), event, crossedAt);
    if (alert) {
      const line = this.#names.number(alert.line);
      this.#save.run(position, alert.id, line, alert.level, alert.closedAt === null ? 1 : 0, JSON.stringify(alert));
    }
    return alert;
  }

  alert(id: string): AlertRow | undefined {
    const alert = this.#find.get(id) as string | undefined;
    return alert === undefined ? undefined : (JSON.parse(alert) as AlertRow);
  }

  /** Whether an alert of level `measured` is open on this line. */
  isMeasuredOpen(line: string): boolean {
    return this.page({ limit: 1, line, level: 'measured', state: 'open' }, 0).items.length > 0;
  }

  addCrossing(crossing: Crossing): void {
    this.#addCrossing.run(crossing.position, crossingKey(crossing), JSON.stringify(crossing));
  }

  removeCrossing(crossing: Crossing): void {
    this.#removeCrossing.run(crossing.position, crossingKey(crossing));
  }

  /** In log order. */
  crossings(): readonly Crossing[] {
    return (this.#crossings.all() as string[]).map((crossing) => JSON.parse(crossing) as Crossing);
  }

  /** Newest first. @throws InvalidCursor */
  page(query: AlertQuery, position: Position): Page<AlertRow> {
    const where = ['position < ?'];
    const values: (number | string)[] = [positionOf(query.cursor)];
    if (query.line !== undefined) {
      where.push('line = ?');
      values.push(this.#names.find(query.line) ?? -1);
    }
    if (query.level !== undefined) {
      where.push('level = ?');
      values.push(query.level);
    }
    if (query.state !== undefined) where.push(query.state === 'open' ? 'open = 1' : 'open = 0');
    const sql = `SELECT position, alert FROM alerts WHERE ${where.join(' AND ')} ORDER BY position DESC LIMIT ?`;
    const found = this.#database.prepare(sql).all(...values, query.limit + 1) as { position: number; alert: string }[];
    const rows = found.slice(0, query.limit);
    const items = rows.map(({ alert }) => JSON.parse(alert) as AlertRow);
    return { items, nextCursor: found.length > query.limit ? cursorAt(rows.at(-1)?.position) : null, position };
  }
}
