import { NextRead } from '#ledger';
import type { LineDay, Moment, Views } from '#projections';
import { allCountryCodes, lineOfCountry } from '#rulebook';
import type { Body } from '#wire';
import { expectedBody, paceBody } from '../forecasts/forecast-body.js';
import type { ForecastBook } from '../forecasts/forecast-book.js';
import { recentDays, recentQuestion } from '../forecasts/recent-days.js';
import type { ReadingTurns } from '../http/reading-turns.js';
import { SharedAnswers } from '../http/shared-answers.js';
import type { CountryBook, CountryPage } from './country-book.js';

export type Included = ReadonlySet<'forecast' | 'recent'>;

interface Listed {
  readonly body: Buffer;
  readonly position: number;
}

/** Countries with what is expected of them and what was left lately. */
export class CountryOutlooks {
  readonly #shared = new SharedAnswers();
  /** By question, of which there are few. */
  readonly #reads = new Map<string, NextRead<Listed>>();

  constructor(
    private readonly book: CountryBook,
    private readonly forecasts: ForecastBook,
    private readonly views: Views,
    private readonly turns: ReadingTurns,
  ) {}

  /** All countries now, rendered once for all who ask while nothing changes, and at most one at a time. */
  list(question: string, included: Included, bodyOf: (page: CountryPage) => Body<'CountryList'>): Promise<Listed> {
    const { position } = this.book;
    const known = this.#shared.known(question, this.#madeOf());
    if (known !== undefined) return Promise.resolve({ body: known, position });
    const read = this.#reads.get(question) ?? new NextRead(() => this.#list(question, included, bodyOf));
    this.#reads.set(question, read);
    return read.ask();
  }

  /** One country, with what is included. */
  async one(country: string, moment: Moment | undefined, included: Included): Promise<CountryPage> {
    return moment === undefined ? this.#now([country], included) : this.withOutlook(await this.book.at(moment, [country]), included);
  }

  /** All countries with their forecasts, now or at a moment of the past. */
  async all(moment: Moment | undefined): Promise<CountryPage> {
    const included: Included = new Set(['forecast']);
    if (moment === undefined) return this.#now(undefined, included);
    return this.withOutlook(await this.book.at(moment, undefined, () => this.turns.next()), included);
  }

  /** Countries of the past, with what would have been expected of them then. */
  async withOutlook(page: CountryPage, included: Included): Promise<CountryPage> {
    const { countries, lines, rulebook, atMs } = page;
    const of = countries.map(({ country }, index) => ({ line: lineOfCountry(country), then: lines[index] }));
    const forecasts = included.has('forecast') ? await this.forecasts.then(of, rulebook, atMs) : undefined;
    const today = new Date(atMs).toISOString().slice(0, 10);
    const days = await this.#recent(included, countries, today);
    return merged(page, (index) => forecasts?.[index], days, today);
  }

  async #list(question: string, included: Included, bodyOf: (page: CountryPage) => Body<'CountryList'>): Promise<Listed> {
    const madeOf = this.#madeOf();
    const page = await this.#now(undefined, included);
    // What came meanwhile is in the page, so it may stand for the sources of then alone if nothing did.
    const isSame = this.#shared.known(question, madeOf) === undefined && this.#madeOf().every((each, index) => Object.is(each, madeOf[index]));
    const body = isSame ? this.#shared.body(question, madeOf, () => bodyOf(page)) : Buffer.from(JSON.stringify(bodyOf(page)));
    return { body, position: page.position };
  }

  async #now(codes: readonly string[] | undefined, included: Included): Promise<CountryPage> {
    const asked = codes ?? allCountryCodes;
    if (included.has('forecast')) await this.forecasts.refresh(asked.map(lineOfCountry));
    const { today } = this.forecasts;
    const days = await this.#recent(included, asked.map((country) => ({ country })), today);
    const forecastOf = (index: number) => (included.has('forecast') ? this.forecasts.of(lineOfCountry(asked[index] ?? '')) : undefined);
    return merged(this.book.now(asked), forecastOf, days, today);
  }

  async #recent(included: Included, countries: readonly { readonly country: string }[], today: string): Promise<readonly (readonly LineDay[])[] | undefined> {
    if (!included.has('recent')) return undefined;
    return this.views.ask('daysOfLines', recentQuestion(countries.map(({ country }) => country), today));
  }

  #madeOf(): readonly unknown[] {
    return [...this.book.sourcesNow(), this.forecasts.today];
  }
}

type ForecastOf = (index: number) => ReturnType<ForecastBook['of']> | undefined;

function merged(page: CountryPage, forecastOf: ForecastOf, days: readonly (readonly LineDay[])[] | undefined, today: string): CountryPage {
  const countries = page.countries.map((view, index) => {
    const forecast = forecastOf(index);
    return {
      ...view,
      ...(forecast && { forecast: expectedBody(forecast), ...paceBody(forecast) }),
      ...(days && { recent: recentDays(view.country, today, days[index] ?? [], view.available, page.rulebook) }),
    };
  });
  return { ...page, countries };
}
