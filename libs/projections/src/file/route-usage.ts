import type { Database, Statement } from 'better-sqlite3';
import type { ExportDebited, ExportReversed, LineEvent, Reservation } from '#ledger';
import type { RouteUsage } from '../views.js';
import type { Names } from './names.js';

const members = ['holds', 'granted', 'unused', 'exports', 'exported', 'reversals', 'credited'] as const;
type Amounts = Record<(typeof members)[number], number>;

interface Change extends Amounts {
  readonly line: number;
  readonly exporter: number;
  readonly route: string;
}

/** What was granted and used by route, line and exporter: sums of events, so that no report has to read them all. */
export class RouteUsageTable {
  readonly #names: Names;
  readonly #add: Statement<(number | string)[]>;
  readonly #all: Statement<[string]>;
  readonly #changes = new Map<string, Change>();

  constructor(database: Database, names: Names) {
    this.#names = names;
    const columns = ['line', 'exporter', 'route', ...members];
    this.#add = database.prepare(`
      INSERT INTO route_usage (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
      ON CONFLICT (line, exporter, route) DO UPDATE SET
      ${members.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`);
    this.#all = database.prepare<[string]>(`
      SELECT l.name AS line, e.name AS exporter, ${members.join(', ')} FROM route_usage
      JOIN names AS l ON l.id = line JOIN names AS e ON e.id = exporter WHERE route = ? ORDER BY l.name, e.name`);
  }

  reserved({ exporter, route, debitedMilliTpp }: Extract<LineEvent, { type: 'QuotaReserved' }>, line: string): void {
    const change = this.#change(line, exporter, route);
    change.holds += 1;
    change.granted += debitedMilliTpp;
  }

  /** A change of a reservation that is no export of it. */
  changed(before: Reservation, after: Reservation): void {
    const change = this.#change(before.line, before.exporter, before.route);
    if (after.route !== before.route) {
      change.unused += before.heldMilliTpp;
      const anew = this.#change(after.line, after.exporter, after.route);
      anew.holds += 1;
      anew.granted += after.heldMilliTpp;
    } else if (after.status === 'released' || after.status === 'lapsed') change.unused += before.heldMilliTpp;
    else change.granted += after.heldMilliTpp - before.heldMilliTpp;
  }

  exported(event: ExportDebited, line: string): void {
    const change = this.#change(line, event.exporter, event.route);
    change.exports += 1;
    change.exported += event.debitedMilliTpp;
    change.unused += event.releasedMilliTpp;
    if (event.reservationId !== null) return;
    change.holds += 1;
    change.granted += event.debitedMilliTpp;
  }

  reversed(posted: ExportDebited, line: string, { creditedMilliTpp }: ExportReversed): void {
    const change = this.#change(line, posted.exporter, posted.route);
    change.reversals += 1;
    change.credited += creditedMilliTpp;
  }

  flush(): void {
    for (const change of this.#changes.values()) {
      this.#add.run(change.line, change.exporter, change.route, ...members.map((name) => change[name]));
    }
    this.#changes.clear();
  }

  /** After a rollback. */
  forget(): void {
    this.#changes.clear();
  }

  /** By line and exporter. */
  of(route: string): readonly RouteUsage[] {
    return this.#all.all(route) as RouteUsage[];
  }

  #change(line: string, exporter: string, route: string): Change {
    const [lineNumber, exporterNumber] = [this.#names.number(line), this.#names.exporterNumber(exporter)];
    const key = `${lineNumber} ${exporterNumber} ${route}`;
    let change = this.#changes.get(key);
    if (change === undefined) {
      change = {
        line: lineNumber, exporter: exporterNumber, route,
        holds: 0, granted: 0, unused: 0, exports: 0, exported: 0, reversals: 0, credited: 0,
      };
      this.#changes.set(key, change);
    }
    return change;
  }
}
