import type { Statement } from 'better-sqlite3';
import type { LineEvent } from '#ledger';
import { partsOfLine } from '#rulebook';
import { rulebooks } from '../rulebooks/rulebooks.js';
import type { Folds, View, ViewParts } from '../view.js';
import { daysUntil, debitsMin, outlookOf, type Outlook } from './outlook.js';
import { balanceAfter, usedOf, useOfEvent } from './use-of-event.js';
import { dayNumber, UseWindow, windowDays, type UseDay } from './use-window.js';

export { daysUntil, debitsMin, type Outlook } from './outlook.js';
export { balanceAfter, forecastBalance, usedOf, useOfEvent, type UseChange } from './use-of-event.js';
export { dayNumber, dayOfNumber, windowDays, windowUpTo, type UseDay } from './use-window.js';

/** The use of a line as far as the fold needs it. */
interface LineUse {
  used: number;
  readonly window: UseWindow;
}

/** What one event changed: its use counts on one day, and was known from another on. */
interface Change {
  readonly line: string;
  readonly recordedOn: string;
  readonly day: string;
  milliTpp: number;
  debits: number;
}

/** The last UTC day on which anything may be used of a line: that of its year, else that of the quota period. */
export function lastDayOf(line: string, periodEndMs: number): string {
  const year = partsOfLine(line)?.year ?? null;
  const endMs = year === null ? periodEndMs : Math.min(periodEndMs, Date.UTC(year + 1, 0));
  return new Date(endMs - 1).toISOString().slice(0, 10);
}

/** What was used of each line, day by day: what forecasts are made of. */
class DailyUse implements View {
  readonly #names: ViewParts['names'];
  readonly #rulebooks: ReturnType<typeof rulebooks.open>;
  readonly #add: Statement<[number, string, string, number, number]>;
  readonly #saveUsed: Statement<[number, number]>;
  readonly #used: Statement<[number]>;
  readonly #newest: Statement<[number, number]>;
  readonly #days: Statement<[number, string, string, string]>;
  /** Lines with events since the views were opened. */
  readonly #lines = new Map<string, LineUse>();
  readonly #changes = new Map<string, Change>();
  readonly #touched = new Set<string>();

