import type { Statement } from 'better-sqlite3';
import { decodeEvent, type AttritionRecorded, type ExportReversed, type Position } from '#ledger';
import type { RouteName } from '#rulebook';
import { entries } from '../entries/entries.js';
import { lines } from '../lines/lines.js';
import { exportShipment, isCounted, obligations } from '../obligations/obligations.js';
import { rulebooks } from '../rulebooks/rulebooks.js';
import { usage } from '../usage/usage.js';
import type { Folds, View, ViewParts } from '../view.js';
import { reportsByName } from './report-list.js';
import { ReportTooLarge, reportShipmentsMax, type ReportFilter, type ReportRow, type ReportShipment, type ReportSource } from './report.js';

export interface ReportQuery extends ReportFilter {
  readonly name: string;
  /** Ids of registered companies by what else means them: aliases, former names, companies that were merged into them. */
  readonly otherIds?: ReadonlyMap<string, string>;
  readonly nowMs: number;
}

/**
 * A report in pages, each a JSON array of rows in UTF-8: all rows at once would be much work in one turn for who reads it.
 * Bytes, because texts that come from another thread are copied by the garbage collector until they are old. `pages` is null
 * where that would be more shipments than it may be: `shipments` says how many.
 */
export interface ReportAnswer {
  readonly pages: readonly Uint8Array[] | null;
  readonly shipments: number;
  readonly position: Position;
}

type ReportMade = Omit<ReportAnswer, 'pages'> & { readonly rows: readonly ReportRow[] | null };

/** Exports read between two pauses. */
const step = 200;
const attemptsMax = 3;
const rowsOfPage = 200;

/** Makes reports from the events in the log; the tables only say which events they are made of. */
class Reports implements View {
  readonly #parts: ViewParts;
  readonly #lines: ReturnType<typeof lines.open>;
  readonly #entries: ReturnType<typeof entries.open>;
  readonly #obligations: ReturnType<typeof obligations.open>;
  readonly #usage: ReturnType<typeof usage.open>;
  readonly #book: ReturnType<typeof rulebooks.open>['book'];
  readonly #addExport: Statement<[string, number, number]>;
  readonly #removeExport: Statement<[string, number, number]>;
  readonly #addAttrition: Statement<[number, number]>;
  readonly #exports: Statement<[string, number]>;
  readonly #attritions: Statement<[number]>;
  /** Reports are made one after another: each has all its shipments in memory meanwhile, some 200 MB. */
  #lastMade: Promise<unknown> = Promise.resolve();

  constructor(parts: ViewParts) {
    const { database } = parts;
    this.#parts = parts;
    this.#lines = parts.of(lines);
    this.#entries = parts.of(entries);
    this.#obligations = parts.of(obligations);
    this.#usage = parts.of(usage);
    this.#book = parts.of(rulebooks).book;
    this.#addExport = database.prepare('INSERT INTO route_exports (route, at, position) VALUES (?, ?, ?)');
    this.#removeExport = database.prepare('DELETE FROM route_exports WHERE route = ? AND at = ? AND position = ?');
    this.#addAttrition = database.prepare('INSERT INTO attritions (line, position) VALUES (?, ?)');
    this.#exports = database.prepare<[string, number]>('SELECT position FROM route_exports WHERE route = ? LIMIT ?').pluck();
    this.#attritions = database.prepare<[number]>('SELECT position FROM attritions WHERE line = ? ORDER BY position').pluck();
  }

  readonly folds: Folds = {
    ExportDebited: (event, { position }) => {
      if (isCounted(event)) this.#addExport.run(event.route, Date.parse(event.exportedAt), position);
    },
    ExportReversed: ({ code }) => {
      const { posted } = this.#entries.changed;
      if (code === 'returned' || !posted || !isCounted(posted.row.event)) return;
      this.#removeExport.run(posted.row.event.route, Date.parse(posted.row.event.exportedAt), posted.key);
    },
    AttritionRecorded: (_event, { position }, line) => void this.#addAttrition.run(this.#parts.names.number(line), position),
  };

  readonly questions = {
    /** A report by its name; undefined if there is none. */
    report: (query: ReportQuery): Promise<ReportAnswer | undefined> => {
      const answer = this.#lastMade.then(() => this.#answer(query));
      // Keeps nothing of what was made.
      this.#lastMade = answer.then(() => undefined, () => undefined);
      return answer;
    },
  };

