import type { Clock } from '#ledger';
import type { CountryBook } from '../countries/country-book.js';
import type { ForecastQuery } from '../countries/country.query.js';
import { momentOf } from '../countries/moment.js';
import { at, json, type Answer } from '../http/answer.js';
import { forecastBody } from './forecast-body.js';
import type { ForecastBook } from './forecast-book.js';

/** Answers with the forecast of one line, now or at a moment of the past. */
export class ForecastAnswers {
  constructor(
    private readonly book: CountryBook,
    private readonly forecasts: ForecastBook,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem (400) for a time in the future. */
  async of(line: string, query: ForecastQuery): Promise<Answer<'Forecast'>> {
    const moment = momentOf(query, this.clock());
    if (moment === undefined) {
      const forecast = await this.forecasts.now(line);
      return json(200, forecastBody(line, forecast), at(this.book.position));
    }
    const { then, rulebook, atMs } = await this.book.lineAt(line, moment);
    const [forecast] = await this.forecasts.then([{ line, then }], rulebook, atMs);
    if (forecast === undefined) throw new Error(`No forecast was made of ${line}.`);
    return json(200, forecastBody(line, forecast), at(then?.position ?? 0));
  }
}
