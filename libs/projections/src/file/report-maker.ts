import type { Database, Statement } from 'better-sqlite3';
import { decodeEvent, type AttritionRecorded, type ExportReversed, type LineBalance, type Position } from '#ledger';
import type { RouteName } from '#rulebook';
import type { DutyBook } from '../duties/duty-book.js';
import { exportShipment } from '../duties/duty-shipment.js';
import { ReportTooLarge, reportShipmentsMax, type ReportShipment, type ReportSource } from '../reports/report.js';
import { reports } from '../reports/reports.js';
import type { ReportMade, ReportQuery } from '../views.js';
import type { EntryReader, ReadEvent } from './entry-reader.js';
import type { LineTables } from './line-tables.js';
import type { Names } from './names.js';
import type { ObligationReader } from './obligation-reader.js';
import type { RouteUsageTable } from './route-usage.js';
import type { UveuLines } from './uveu-lines.js';

export interface ReportMakerOptions {
  readonly database: Database;
  readonly names: Names;
  readonly reader: EntryReader;
  readonly readEvent: ReadEvent;
  readonly book: DutyBook;
  readonly obligations: ObligationReader;
  readonly usage: RouteUsageTable;
  readonly lineTables: LineTables;
  readonly uveuLines: UveuLines;
}

/** Exports read between two pauses. */
const step = 200;
const attemptsMax = 3;

/** Makes reports from the events in the log; the views only know which exports they are made of. */
export class ReportMaker {
  readonly #options: ReportMakerOptions;
  readonly #exports: Statement<[string, number]>;
  readonly #attritions: Statement<[number]>;

  constructor(options: ReportMakerOptions) {
    this.#options = options;
    const { database } = options;
    this.#exports = database
      .prepare<[string, number]>('SELECT position FROM route_exports WHERE route = ? LIMIT ?')
      .pluck();
    this.#attritions = database
      .prepare<[number]>('SELECT position FROM attritions WHERE line = ? ORDER BY position')
      .pluck();
  }

  /**
   * Undefined if there is no such report. `pause` is awaited now and then, so that other work gets its turn. What was made
   * while events came in is made again, at last without a pause: all of a report stands at one position.
   */
  async make(query: ReportQuery, positionNow: () => Position, pause: () => Promise<void>): Promise<ReportMade | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      const position = positionNow();
      const made = await this.#make(query, position, attempt < attemptsMax ? pause : () => Promise.resolve());
      if (positionNow() === position) return made;
    }
  }

  async #make(query: ReportQuery, position: Position, pause: () => Promise<void>): Promise<ReportMade | undefined> {
    const { name, nowMs, otherIds, ...filter } = query;
    const report = reports.get(name);
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
      usage: (route) => this.#options.usage.of(route),
      uveuLines: () => this.#options.uveuLines.all(),
      attritions: (line) => this.#attritionsOf(line),
      balanceOn: (line, day) => this.#balanceOn(line, day),
      companyId: (id) => otherIds?.get(id) ?? id,
      survivorOf: (line) => {
        let survivor = survivors.get(line);
        if (survivor === undefined) survivors.set(line, (survivor = this.#options.lineTables.survivorOf(line)));
        return survivor;
      },
      obligation: (kind, shipment, period) => this.#options.obligations.of(kind, shipment, nowMs, period),
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
    const { reader, readEvent, book } = this.#options;
    const row = reader.exportAt(position);
    if (!row) return undefined;
    const { event, line } = row;
    const reversal = row.posted.status === 'reversed' ? readEvent(row.position) : undefined;
    const returned = reversal ? (decodeEvent(reversal.json) as ExportReversed) : null;
    if (returned !== null && returned.code !== 'returned') return undefined;
    const shipment = exportShipment(event, line, position);
    return { event, position, line, returned, shipment, route: book.route(event.rulebook.hash, event.route) };
  }

  #attritionsOf(line: string): readonly AttritionRecorded[] {
    const number = this.#options.names.find(line);
    if (number === undefined) return [];
    return (this.#attritions.all(number) as Position[]).flatMap((position) => {
      const stored = this.#options.readEvent(position);
      return stored ? [decodeEvent(stored.json) as AttritionRecorded] : [];
    });
  }

  #balanceOn(line: string, day: string): LineBalance | undefined {
    return this.#options.lineTables.days(line, day, day).at(-1)?.balance;
  }
}
