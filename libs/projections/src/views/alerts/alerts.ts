import type { Statement } from 'better-sqlite3';
import type { AlertEvent, Position, StoredEvent } from '#ledger';
import { newestFirst, type Page, type PageQuery } from '../../tables/page.js';
import { lines, recordedCrossing, type ShareMeasurement } from '../lines/lines.js';
import type { Folds, View, ViewParts } from '../view.js';
import { foldAlert, type AlertRow } from './alert-row.js';
import { isBeyond } from './measured-alerts.js';

export type { AlertRow } from './alert-row.js';
export { measuredCrossings, type MeasuredAlert } from './measured-alerts.js';

export interface AlertQuery extends PageQuery {
  readonly line?: string;
  readonly level?: string;
  readonly state?: 'open' | 'closed';
}

export interface AlertNews {
  /** Alerts that were raised, closed or acknowledged, in log order. */
  readonly alerts: readonly AlertRow[];
}

/** Alerts as their events tell them. */
class Alerts implements View {
  readonly #parts: ViewParts;
  readonly #lines: ReturnType<typeof lines.open>;
  readonly #find: Statement<[string]>;
  readonly #save: Statement<[number, string, number, string, number, string]>;
  #changed: AlertRow[] = [];

  constructor(parts: ViewParts) {
    this.#parts = parts;
    this.#lines = parts.of(lines);
    this.#find = parts.database.prepare<[string]>('SELECT alert FROM alerts WHERE id = ?').pluck();
    this.#save = parts.database.prepare(`
      INSERT INTO alerts (position, id, line, level, open, alert) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET open = excluded.open, alert = excluded.alert`);
  }

  readonly #fold = (event: AlertEvent, { position }: StoredEvent): void => {
    const key = recordedCrossing(event);
    // Mostly there: crossings follow from the lines' events, and wait for the events that tell of them.
    const crossed = key === undefined ? undefined : this.#lines.record(key);
    // Not known: shown where the event of the alert stands.
    const alert = foldAlert(this.#alert(event.alertId), event, crossed ?? this.#lines.uveu.measuredAt(event) ?? position);
    if (alert) this.#add(alert, position);
  };

  readonly folds: Folds = { AlertRaised: this.#fold, AlertClosed: this.#fold, AlertAcknowledged: this.#fold };

  readonly questions = {
    /** Newest first. */
    alerts: (query: AlertQuery): Page<AlertRow> => this.#page(query),
    alert: (id: string): AlertRow | undefined => this.#alert(id),
    /**
     * Of each line of a UVEU the newest reporting date that is over at `nowMs` (milliseconds since 1970), where a share was
     * beyond its limit or an earlier date's alert is open.
     */
    shareMeasurements: (nowMs: number): readonly ShareMeasurement[] =>
      this.#lines.uveu.measurements(nowMs).filter((measured) => isBeyond(measured) || this.#isMeasuredOpen(measured.line)),
  };

  adopt(): AlertNews {
    const alerts = this.#changed;
    this.#changed = [];
    return { alerts };
  }

  forget(): void {
    this.#changed = [];
  }

  whole(): AlertNews {
    return { alerts: [] };
  }

  #add(alert: AlertRow, position: Position): void {
    const line = this.#parts.names.number(alert.line);
    this.#save.run(position, alert.id, line, alert.level, alert.closedAt === null ? 1 : 0, JSON.stringify(alert));
    this.#changed.push(alert);
  }

  #alert(id: string): AlertRow | undefined {
    const alert = this.#find.get(id) as string | undefined;
    return alert === undefined ? undefined : (JSON.parse(alert) as AlertRow);
  }

  #isMeasuredOpen(line: string): boolean {
    return this.#page({ limit: 1, line, level: 'measured', state: 'open' }).items.length > 0;
  }

  #page({ line, level, state, ...query }: AlertQuery): Page<AlertRow> {
    const { database, names, position } = this.#parts;
    const where = { line: names.sought(line), level, open: state && Number(state === 'open') };
    const { rows, nextCursor } = newestFirst<{ position: Position; alert: string }>(database, 'alerts', where, query);
    return { items: rows.map(({ alert }) => JSON.parse(alert) as AlertRow), nextCursor, position: position() };
  }
}

export const alerts = {
  name: 'alerts',
  version: 1,
  tables: `
    CREATE TABLE alerts (
      position INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      line INTEGER NOT NULL,
      level TEXT NOT NULL,
      open INTEGER NOT NULL,
      alert TEXT NOT NULL
    );
    CREATE INDEX alerts_by_line ON alerts (line, position);`,
  contents: ['SELECT position, id, level, open, alert FROM alerts ORDER BY position'],
  open: (parts: ViewParts) => new Alerts(parts),
};
