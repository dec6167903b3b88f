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

/** The questions that are answered from one views file. A long search gives way to other work between its steps. */
export function answersOf(file: ViewsFile) {
  const position = (): Position => file.position;
  return {
    reservations: (query: ReservationQuery): Promise<Page<ReservationRow>> => file.reservations.page(query, position, nextTurn),
    reservation: (id: string): ReservationRow | undefined => file.reader.findReservation(id)?.row,
    async exports({ reservationId, ...query }: ExportQuery): Promise<Page<ExportRow>> {
      if (reservationId === undefined) return file.exports.page(query, position, nextTurn);
      const reservation = file.reader.findReservation(reservationId)?.key;
      if (reservation === undefined) return { items: [], nextCursor: null, position: file.position };
      return file.exports.page({ ...query, reservation }, position, nextTurn);
    },
    export: (id: string): ExportRow | undefined => file.reader.findExport(id)?.row,
    weightExports: (query: WeightExportQuery): Page<WeightExportRow> => file.weightExports.page(query, file.position),
    weightExport: (id: string): WeightExportRow | undefined => file.weightExports.find(id, file.reader.placesOf(id)),
    alerts: (query: AlertQuery): Page<AlertRow> => file.alerts.page(query, file.position),
    alert: (id: string): AlertRow | undefined => file.alerts.alert(id),
    /** By due date, the earliest first. */
    obligations: (query: ObligationQuery): Promise<Page<ObligationRow>> => file.obligations.page(query, file.position, nextTurn),
    /** `nowMs` tells what is overdue, and which periods have begun. */
    obligation: ({ id, nowMs }: { readonly id: string; readonly nowMs: number }): ObligationRow | undefined =>
      file.obligation.find(id, nowMs),
    /** A report by its name; undefined if there is none. */
    async report(query: ReportQuery): Promise<ReportAnswer | undefined> {
      const made = await file.reports.make(query, position, nextTurn);
      return made && { ...made, pages: made.rows && (await pagesOf(made.rows)) };
    },
    /**
     * Of each line of a UVEU the newest reporting date that is over at `nowMs` (milliseconds since 1970), where a share was
     * beyond its limit or an earlier date's alert is open.
     */
    shareMeasurements: (nowMs: number): readonly ShareMeasurement[] =>
      file.uveuLines.measurements(nowMs).filter((measured) => isBeyond(measured) || file.alerts.isMeasuredOpen(measured.line)),
    /** Last state of the line on each UTC day with events, `from` to `to` inclusive (YYYY-MM-DD), and the last before. */
    lineDays: ({ line, from, to }: { readonly line: string; readonly from: string; readonly to: string }): readonly LineDay[] =>
      file.lineTables.days(line, from, to),
    /** Since when the line was critical and exhausted, as it stood right after the event at this position. */
    thresholdTimesAt: ({ line, position: at }: { readonly line: string; readonly position: Position }): ThresholdTimes =>
      file.lineTables.thresholdTimesAt(line, at),
  };
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
