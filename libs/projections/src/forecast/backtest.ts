import { dayNumber, dayOfNumber, debitsMin, windowDays, windowUpTo, type UseDay } from '../views/daily-use/daily-use.js';
import { useIn } from './block-bootstrap.js';

/** How good forecasts of so many days ahead were. */
export interface HorizonResult {
  readonly days: number;
  /** Forecasts that could be compared with what came. */
  readonly forecasts: number;
  /** Of these, how many had what came within their 80 % interval; from 0 to 1. NaN without any. */
  readonly coverage: number;
  /** Median of what was forecast less what came, by what came: above 0 where more was forecast. NaN where nothing ever came. */
  readonly bias: number;
  /** Median of the same without its sign. */
  readonly error: number;
}

export const horizonsDays = [7, 30, 90] as const;

/** The use of one line, as it is known at last and as it was known on a day. */
export interface LineUseHistory {
  /** In order. */
  readonly known: readonly UseDay[];
  /** As recorded up to the end of a day, `YYYY-MM-DD`. */
  readonly knownOn: (day: string) => readonly UseDay[] | Promise<readonly UseDay[]>;
}

/**
 * Makes the forecasts of the past again, one a week for each line, and compares each with what came. The mean rate and the draws are those
 * of `forecastOf`; a day with fewer than 10 debits in 90 days has no forecast.
 * @param today the last day that counts as known, `YYYY-MM-DD`
 */
export async function backtest(lines: readonly LineUseHistory[], today: string): Promise<readonly HorizonResult[]> {
  const results = horizonsDays.map(() => ({ inside: 0, errors: [] as number[], count: 0 }));
  for (const { known, knownOn } of lines) {
    const first = known[0];
    if (first === undefined) continue;
    const perDay = new Map(known.map(({ day, milliTpp }) => [dayNumber(day), milliTpp]));
    for (let origin = dayNumber(first.day) + windowDays - 1; origin + horizonsDays[0] <= dayNumber(today); origin += 7) {
      const { days, debits } = windowUpTo(origin, await knownOn(dayOfNumber(origin)));
      if (debits < debitsMin) continue;
      const mean = days.reduce((sum, each) => sum + each, 0) / windowDays;
      for (const [index, interval] of useIn(days, horizonsDays).entries()) {
        const horizon = horizonsDays[index] ?? 0;
        const result = results[index];
        if (!result || origin + horizon > dayNumber(today)) continue;
        let came = 0;
        for (let day = origin + 1; day <= origin + horizon; day += 1) came += perDay.get(day) ?? 0;
        result.count += 1;
        if (came >= interval.low && came <= interval.high) result.inside += 1;
        if (came > 0) result.errors.push((mean * horizon - came) / came);
      }
    }
  }
  return results.map(({ inside, errors, count }, index) => ({
    days: horizonsDays[index] ?? 0,
    forecasts: count,
    coverage: inside / count,
    bias: median(errors),
    error: median(errors.map(Math.abs)),
  }));
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? NaN;
}