  async #answer(query: ReportQuery): Promise<ReportAnswer | undefined> {
    const made = await this.#whole(query);
    if (made === undefined) return undefined;
    const { rows, ...rest } = made;
    return { pages: rows && (await this.#pagesOf(rows)), ...rest };
  }

  /** What was made while events came in is made again, at last without a pause: all of a report stands at one position. */
  async #whole(query: ReportQuery): Promise<ReportMade | undefined> {
    const { position: positionNow, pause } = this.#parts;
    for (let attempt = 1; ; attempt += 1) {
      const position = positionNow();
      const made = await this.#make(query, position, attempt < attemptsMax ? pause : () => Promise.resolve());
      if (positionNow() === position) return made;
    }
  }

  async #make(query: ReportQuery, position: Position, pause: () => Promise<void>): Promise<ReportMade | undefined> {
    const { name, nowMs, otherIds, ...filter } = query;
    const report = reportsByName.get(name);
    if (report === undefined) return undefined;
    let shipments = 0;
    const survivors = new Map<string, string>();
    const source: ReportSource = {
      nowMs,
      pause,
      shipments: async (route) => {
        const found = await this.#shipments(route, pause);
        shipments += found.length;
        return found;
      },
      usage: (route) => this.#usage.of(route),
      uveuLines: () => this.#lines.uveu.all(),
      attritions: (line) => this.#attritionsOf(line),
      balanceOn: (line, day) => this.#lines.tables.days(line, day, day).at(-1)?.balance,
      companyId: (id) => otherIds?.get(id) ?? id,
      survivorOf: (line) => {
        let survivor = survivors.get(line);
        if (survivor === undefined) survivors.set(line, (survivor = this.#lines.tables.survivorOf(line)));
        return survivor;
      },
      obligation: (kind, shipment, period) => this.#obligations.reader.of(kind, shipment, nowMs, period),
    };
    try {
      return { rows: await report.rows(source, filter), shipments, position };
    } catch (error) {
      if (error instanceof ReportTooLarge) return { rows: null, shipments: reportShipmentsMax, position };
      throw error;
    }
  }

  async #shipments(route: RouteName, pause: () => Promise<void>): Promise<readonly ReportShipment[]> {
    const positions = this.#exports.all(route, reportShipmentsMax + 1) as Position[];
    if (positions.length > reportShipmentsMax) throw new ReportTooLarge(route);
    positions.sort((a, b) => a - b);
    const found: ReportShipment[] = [];
    for (const [index, position] of positions.entries()) {
      if (index % step === step - 1) await pause();
      const shipment = this.#shipmentAt(position);
      if (shipment) found.push(shipment);
    }
    return found;
  }

  /** Undefined if it was reversed while the report was being made: then it is made again. */
  #shipmentAt(position: Position): ReportShipment | undefined {
    const row = this.#entries.reader.exportAt(position);
    if (!row) return undefined;
    const { event, line } = row;
    const reversal = row.posted.status === 'reversed' ? this.#parts.readEvent(row.position) : undefined;
    const returned = reversal ? (decodeEvent(reversal.json) as ExportReversed) : null;
    if (returned !== null && returned.code !== 'returned') return undefined;
    const shipment = exportShipment(event, line, position);
    return { event, position, line, returned, shipment, route: this.#book.route(event.rulebook.hash, event.route) };
  }

  #attritionsOf(line: string): readonly AttritionRecorded[] {
    const number = this.#parts.names.find(line);
    if (number === undefined) return [];
    return (this.#attritions.all(number) as Position[]).flatMap((position) => {
      const stored = this.#parts.readEvent(position);
      return stored ? [decodeEvent(stored.json) as AttritionRecorded] : [];
    });
  }

  async #pagesOf(rows: readonly ReportRow[]): Promise<readonly Uint8Array[]> {
    const utf8 = new TextEncoder();
    const pages: Uint8Array[] = [];
    for (let from = 0; from < rows.length; from += rowsOfPage) {
      pages.push(utf8.encode(JSON.stringify(rows.slice(from, from + rowsOfPage))));
      await this.#parts.pause();
    }
    return pages;
  }
}

export const reports = {
  name: 'reports',
  version: 1,
  tables: `
    CREATE TABLE route_exports (
      route TEXT NOT NULL, at INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (route, at, position)
    ) WITHOUT ROWID;
    CREATE TABLE attritions (line INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (line, position)) WITHOUT ROWID;`,
  contents: [
    'SELECT route, at, position FROM route_exports ORDER BY route, at, position',
    'SELECT name, position FROM attritions JOIN names ON id = line ORDER BY name, position',
  ],
  open: (parts: ViewParts) => new Reports(parts),
};
