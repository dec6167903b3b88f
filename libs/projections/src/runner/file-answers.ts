import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReportRow } from '../reports/report.js';
import type { Position } from '#ledger';
import { isBeyond, type ShareMeasurement } from '../folds/measured-alerts.js';
import type { ViewsFile } from '../file/views-file.js';
import type {
  AlertQuery,
  AlertRow,
  ExportQuery,
  ExportRow,
  LineDay,
  ObligationQuery,
  ObligationRow,
  Page,
  ReportAnswer,
  ReportQuery,
  ReservationQuery,
  ReservationRow,
  ThresholdTimes,
  WeightExportQuery,
  WeightExportRow,
} from '../views.js';
import type { Questions } from './questions.js';

/** Answers questions from one views file. A long search gives way to other work between its steps. */
export class FileAnswers implements Omit<Questions, 'rebuild'> {
  readonly #file: ViewsFile;
  readonly #position = (): Position => this.#file.position;

  constructor(file: ViewsFile) {
    this.#file = file;
  }

  reservations(query: ReservationQuery): Promise<Page<ReservationRow>> {
    return this.#file.reservations.page(query, this.#position, nextTurn);
  }

  async reservation(id: string): Promise<ReservationRow | undefined> {
    return this.#file.reader.findReservation(id)?.row;
  }

  async exports({ reservationId, ...query }: ExportQuery): Promise<Page<ExportRow>> {
    const { exports, reader, position } = this.#file;
    if (reservationId === undefined) return exports.page(query, this.#position, nextTurn);
    const reservation = reader.findReservation(reservationId)?.key;
    if (reservation === undefined) return { items: [], nextCursor: null, position };
    return exports.page({ ...query, reservation }, this.#position, nextTurn);
  }

  async export(id: string): Promise<ExportRow | undefined> {
    return this.#file.reader.findExport(id)?.row;
  }

  async weightExports(query: WeightExportQuery): Promise<Page<WeightExportRow>> {
    return this.#file.weightExports.page(query, this.#file.position);
  }

  async weightExport(id: string): Promise<WeightExportRow | undefined> {
    return this.#file.weightExports.find(id, this.#file.reader.placesOf(id));
  }

  async alerts(query: AlertQuery): Promise<Page<AlertRow>> {
    return this.#file.alerts.page(query, this.#file.position);
  }

  async alert(id: string): Promise<AlertRow | undefined> {
    return this.#file.alerts.alert(id);
  }

  obligations(query: ObligationQuery): Promise<Page<ObligationRow>> {
    return this.#file.obligations.page(query, this.#file.position, nextTurn);
  }

  async obligation(id: string, nowMs: number): Promise<ObligationRow | undefined> {
    return this.#file.obligation.find(id, nowMs);
  }

  async report(query: ReportQuery): Promise<ReportAnswer | undefined> {
    const made = await this.#file.reports.make(query, this.#position, nextTurn);
    if (made === undefined) return undefined;
    const { rows, ...rest } = made;
    return { pages: rows && (await pagesOf(rows)), ...rest };
  }

  async shareMeasurements(nowMs: number): Promise<readonly ShareMeasurement[]> {
    const { uveuLines, alerts } = this.#file;
    return uveuLines.measurements(nowMs).filter((measured) => isBeyond(measured) || alerts.isMeasuredOpen(measured.line));
  }

  async lineDays(line: string, from: string, to: string): Promise<readonly LineDay[]> {
    return this.#file.lineTables.days(line, from, to);
  }

  async thresholdTimesAt(line: string, position: Position): Promise<ThresholdTimes> {
    return this.#file.lineTables.thresholdTimesAt(line, position);
  }
}

const rowsOfPage = 200;

async function pagesOf(rows: readonly ReportRow[]): Promise<readonly string[]> {
  const pages: string[] = [];
  for (let from = 0; from < rows.length; from += rowsOfPage) {
    pages.push(JSON.stringify(rows.slice(from, from + rowsOfPage)));
    await nextTurn();
  }
  return pages;
}
