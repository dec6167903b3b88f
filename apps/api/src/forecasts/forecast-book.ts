import type { Clock, EventStore, Ledger } from '#ledger';
import {
  addedUses, dayNumber, dayOf, dayOfNumber, forecastBalance, forecastOf, lastDayOf, useOnLastDay, windowDays,
  type Forecast, type LineThen, type UseDay, type Views,
} from '#projections';
import { noTpp, partsOfLine, type CompiledRulebook } from '#rulebook';
import type { ReadingTurns } from '../http/reading-turns.js';

interface Known {
  readonly revision: number;
  readonly today: string;
  readonly rulebook: CompiledRulebook;
  readonly forecast: Forecast;
}

/** A line of the past, and the moment that its forecast is made at. */
interface LineOfPast {
  readonly line: string;
  /** Undefined for a line that had no event yet. */
  readonly then: LineThen | undefined;
}

/** Forecasts of one turn: each takes about two milliseconds. */
const inOneTurn = 4;
/** While lines change faster than they are forecast, the newest forecasts are of a moment ago. */
const roundsMax = 3;

/** Forecasts of lines, computed once for each revision, day and rulebook. */
export class ForecastBook {
  readonly #known = new Map<string, Known>();

  constructor(
    private readonly ledger: Ledger,
    private readonly views: Views,
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly turns: ReadingTurns,
  ) {}

  /** The day that forecasts are made for now. */
  get today(): string {
    return dayOf(this.clock());
  }

  /** Makes the forecasts of lines as they are now; `of` has them afterwards. */
  async refresh(lines: readonly string[]): Promise<void> {
    for (let round = 0; round < roundsMax; round += 1) {
      const due = lines.filter((line) => this.#knownOf(line) === undefined);
      if (due.length === 0) return;
      const { today } = this;
      const uses = await this.#uses(due, today, dayOfNumber(dayNumber(today) + 1));
      // What the views told of these lines until now is what they answered from.
      const { rulebook } = this.ledger;
      const made = due.map((line) => this.views.lines.get(line));
      for (const [index, line] of due.entries()) {
        if (index % inOneTurn === inOneTurn - 1) await this.turns.next();
        const now = made[index];
        const forecast = this.#forecast(line, now, uses[index] ?? [], rulebook, today);
        this.#known.set(line, { revision: now?.revision ?? -1, today, rulebook, forecast });
      }
    }
  }

  /** The newest forecast of a line that `refresh` made. */
  of(line: string): Forecast {
    const known = this.#known.get(line);
    if (known === undefined) throw new Error(`There is no forecast of ${line} yet.`);
    return known.forecast;
  }

  async now(line: string): Promise<Forecast> {
    await this.refresh([line]);
    return this.of(line);
  }

  /**
   * The forecasts that would have been made at a moment, with what was recorded by then.
   * @param atMs milliseconds since 1970
   */
  async then(lines: readonly LineOfPast[], rulebook: CompiledRulebook, atMs: number): Promise<readonly Forecast[]> {
    const today = dayOf(atMs);
    const before = await this.#uses(lines.map(({ line }) => line), today, today);
    const made: Forecast[] = [];
    for (const [index, { line, then }] of lines.entries()) {
      if (index % inOneTurn === inOneTurn - 1) await this.turns.next();
      const isOfToday = then?.recordedAt.slice(0, 10) === today;
      const onDay = then !== undefined && isOfToday ? await useOnLastDay(this.store, line, then.revision, today) : [];
      made.push(this.#forecast(line, then, addedUses(before[index] ?? [], onDay), rulebook, today));
    }
    return made;
  }

  #knownOf(line: string): Known | undefined {
    const known = this.#known.get(line);
    const isNewest = known?.revision === (this.views.lines.get(line)?.revision ?? -1);
    return isNewest && known.today === this.today && known.rulebook === this.ledger.rulebook ? known : undefined;
  }

  #uses(lines: readonly string[], today: string, before: string): Promise<readonly (readonly UseDay[])[]> {
    return this.views.ask('dailyUse', { lines, from: dayOfNumber(dayNumber(today) - windowDays + 1), to: today, before });
  }

  #forecast(line: string, then: LineThen | undefined, uses: readonly UseDay[], rulebook: CompiledRulebook, today: string): Forecast {
    const year = partsOfLine(line)?.year ?? null;
    const { period, document } = rulebook;
    const firstMs = year === null ? period.startMs : Math.max(period.startMs, Date.UTC(year, 0));
    const cap = rulebook.capOfLine(line, Math.max(period.startMs, Date.parse(`${today}T23:59:59.999Z`)));
    const balance = then?.balance ?? { allocation: cap, exported: noTpp, reserved: noTpp };
    const isShared = then?.shares !== undefined;
    return forecastOf({
      balance: forecastBalance(line, balance, then?.shares),
      isInUse: then !== undefined && then.closedInto === undefined,
      uses,
      today,
      firstDay: dayOf(firstMs),
      lastDay: lastDayOf(line, period.endMs),
      critical: document.alerts.critical,
      // Of a line with shares they are those of the tightest one.
      criticalSince: isShared ? null : (then?.criticalSince ?? null),
      exhaustedSince: isShared ? null : (then?.exhaustedSince ?? null),
    });
  }
}
