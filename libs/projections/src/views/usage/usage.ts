import type { Statement } from 'better-sqlite3';
import type { Reservation } from '#ledger';
import { entries } from '../entries/entries.js';
import type { Folds, View, ViewParts } from '../view.js';

/** Sums of all that happened by one route on one line for one exporter, in thousandths of TPP. */
export interface RouteUsage {
  readonly line: string;
  /** In the normal form of its name. */
  readonly exporter: string;
  /** Reservations and direct exports, and what they were given. */
  readonly holds: number;
  readonly granted: number;
  /** Released, lapsed, or left over by a final export. */
  readonly unused: number;
  readonly exports: number;
  readonly exported: number;
  readonly reversals: number;
  readonly credited: number;
}

const members = ['holds', 'granted', 'unused', 'exports', 'exported', 'reversals', 'credited'] as const;
type Amounts = Record<(typeof members)[number], number>;

interface Change extends Amounts {
  readonly line: number;
  readonly exporter: number;
  readonly route: string;
}

/** What was granted and used by route, line and exporter: sums of events, so that no report has to read them all. */
class Usage implements View {
  readonly #names: ViewParts['names'];
  readonly #add: Statement<(number | string)[]>;
  readonly #all: Statement<[string]>;
  readonly #entries: ReturnType<typeof entries.open>;
  readonly #changes = new Map<string, Change>();

  constructor(parts: ViewParts) {
    const { database, names } = parts;
    this.#names = names;
    this.#entries = parts.of(entries);
    const columns = ['line', 'exporter', 'route', ...members];
    this.#add = database.prepare(`
      INSERT INTO route_usage (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
      ON CONFLICT (line, exporter, route) DO UPDATE SET
      ${members.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`);
    this.#all = database.prepare<[string]>(`
      SELECT l.name AS line, e.name AS exporter, ${members.join(', ')} FROM route_usage
      JOIN names AS l ON l.id = line JOIN names AS e ON e.id = exporter WHERE route = ? ORDER BY l.name, e.name`);
  }

  readonly #changed = (): void => {
    const { reservation } = this.#entries.changed;
    if (reservation) this.#changeOf(reservation.before, reservation.after);
  };

  readonly folds: Folds = {
    QuotaReserved: ({ exporter, route, debitedMilliTpp }, _stored, line) => {
      const change = this.#change(line, exporter, route);
      change.holds += 1;
      change.granted += debitedMilliTpp;
    },
    ReservationAmended: this.#changed,
    ReservationReleased: this.#changed,
    ReservationLapsed: this.#changed,
    ExportDebited: ({ exporter, route, debitedMilliTpp, releasedMilliTpp, reservationId }, _stored, line) => {
      const change = this.#change(line, exporter, route);
      change.exports += 1;
      change.exported += debitedMilliTpp;
      change.unused += releasedMilliTpp;
      if (reservationId !== null) return;
      change.holds += 1;
      change.granted += debitedMilliTpp;
    },
    ExportReversed: ({ creditedMilliTpp }) => {
      const posted = this.#entries.changed.posted?.row;
      if (!posted) return;
      const change = this.#change(posted.line, posted.event.exporter, posted.event.route);
      change.reversals += 1;
      change.credited += creditedMilliTpp;
    },
  };

  flush(): void {
    for (const change of this.#changes.values()) {
      this.#add.run(change.line, change.exporter, change.route, ...members.map((name) => change[name]));
    }
    this.#changes.clear();
  }

  forget(): void {
    this.#changes.clear();
  }

  /** By line and exporter. */
  of(route: string): readonly RouteUsage[] {
    return this.#all.all(route) as RouteUsage[];
  }

  /** A change of a reservation that is no export of it. */
  #changeOf(before: Reservation, after: Reservation): void {
    const change = this.#change(before.line, before.exporter, before.route);
    if (after.route !== before.route) {
      change.unused += before.heldMilliTpp;
      const anew = this.#change(after.line, after.exporter, after.route);
      anew.holds += 1;
      anew.granted += after.heldMilliTpp;
    } else if (after.status === 'released' || after.status === 'lapsed') change.unused += before.heldMilliTpp;
    else change.granted += after.heldMilliTpp - before.heldMilliTpp;
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

export const usage = {
  name: 'usage',
  version: 1,
  tables: `
    CREATE TABLE route_usage (
      line INTEGER NOT NULL, exporter INTEGER NOT NULL, route TEXT NOT NULL,
      ${members.map((name) => `${name} INTEGER NOT NULL`).join(', ')},
      PRIMARY KEY (line, exporter, route)
    ) WITHOUT ROWID;`,
  contents: [
    `SELECT l.name, e.name, route, ${members.join(', ')} FROM route_usage
      JOIN names AS l ON l.id = line JOIN names AS e ON e.id = exporter ORDER BY l.name, e.name, route`,
  ],
  open: (parts: ViewParts) => new Usage(parts),
};
