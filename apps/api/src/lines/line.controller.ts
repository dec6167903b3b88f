import { Controller } from '@nestjs/common';
import { isLine, Ledger } from '#ledger';
import { fromTpp } from '#rulebook';
import { ForecastQuery, HistoryQuery } from '../countries/country.query.js';
import { CountryBook } from '../countries/country-book.js';
import { ForecastAnswers } from '../forecasts/forecast-answers.js';
import { at, json, type Answer } from '../http/answer.js';
import { pageAnswer } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { ReadGate } from '../http/read-gate.js';
import { limitOf } from '../http/query.js';
import { ReadingTurns } from '../http/reading-turns.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { OutcomeAnswers } from '../reservations/outcome.js';
import { rulebookBody } from '../reservations/reservation-body.js';
import { LineBook } from './line-book.js';
import { LineRecords } from './line-records.js';
import { AttritionDto } from './line.dto.js';
import { ExplanationQuery, LineEventsQuery, LineQuery } from './line.query.js';

const path = { line: 'Id of the line, as country:AE, lpp:falcon-holding:2026, nveu:falcon-cloud:AE or uveu:nordic-cloud.' };

@Controller('v1/lines')
export class LineController {
  constructor(
    private readonly lines: LineBook,
    private readonly countries: CountryBook,
    private readonly records: LineRecords,
    private readonly ledger: Ledger,
    private readonly answers: OutcomeAnswers,
    private readonly turns: ReadingTurns,
    private readonly forecasts: ForecastAnswers,
    private readonly gate: ReadGate,
  ) {}

  @Operation('GET', '', {
    tag: 'Lines',
    summary: 'List quota lines',
    description: 'Those of every country, and those of companies on which something was recorded.',
    query: LineQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'A page of quota lines, by name.', schema: 'LinePage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(call: Call<undefined, LineQuery>): Promise<Answer<'LinePage'>> {
    const { query, position } = call;
    const after = query.cursor === undefined ? '' : lineOfCursor(query.cursor);
    await this.turns.next();
    const { items, more } = this.lines.page(query, after, limitOf(query));
    const nextCursor = more ? cursorOf(items.at(-1)?.line ?? '') : null;
    return pageAnswer(call, items, nextCursor, position);
  }

  @Operation('GET', ':line', {
    tag: 'Lines',
    summary: 'Read a quota line',
    path,
    headers: ['Min-Position?'],
    answers: { 200: { text: 'The line now.', schema: 'Line', headers: ['Ledger-Position'] } },
    problems: ['line-not-found', 'projection-behind'],
  })
  one(_call: Call, line: string): Answer<'Line'> {
    if (!isLine(line)) throw noSuchLine(line);
    const view = this.lines.one(line);
    if (view === undefined) throw noSuchLine(line);
    const { position, recordedAt, rulebook } = this.countries.now([]);
    const reflected = { position: String(position), recordedAt, rulebook: rulebookBody(rulebook.reference) };
    return json(200, { ...view, ...reflected }, at(position));
  }

  @Operation('GET', ':line/forecast', {
    tag: 'Lines',
    summary: 'When a line will have used its cap up',
    path,
    query: ForecastQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'The days that are to be expected, with an 80 % interval, or why there are none.', schema: 'Forecast', headers: ['Ledger-Position'] },
    },
    problems: ['line-not-found', 'projection-behind'],
  })
  async forecast({ query }: Call<undefined, ForecastQuery>, line: string): Promise<Answer<'Forecast'>> {
    if (!isLine(line) || this.lines.one(line) === undefined) throw noSuchLine(line);
    return this.forecasts.of(line, query);
  }

  @Operation('GET', ':line/explanation', {
    tag: 'Lines',
    summary: 'What a figure of a line is the sum of',
    path,
    query: ExplanationQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'The terms of the sum, each with its count and a link to its events.', schema: 'Explanation', headers: ['Ledger-Position'] },
    },
    problems: ['line-not-found', 'projection-behind'],
  })
  async explanation({ query, position }: Call<undefined, ExplanationQuery>, line: string): Promise<Answer<'Explanation'>> {
    if (!isLine(line) || this.lines.one(line) === undefined) throw noSuchLine(line);
    if (query.atPosition !== undefined) await this.gate.reachAsked(Number(query.atPosition), { in: 'query', pointer: '/atPosition' });
    const body = await this.records.explanation(line, query.figure ?? 'available', query.atPosition === undefined ? position : Number(query.atPosition));
    return json(200, body, at(Number(body.position)));
  }

  @Operation('GET', ':line/history', {
    tag: 'Lines',
    summary: 'Amounts of a line over time',
    path,
    query: HistoryQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'The amounts at the end of each interval.', schema: 'LineHistory', headers: ['Ledger-Position'] },
    },
    problems: ['line-not-found', 'projection-behind'],
  })
  async history({ query }: Call<undefined, HistoryQuery>, line: string): Promise<Answer<'LineHistory'>> {
    if (!isLine(line)) throw noSuchLine(line);
    const history = await this.records.history(line, query);
    return json(200, history, at(Number(history.position)));
  }

  @Operation('GET', ':line/events', {
    tag: 'Lines',
    summary: 'Events of a line',
    path,
    query: LineEventsQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'Events of the line, newest first.', schema: 'EventPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['line-not-found', 'invalid-cursor', 'projection-behind'],
  })
  events(call: Call<undefined, LineEventsQuery>, line: string): Promise<Answer<'EventPage'>> {
    if (!isLine(line)) throw noSuchLine(line);
    return this.records.events(line, call);
  }

  @Operation('POST', ':line/attrition', {
    tag: 'Lines',
    summary: 'Record what no longer counts as installed',
    description:
      'For nveu lines only: loss, damage, failure, relocation and resale leave the installed base (15 CFR ' +
      '748.15(a)(2)(iii)(B)).',
    path,
    body: {
      dto: AttritionDto,
      example: { tpp: 15832, cause: 'failure', occurredAt: '2026-02-27T09:00:00Z', reason: 'Burnt out in rack 12.' },
    },
    headers: ['Idempotency-Key'],
    answers: {
      201: {
        text: 'What was given back, and the line after it.',
        schema: 'Attrition',
        headers: ['Location', 'Ledger-Position', 'Idempotency-Replayed'],
      },
    },
    problems: ['line-not-found', 'attrition-not-credited', 'exceeds-installed', 'idempotency-key-reused', 'busy'],
  })
  async giveBack({ body, caller }: Call<AttritionDto>, line: string): Promise<Answer<'Attrition'>> {
    const { tpp, cause, occurredAt, reason } = body;
    const what = { milliTpp: fromTpp(tpp), cause, occurredAt: Date.parse(occurredAt), reason };
    return this.answers.of(await this.ledger.recordAttrition(line, what, caller));
  }
}

function noSuchLine(line: string): Problem {
  return new Problem(
    'line-not-found',
    isLine(line)
      ? `Nothing was recorded on ${line}, and no company of that name is registered.`
      : `There is no quota line ${line}: lines are named as country:AE, lpp:<company>:2026, nveu:<company>:AE or uveu:<company>.`,
  );
}

function cursorOf(line: string): string {
  return Buffer.from(line).toString('base64url');
}

/** @throws Problem (400) for what is not a cursor of `cursorOf`. */
function lineOfCursor(cursor: string): string {
  const line = Buffer.from(cursor, 'base64url').toString();
  if (isLine(line) && cursorOf(line) === cursor) return line;
  throw new Problem('invalid-cursor', 'This cursor is none of this list.', {
    errors: [{ in: 'query', pointer: '/cursor', message: 'cursor is not one of this list' }],
  });
}
