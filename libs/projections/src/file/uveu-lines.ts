import { decodeEvent, limitingBalance, type AlertEvent, type LineEvent, type Position } from '#ledger';
import { partsOfLine } from '#rulebook';
import type { DutyBook } from '../duties/duty-book.js';
import type { ShareMeasurement } from '../folds/measured-alerts.js';
import type { NewestEvent, UveuLine } from '../reports/report.js';
import { reportingDates } from '../reports/reporting-dates.js';
import type { LineView } from '../views.js';
import type { BatchFold } from './batch-fold.js';
import type { ReadEvent } from './entry-reader.js';
import type { LineTables } from './line-tables.js';

export interface UveuLinesOptions {
  readonly lineTables: LineTables;
  readonly readEvent: ReadEvent;
  readonly book: DutyBook;
}

/** The lines of UVEUs and what their shares were day by day: read from the log, for views keep amounts without shares. */
export class UveuLines {
  readonly #options: UveuLinesOptions;

  constructor(options: UveuLinesOptions) {
    this.#options = options;
  }

  /** With those that a merger closed. */
  all(): readonly UveuLine[] {
    return this.#options.lineTables.folds().flatMap(({ view }) => this.#uveuLine(view) ?? []);
  }

  /**
   * Each line that had events by then at the end of the newest reporting date that is over at `nowMs`, milliseconds since
   * 1970. Dates are those of the rulebook that the line's newest event names.
   */
  measurements(nowMs: number): readonly ShareMeasurement[] {
    return this.all().flatMap(({ line, since, measured, newestOn }) => {
      const measuredOn = reportingDates(measured, since, nowMs).at(-1);
      const newest = measuredOn === undefined ? undefined : newestOn(measuredOn);
      if (measuredOn === undefined || newest === undefined) return [];
      const { id: eventId, position, event } = newest;
      const balance = limitingBalance(event.balanceMilliTpp, event.shares);
      const isClosed = event.closedInto !== undefined;
      return [{ line, measuredOn, balance, isClosed, eventId, position, recordedAt: event.recordedAt }];
    });
  }

  /**
   * Where the event stands in this log that a `measured` alert names: the line's newest on the reporting date. Undefined
   * for other alerts, and where another event is the newest on that date.
   * @param batch has days that are not saved yet
   */
  measuredAt(alert: AlertEvent, batch: Pick<BatchFold, 'newestDay'>): Position | undefined {
    if (alert.type !== 'AlertRaised' || alert.measuredOn === undefined) return undefined;
    const { line, measuredOn, crossing } = alert;
    const { lineTables, readEvent } = this.#options;
    const day = batch.newestDay(line, measuredOn) ?? lineTables.days(line, measuredOn, measuredOn).at(-1);
    return day && readEvent(day.position)?.id === crossing.eventId ? day.position : undefined;
  }

  #uveuLine({ line, position, closedInto }: LineView): UveuLine | undefined {
    const { lineTables, book, readEvent } = this.#options;
    const { kind, holder = null } = partsOfLine(line) ?? {};
    if (kind !== 'uveu' || holder === null) return undefined;
    const eventAt = (at: number): NewestEvent | undefined => {
      const stored = readEvent(at);
      return stored && { id: stored.id, position: at, event: decodeEvent(stored.json) as LineEvent };
    };
    const newest = eventAt(position);
    const [first] = lineTables.days(line, '0000-01-01', '9999-12-31');
    if (newest === undefined || first === undefined) return undefined;
    const measured = book.route(newest.event.rulebook.hash, 'uveu')?.dueOf('veu-chip-accounting');
    const newestOn = (day: string): NewestEvent | undefined => {
      const last = lineTables.days(line, day, day).at(-1);
      return last && eventAt(last.position);
    };
    return { line, holder, isClosed: closedInto !== undefined, since: first.day, measured, newestOn };
  }
}