  constructor(parts: ViewParts) {
    const { database } = parts;
    this.#names = parts.names;
    this.#rulebooks = parts.of(rulebooks);
    this.#add = database.prepare(`
      INSERT INTO daily_use (line, recorded_on, day, milli_tpp, debits) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (line, recorded_on, day) DO UPDATE SET milli_tpp = milli_tpp + excluded.milli_tpp, debits = debits + excluded.debits`);
    this.#saveUsed = database.prepare('INSERT OR REPLACE INTO line_use (line, used) VALUES (?, ?)');
    this.#used = database.prepare<[number]>('SELECT used FROM line_use WHERE line = ?').pluck();
    this.#newest = database.prepare<[number, number]>(`
      SELECT day, sum(milli_tpp) AS milliTpp, sum(debits) AS debits FROM daily_use WHERE line = ? AND day >=
        (SELECT date(max(recorded_on), '-${windowDays} days') FROM daily_use WHERE line = ?) GROUP BY day ORDER BY day`);
    this.#days = database.prepare<[number, string, string, string]>(`
      SELECT day, sum(milli_tpp) AS milliTpp, sum(debits) AS debits FROM daily_use
      WHERE line = ? AND day >= ? AND day <= ? AND recorded_on < ? GROUP BY day ORDER BY day`);
  }

  readonly folds: Folds = { everyLineEvent: (event, _stored, line) => this.#fold(event, line) };

  readonly questions = {
    /**
     * The use of lines on the days `from` to `to` (inclusive), as far as it was recorded before the day `before`; each list in order, and
     * only days with a change.
     */
    dailyUse: ({ lines, from, to, before }: { readonly lines: readonly string[]; readonly from: string; readonly to: string; readonly before: string }): readonly (readonly UseDay[])[] =>
      lines.map((line) => {
        const number = this.#names.find(line);
        return number === undefined ? [] : (this.#days.all(number, from, to, before) as UseDay[]);
      }),
  };

  /** What is expected of a line right after the event that was just folded; undefined where no limit can be used up. */
  outlook(event: LineEvent, line: string): Outlook | undefined {
    const { periodEndMs } = this.#rulebooks;
    const { allocation, exported, reserved } = balanceAfter(line, event);
    if (periodEndMs === undefined || allocation === null || allocation === 0 || event.closedInto !== undefined) return undefined;
    const { window } = this.#of(line);
    const today = dayNumber(event.recordedAt.slice(0, 10));
    window.advance(today);
    const daysLeft = window.debits < debitsMin ? undefined : daysUntil(allocation - exported - reserved, window.milliTpp / windowDays);
    return outlookOf(daysLeft, dayNumber(lastDayOf(line, periodEndMs)) - today);
  }

  flush(): void {
    for (const { line, recordedOn, day, milliTpp, debits } of this.#changes.values()) {
      this.#add.run(this.#names.number(line), recordedOn, day, milliTpp, debits);
    }
    this.#changes.clear();
    for (const line of this.#touched) this.#saveUsed.run(this.#names.number(line), this.#of(line).used);
  }

  adopt(): object {
    this.#touched.clear();
    return {};
  }

  forget(): void {
    this.#changes.clear();
    for (const line of this.#touched) this.#lines.delete(line);
    this.#touched.clear();
  }

  #fold(event: LineEvent, line: string): void {
    const use = this.#of(line);
    const change = useOfEvent(line, event, use.used);
    use.used = usedOf(balanceAfter(line, event));
    this.#touched.add(line);
    if (change === undefined) return;
    const { day, milliTpp } = change;
    const recordedOn = event.recordedAt.slice(0, 10);
    const debits = milliTpp > 0 ? 1 : 0;
    use.window.advance(dayNumber(recordedOn));
    use.window.add(dayNumber(day), milliTpp, debits);
    const key = `${line} ${recordedOn} ${day}`;
    const known = this.#changes.get(key);
    if (known === undefined) {
      this.#changes.set(key, { line, recordedOn, day, milliTpp, debits });
      return;
    }
    known.milliTpp += milliTpp;
    known.debits += debits;
  }

  /** Read from the tables when the line is first met. */
  #of(line: string): LineUse {
    const known = this.#lines.get(line);
    if (known !== undefined) return known;
    const use: LineUse = { used: 0, window: new UseWindow() };
    const number = this.#names.find(line);
    if (number !== undefined) {
      use.used = (this.#used.get(number) as number | undefined) ?? 0;
      for (const { day, milliTpp, debits } of this.#newest.all(number, number) as UseDay[]) use.window.add(dayNumber(day), milliTpp, debits);
    }
    this.#lines.set(line, use);
    return use;
  }
}

export const dailyUse = {
  name: 'daily-use',
  version: 1,
  tables: `
    CREATE TABLE daily_use (
      line INTEGER NOT NULL, recorded_on TEXT NOT NULL, day TEXT NOT NULL, milli_tpp INTEGER NOT NULL, debits INTEGER NOT NULL,
      PRIMARY KEY (line, recorded_on, day)
    ) WITHOUT ROWID;
    CREATE INDEX daily_use_by_day ON daily_use (line, day);
    CREATE TABLE line_use (line INTEGER PRIMARY KEY, used INTEGER NOT NULL);`,
  contents: [
    'SELECT name, recorded_on, day, milli_tpp, debits FROM daily_use JOIN names ON id = line ORDER BY name, recorded_on, day',
    'SELECT name, used FROM line_use JOIN names ON id = line ORDER BY name',
  ],
  open: (parts: ViewParts) => new DailyUse(parts),
};
