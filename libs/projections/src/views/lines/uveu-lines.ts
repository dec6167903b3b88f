import { decodeEvent, limitingBalance, type AlertEvent, type LineBalance, type LineEvent, type Position } from '#ledger';
import { partsOfLine, type DueRule } from '#rulebook';
import type { DutyBook } from '../rulebooks/rulebooks.js';
import type { ReadEvent } from '../view.js';
import type { LineTables } from './line-tables.js';
import type { LineDay, LineView } from './line-view.js';
import { reportingDates } from './reporting-dates.js';

export interface UveuLine {
  readonly line: string;
  readonly holder: string;
  /** By a merger. */
  readonly isClosed: boolean;
  /** Of its first event, `YYYY-MM-DD`. */
  readonly since: string;
  /** When its shares are measured: the due dates of the accounting of chips. */
  readonly measured: DueRule | undefined;
  /** The newest event by the end of a UTC day, `YYYY-MM-DD`; undefined if the line had none by then. */
  readonly newestOn: (day: string) => NewestEvent | undefined;
}

interface NewestEvent {
  readonly id: string;
  readonly position: Position;
  readonly event: LineEvent;
}

/** The line of a UVEU as it was at the end of a reporting date. */
export interface ShareMeasurement {
  readonly line: string;
  /** The reporting date: a UTC day, `YYYY-MM-DD`. */
  readonly measuredOn: string;
  /** What the tightest share permits and counts, in thousandths of TPP; without shares nothing is limited. */
  readonly balance: LineBalance;
  /** A merger had closed the line by then: what it has is measured on the line that goes on. */
  readonly isClosed: boolean;
  /** The line's newest event by then. */
  readonly eventId: string;
  readonly position: Position;
  readonly recordedAt: string;
}

interface UveuLinesOptions {
  readonly tables: LineTables;
  /** The last day of a line with events up to a day, also of the batch under way. */
  readonly newestDay: (line: string, day: string) => LineDay | undefined;
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
    return this.#options.tables.folds().flatMap(({ view }) => this.#uveuLine(view) ?? []);
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
   */
  measuredAt(alert: AlertEvent): Position | undefined {
    if (alert.type !== 'AlertRaised' || alert.measuredOn === undefined) return undefined;
    const { line, measuredOn, crossing } = alert;
    const day = this.#options.newestDay(line, measuredOn);
    return day && this.#options.readEvent(day.position)?.id === crossing.eventId ? day.position : undefined;
  }

  #uveuLine({ line, position, closedInto }: LineView): UveuLine | undefined {
    const { tables, book, readEvent } = this.#options;
    const { kind, holder = null } = partsOfLine(line) ?? {};
    if (kind !== 'uveu' || holder === null) return undefined;
    const eventAt = (at: number): NewestEvent | undefined => {
      const stored = readEvent(at);
      return stored && { id: stored.id, position: at, event: decodeEvent(stored.json) as LineEvent };
    };
    const newest = eventAt(position);
    const [first] = tables.days(line, '0000-01-01', '9999-12-31');
    if (newest === undefined || first === undefined) return undefined;
    const measured = book.route(newest.event.rulebook.hash, 'uveu')?.dueOf('veu-chip-accounting');
    const newestOn = (day: string): NewestEvent | undefined => {
      const last = tables.days(line, day, day).at(-1);
      return last && eventAt(last.position);
    };
    return { line, holder, isClosed: closedInto !== undefined, since: first.day, measured, newestOn };
  }
}
