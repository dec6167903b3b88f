import { shownBalance, type LineEvent, type Position, type StoredEvent } from '#ledger';
import { dailyUse } from '../daily-use/daily-use.js';
import { rulebooks } from '../rulebooks/rulebooks.js';
import type { Folds, View, ViewParts } from '../view.js';
import { foldLine, type LineFold } from './line-fold.js';
import { LineTables, lineContents, lineSchema } from './line-tables.js';
import { crossingKey, type Crossing, type LineDay, type LineView, type ThresholdTimes } from './line-view.js';
import { UveuLines } from './uveu-lines.js';

export { crossingKey, recordedCrossing, type Crossing, type LineDay, type LineView, type ThresholdTimes } from './line-view.js';
export { foldLine, type LineFold } from './line-fold.js';
export { LineTables } from './line-tables.js';
export { dayOf, reportingDates } from './reporting-dates.js';
export { utilizationOf } from './utilization.js';
export type { ShareMeasurement, UveuLine } from './uveu-lines.js';

export interface LineNews {
  /** Lines that changed, in their newest state. */
  readonly lines: readonly LineView[];
  /** Crossings that have no alert event yet, in log order; the alert follower records them. */
  readonly crossings: readonly Crossing[];
  /** By key, which crossings alert events recorded. */
  readonly recorded: readonly string[];
}

interface LineInBatch {
  fold: LineFold;
  readonly days: Map<string, LineDay>;
}

/** The quota lines, day by day, and the thresholds that they crossed. */
class Lines implements View {
  readonly tables: LineTables;
  readonly uveu: UveuLines;
  readonly #rulebooks: ReturnType<typeof rulebooks.open>;
  readonly #use: ReturnType<typeof dailyUse.open>;
  readonly #folds = new Map<string, LineFold>();
  readonly #crossings = new Map<string, Crossing>();
  readonly #batch = {
    lines: new Map<string, LineInBatch>(),
    crossings: new Map<string, Crossing>(),
    recorded: [] as string[],
  };

  constructor(parts: ViewParts) {
    this.#rulebooks = parts.of(rulebooks);
    this.#use = parts.of(dailyUse);
    this.tables = new LineTables(parts.database, parts.names);
    const newestDay = (line: string, day: string): LineDay | undefined => this.#newestDay(line, day);
    this.uveu = new UveuLines({ tables: this.tables, newestDay, readEvent: parts.readEvent, book: this.#rulebooks.book });
    for (const fold of this.tables.folds()) this.#folds.set(fold.view.line, fold);
    for (const crossing of this.tables.crossings()) this.#crossings.set(crossingKey(crossing), crossing);
  }

  readonly folds: Folds = { everyLineEvent: (event, stored, line) => this.#fold(event, stored, line) };

  readonly questions = {
    /** Last state of the line on each UTC day with events, `from` to `to` inclusive (YYYY-MM-DD), and the last before. */
    lineDays: ({ line, from, to }: { readonly line: string; readonly from: string; readonly to: string }): readonly LineDay[] =>
      this.tables.days(line, from, to),
    /** The same of several lines. */
    daysOfLines: ({ lines, from, to }: { readonly lines: readonly string[]; readonly from: string; readonly to: string }): readonly (readonly LineDay[])[] =>
      lines.map((line) => this.tables.days(line, from, to)),
    /** Since when the line was critical and exhausted, as it stood right after the event at this position. */
    thresholdTimesAt: ({ line, position }: { readonly line: string; readonly position: Position }): ThresholdTimes =>
      this.tables.thresholdTimesAt(line, position),
  };

  /** An alert event tells of this crossing. Returns where the event stands that crossed; undefined if none is known. */
  record(key: string): Position | undefined {
    const { crossings, recorded } = this.#batch;
    const crossing = crossings.get(key) ?? this.#crossings.get(key);
    recorded.push(key);
    if (!crossings.delete(key) && crossing) this.tables.removeCrossing(crossing);
    return crossing?.position;
  }

  flush(): void {
    const { lines, crossings } = this.#batch;
    for (const { fold, days } of lines.values()) {
      this.tables.save(fold);
      for (const day of days.values()) this.tables.saveDay(fold.view.line, day);
    }
    for (const crossing of crossings.values()) this.tables.addCrossing(crossing);
  }

  adopt(): LineNews {
    const { lines, crossings, recorded } = this.#batch;
    for (const [line, { fold }] of lines) this.#folds.set(line, fold);
    for (const key of recorded) this.#crossings.delete(key);
    for (const [key, crossing] of crossings) this.#crossings.set(key, crossing);
    const views = Array.from(lines.values(), ({ fold }) => fold.view);
    const news = { lines: views, crossings: [...crossings.values()], recorded: [...recorded] };
    this.forget();
    return news;
  }

  forget(): void {
    this.#batch.lines.clear();
    this.#batch.crossings.clear();
    this.#batch.recorded.length = 0;
  }

  whole(): LineNews {
    return { lines: Array.from(this.#folds.values(), ({ view }) => view), crossings: [...this.#crossings.values()], recorded: [] };
  }

  #fold(event: LineEvent, stored: StoredEvent, line: string): void {
    const { lines } = this.#batch;
    let inBatch = lines.get(line);
    const previous = inBatch?.fold ?? this.#folds.get(line);
    const { fold, crossings } = foldLine(previous, line, stored, event, this.#rulebooks.thresholds, this.#use.outlook(event, line));
    if (inBatch) inBatch.fold = fold;
    else lines.set(line, (inBatch = { fold, days: new Map() }));
    const day = event.recordedAt.slice(0, 10);
    const balance = shownBalance(event.balanceMilliTpp, event.shares);
    inBatch.days.set(day, { day, position: stored.position, balance, counts: event.counts });
    for (const crossing of crossings) this.#batch.crossings.set(crossingKey(crossing), crossing);
    const { criticalSince, exhaustedSince } = fold.view;
    const before = previous?.view;
    if (criticalSince !== (before?.criticalSince ?? null) || exhaustedSince !== (before?.exhaustedSince ?? null))
      this.tables.saveThresholdTimes(fold.view);
  }

  /** The last day of the line with events up to `day`, also one that is not saved yet. */
  #newestDay(line: string, day: string): LineDay | undefined {
    const inBatch = [...(this.#batch.lines.get(line)?.days.values() ?? [])].filter((each) => each.day <= day);
    return inBatch.at(-1) ?? this.tables.days(line, day, day).at(-1);
  }
}

export const lines = {
  name: 'lines',
  version: 2,
  tables: lineSchema,
  contents: lineContents,
  open: (parts: ViewParts) => new Lines(parts),
  mirror: () => {
    const byName = new Map<string, LineView>();
    const crossings = new Map<string, Crossing>();
    return {
      seen: {
        /** By line, every line with history. */
        lines: byName as ReadonlyMap<string, LineView>,
        /** Crossings that no alert event records yet, in log order. */
        get crossings(): readonly Crossing[] {
          return [...crossings.values()];
        },
      },
      clear() {
        byName.clear();
        crossings.clear();
      },
      take(news: LineNews) {
        for (const view of news.lines) byName.set(view.line, view);
        for (const key of news.recorded) crossings.delete(key);
        for (const crossing of news.crossings) crossings.set(crossingKey(crossing), crossing);
      },
    };
  },
};
