import { Controller, Inject } from '@nestjs/common';
import type { Clock } from '#ledger';
import { at, json, type Answer } from '../http/answer.js';
import { ReadingTurns } from '../http/reading-turns.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { CLOCK } from '../tokens.js';
import { reflected, type CountryPage } from './country-book.js';
import { CountryOutlooks } from './country-outlooks.js';
import { ForecastQuery } from './country.query.js';
import { momentOf } from './moment.js';
import { summaryOf } from './summary.js';

@Controller('v1/summary')
export class SummaryController {
  constructor(
    private readonly outlooks: CountryOutlooks,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly turns: ReadingTurns,
  ) {}

  @Operation('GET', '', {
    tag: 'Countries',
    summary: 'All countries in a few figures',
    description: 'How many countries have each status, how much is exported and reserved, which are close to their cap and which are expected to reach it next.',
    query: ForecastQuery,
    headers: ['Min-Position?'],
    answers: { 200: { text: 'The summary, now or at a moment of the past.', schema: 'Summary', headers: ['Ledger-Position'] } },
    problems: ['projection-behind'],
  })
  async summary({ query }: Call<undefined, ForecastQuery>): Promise<Answer<'Summary'>> {
    const moment = momentOf(query, this.clock());
    await this.turns.next();
    const page: CountryPage = await this.outlooks.all(moment);
    return json(200, { ...summaryOf(page), ...reflected(page) }, at(page.position));
  }
}
