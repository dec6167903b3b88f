import { Controller, Inject } from '@nestjs/common';
import type { Clock } from '#ledger';
import type { Moment } from '#projections';
import { isCountry, lineOfCountry } from '#rulebook';
import type { Body } from '#wire';
import { at, json, jsonType, text, type Answer } from '../http/answer.js';
import { ForecastAnswers } from '../forecasts/forecast-answers.js';
import { Problem } from '../http/problem.js';
import { ReadGate } from '../http/read-gate.js';
import { ReadingTurns } from '../http/reading-turns.js';
import { SharedAnswers } from '../http/shared-answers.js';
import { LineRecords } from '../lines/line-records.js';
import { LineEventsQuery } from '../lines/line.query.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { CLOCK } from '../tokens.js';
import { CountryBook, reflected, type CountryPage } from './country-book.js';
import { CountryOutlooks } from './country-outlooks.js';
import { CountryListQuery, CountryQuery, ForecastQuery, HistoryQuery, includedIn, MomentQuery } from './country.query.js';
import { momentOf } from './moment.js';

const code = 'ISO 3166-1 alpha-2 code, as AE.';

@Controller('v1/countries')
export class CountryController {
  private readonly lists = new SharedAnswers();

  constructor(
    private readonly book: CountryBook,
    private readonly records: LineRecords,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly gate: ReadGate,
    private readonly turns: ReadingTurns,
    private readonly outlooks: CountryOutlooks,
    private readonly forecasts: ForecastAnswers,
  ) {}

  @Operation('GET', '', {
    tag: 'Countries',
    summary: 'Remaining capacity of every country',
    query: CountryListQuery,
    headers: ['Min-Position?'],
    answers: {
      200: {
        text: 'All countries, now or at a moment of the past.',
        schema: 'CountryList',
        headers: ['Ledger-Position'],
      },
    },
    problems: ['projection-behind'],
  })
  async list({ query }: Call<undefined, CountryListQuery>): Promise<Answer<'CountryList'>> {
    const { status, group } = query;
    const moment = await this.reach(query);
    await this.turns.next();
    const bodyOf = (page: CountryPage): Body<'CountryList'> => ({
      countries: page.countries.filter((view) => (status ?? view.status) === view.status && (group ?? view.group) === view.group),
      ...reflected(page),
    });
    const included = includedIn(query);
    if (moment !== undefined) {
      const page = await this.book.at(moment, undefined, () => this.turns.next());
      return json(200, bodyOf(included.size === 0 ? page : await this.outlooks.withOutlook(page, included)), at(page.position));
    }
    const question = `${status ?? ''} ${group ?? ''} ${[...included].join()}`;
    if (included.size > 0) {
      const { body, position } = await this.outlooks.list(question, included, bodyOf);
      return text(jsonType, body, at(position));
    }
    const body = this.lists.body(question, this.book.sourcesNow(), () => bodyOf(this.book.now()));
    return text(jsonType, body, at(this.book.position));
  }

  @Operation('GET', ':code', {
    tag: 'Countries',
    summary: 'Remaining capacity of a country',
    path: { code },
    query: CountryQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'The country, now or at a moment of the past.', schema: 'Country', headers: ['Ledger-Position'] },
    },
    problems: ['country-not-found', 'projection-behind'],
  })
  async one({ query }: Call<undefined, CountryQuery>, country: string): Promise<Answer<'Country'>> {
    requireCountry(country);
    const moment = await this.reach(query);
    const page = await this.outlooks.one(country, moment, includedIn(query));
    return json(200, { ...(page.countries[0] as Body<'CountryView'>), ...reflected(page) }, at(page.position));
  }

  @Operation('GET', ':code/forecast', {
    tag: 'Countries',
    summary: 'When a country will have used its cap up',
    path: { code },
    query: ForecastQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'The days that are to be expected, with an 80 % interval, or why there are none.', schema: 'Forecast', headers: ['Ledger-Position'] },
    },
    problems: ['country-not-found', 'projection-behind'],
  })
  forecast({ query }: Call<undefined, ForecastQuery>, country: string): Promise<Answer<'Forecast'>> {
    requireCountry(country);
    return this.forecasts.of(lineOfCountry(country), query);
  }

  @Operation('GET', ':code/history', {
    tag: 'Countries',
    summary: 'Amounts of a country over time',
    path: { code },
    query: HistoryQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'The amounts at the end of each interval.', schema: 'CountryHistory', headers: ['Ledger-Position'] },
    },
    problems: ['country-not-found', 'projection-behind'],
  })
  async history({ query }: Call<undefined, HistoryQuery>, country: string): Promise<Answer<'CountryHistory'>> {
    requireCountry(country);
    const line = lineOfCountry(country);
    const history = await this.records.history(line, query);
    return json(200, { country, ...history }, at(Number(history.position)));
  }

  @Operation('GET', ':code/events', {
    tag: 'Countries',
    summary: 'Events of a country',
    path: { code },
    query: LineEventsQuery,
    headers: ['Min-Position?'],
    answers: {
      200: {
        text: 'Events of the country line, newest first.',
        schema: 'EventPage',
        headers: ['Ledger-Position', 'Link'],
      },
    },
    problems: ['country-not-found', 'invalid-cursor', 'projection-behind'],
  })
  events(call: Call<undefined, LineEventsQuery>, country: string): Promise<Answer<'EventPage'>> {
    requireCountry(country);
    return this.records.events(lineOfCountry(country), call);
  }

  /** What moment is asked about, once the views have reached it; undefined: now. */
  private async reach(query: MomentQuery): Promise<Moment | undefined> {
    const moment = momentOf(query, this.clock());
    if (moment?.at === 'position') await this.gate.reachAsked(moment.position, { in: 'query', pointer: '/atPosition' });
    return moment;
  }
}

/** @throws Problem (404) */
function requireCountry(country: string): void {
  if (!isCountry(country))
    throw new Problem(
      'country-not-found',
      `There is no country ${country}: use an ISO 3166-1 alpha-2 code in capitals.`,
    );
}
