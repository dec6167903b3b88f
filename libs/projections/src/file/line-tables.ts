import type { Database, Statement } from 'better-sqlite3';
import type { Position } from '#ledger';
import type { LineFold } from '../folds/line-fold.js';
import { noAlerts, type OpenAlerts } from '../folds/alert-levels.js';
import type { LineDay, LineView, ThresholdTimes } from '../views.js';
import type { Names } from './names.js';

/** The lines, their state at the end of each day, and when they crossed the critical and the exhausted threshold. */
export class LineTables {
  readonly #names: Names;
  readonly #folds: Statement<[]>;
  readonly #fold: Statement<[number]>;
  readonly #save: Statement<[number, string]>;
  readonly #saveDay: Statement<[number, string, string]>;
  readonly #days: Statement<[number, string, number, string, string]>;
  readonly #saveTimes: Statement<[number, number, string | null, string | null]>;
  readonly #times: Statement<[number, number]>;

  constructor(database: Database, names: Names) {
    this.#names = names;
    this.#folds = database.prepare<[]>('SELECT fold FROM lines ORDER BY line').pluck();
    this.#fold = database.prepare<[number]>('SELECT fold FROM lines WHERE line = ?').pluck();
    this.#save = database.prepare('INSERT OR REPLACE INTO lines (line, fold) VALUES (?, ?)');
    this.#saveDay = database.prepare('INSERT OR REPLACE INTO line_days (line, day, state) VALUES (?, ?, ?)');
    this.#days = database
      .prepare<[number, string, number, string, string]>(
        `
        SELECT state FROM line_days WHERE line = ? AND day <= ? AND day >=
          coalesce((SELECT max(day) FROM line_days WHERE line = ? AND day < ?), ?) ORDER BY day`,
      )
      .pluck();
    this.#saveTimes = database.prepare(
      'INSERT OR REPLACE INTO threshold_times (line, position, critical_since, exhausted_since) VALUES (?, ?, ?, ?)',
    );
    this.#times = database.prepare<[number, number]>(`
      SELECT critical_since AS criticalSince, exhausted_since AS exhaustedSince FROM threshold_times
      WHERE line = ? AND position <= ? ORDER BY position DESC LIMIT 1`);
  }

  folds(): readonly LineFold[] {
    return (this.#folds.all() as string[]).map((fold) => {
      const { view, alerts } = JSON.parse(fold) as { readonly view: LineView; readonly alerts: OpenAlerts };
      return { view, alerts: Object.keys(alerts).length === 0 ? noAlerts : alerts };
    });
  }

  save(fold: LineFold): void {
    this.#save.run(this.#names.number(fold.view.line), JSON.stringify(fold));
  }

  /** The line that carries on the limit of this one now: itself, unless it was closed by a merger. */
  survivorOf(line: string): string {
    const number = this.#names.find(line);
    const fold = number === undefined ? undefined : (this.#fold.get(number) as string | undefined);
    const into = fold === undefined ? undefined : (JSON.parse(fold) as LineFold).view.closedInto;
    return into === undefined ? line : this.survivorOf(into);
  }

  saveDay(line: string, day: LineDay): void {
    this.#saveDay.run(this.#names.number(line), day.day, JSON.stringify(day));
  }

  saveThresholdTimes({ line, position, criticalSince, exhaustedSince }: LineView): void {
    this.#saveTimes.run(this.#names.number(line), position, criticalSince, exhaustedSince);
  }

  /** The days from `from` to `to` (inclusive), preceded by the last day before that had events. */
  days(line: string, from: string, to: string): readonly LineDay[] {
    const number = this.#names.find(line);
    if (number === undefined) return [];
    return (this.#days.all(number, to, number, from, from) as string[]).map((state) => JSON.parse(state) as LineDay);
  }

  /** As they were right after the event at this position. */
  thresholdTimesAt(line: string, position: Position): ThresholdTimes {
    const number = this.#names.find(line);
    const times = number === undefined ? undefined : (this.#times.get(number, position) as ThresholdTimes | undefined);
    return times ?? { criticalSince: null, exhaustedSince: null };
  }
}
