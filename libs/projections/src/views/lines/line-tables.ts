import type { Database, Statement } from 'better-sqlite3';
import type { Position } from '#ledger';
import type { Names } from '../../tables/names.js';
import { noAlerts, type OpenAlerts } from './alert-levels.js';
import type { LineFold } from './line-fold.js';
import { crossingKey, type Crossing, type LineDay, type LineView, type ThresholdTimes } from './line-view.js';

export const lineSchema = `
  CREATE TABLE lines (line INTEGER PRIMARY KEY, fold TEXT NOT NULL);
  CREATE TABLE line_days (
    line INTEGER NOT NULL, day TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (line, day)
  ) WITHOUT ROWID;
  CREATE TABLE threshold_times (
    line INTEGER NOT NULL, position INTEGER NOT NULL, critical_since TEXT, exhausted_since TEXT,
    PRIMARY KEY (line, position)
  ) WITHOUT ROWID;
  CREATE TABLE crossings (
    position INTEGER NOT NULL, key TEXT NOT NULL, crossing TEXT NOT NULL, PRIMARY KEY (position, key)
  );`;

export const lineContents = [
  'SELECT name, fold FROM lines JOIN names ON id = line ORDER BY name',
  'SELECT name, day, state FROM line_days JOIN names ON id = line ORDER BY name, day',
  `SELECT name, position, critical_since, exhausted_since FROM threshold_times JOIN names ON id = line
    ORDER BY name, position`,
  'SELECT crossing FROM crossings ORDER BY position, key',
];

/**
 * The lines, their state at the end of each day, when they crossed the critical and the exhausted threshold, and the crossings
 * of all thresholds that no alert event tells yet.
 */
export class LineTables {
  readonly #names: Names;
  readonly #folds: Statement<[]>;
  readonly #fold: Statement<[number]>;
  readonly #save: Statement<[number, string]>;
  readonly #saveDay: Statement<[number, string, string]>;
  readonly #days: Statement<[number, string, number, string, string]>;
  readonly #saveTimes: Statement<[number, number, string | null, string | null]>;
  readonly #times: Statement<[number, number]>;
  readonly #addCrossing: Statement<[number, string, string]>;
  readonly #removeCrossing: Statement<[number, string]>;
  readonly #crossings: Statement<[]>;

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
    this.#addCrossing = database.prepare('INSERT OR IGNORE INTO crossings (position, key, crossing) VALUES (?, ?, ?)');
    this.#removeCrossing = database.prepare('DELETE FROM crossings WHERE position = ? AND key = ?');
    this.#crossings = database.prepare<[]>('SELECT crossing FROM crossings ORDER BY rowid').pluck();
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

  addCrossing(crossing: Crossing): void {
    this.#addCrossing.run(crossing.position, crossingKey(crossing), JSON.stringify(crossing));
  }

  removeCrossing(crossing: Crossing): void {
    this.#removeCrossing.run(crossing.position, crossingKey(crossing));
  }

  /** In log order. */
  crossings(): readonly Crossing[] {
    return (this.#crossings.all() as string[]).map((crossing) => JSON.parse(crossing) as Crossing);
  }
}
