import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, quotaStreamOf, type Clock, type EventStore, type LineBalance } from '#ledger';
import type { Views } from '#projections';
import { isCountry, lineOfCountry } from '#rulebook';
import { cloudEvent } from '../events/cloud-event.js';
import { answerJson } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { invalid, Problem } from '../http/problem.js';
import { limitOf, PageQuery, pageQuery, readQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { Operation } from '../openapi/operation.js';
import { rulebookBody } from '../reservations/reservation-body.js';
import { CLOCK, STORE, VIEWS } from '../tokens.js';
import { shapeOf } from '../validation/shape.js';
import { CountryBook, type CountryPage } from './country-book.js';
import { dayOf, historyPoints, msOf } from './country-history.js';
import { CountryListQuery, HistoryQuery, MomentQuery } from './country.query.js';
import type { Moment } from './past-line.js';

const listQuery = shapeOf(CountryListQuery);
const momentQuery = shapeOf(MomentQuery);
const historyQuery = shapeOf(HistoryQuery);

const code = 'ISO 3166-1 alpha-2 code, as AE.';
const daysMax = 36_525;

@Controller('v1/countries')
export class CountryController {
  constructor(
    private readonly book: CountryBook,
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly gate: ReadGate,
  ) {}

  @Get()
  @Operation({
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
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { status, group, ...moment } = readQuery(request, listQuery);
    const page = await this.read(request, moment);
    const countries = page.countries.filter(
      (view) => (status ?? view.status) === view.status && (group ?? view.group) === view.group,
    );
    answerJson(reply, 200, { countries, ...reflected(page) }, this.gate.positionHeader(page.position));
  }

  @Get(':code')
  @Operation({
    tag: 'Countries',
    summary: 'Remaining capacity of a country',
    path: { code },
    query: MomentQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'The country, now or at a moment of the past.', schema: 'Country', headers: ['Ledger-Position'] },
    },
    problems: ['country-not-found', 'projection-behind'],
  })
  async one(@Param('code') country: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const moment = readQuery(request, momentQuery);
    requireCountry(country);
    const page = await this.read(request, moment, [country]);
    answerJson(reply, 200, { ...page.countries[0], ...reflected(page) }, this.gate.positionHeader(page.position));
  }

  @Get(':code/history')
  @Operation({
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
  async history(
    @Param('code') country: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const query = readQuery(request, historyQuery);
    requireCountry(country);
    const { rulebook } = this.ledger;
    const today = dayOf(this.clock());
    const from = query.from ?? dayOf(Math.min(rulebook.period.startMs, this.clock()));
    const to = query.to === undefined || query.to > today ? today : query.to;
    if (from > to) throw invalid([{ in: 'query', pointer: '/from', message: `from must not be after ${to}` }]);
    if (msOf(to) - msOf(from) > daysMax * 86_400_000) {
      throw invalid([
        { in: 'query', pointer: '/from', message: `from must be at most ${daysMax} days before the end of the range` },
      ]);
    }
    await this.gate.open(request);
    const { position, recordedAt } = this.views;
    const line = lineOfCountry(country);
    const interval = query.interval ?? 'day';
    const days = await this.views.lineDays(line, from, to);
    const none = 0 as LineBalance['exported'];
    const before = (day: string): LineBalance => ({
      allocation: rulebook.allocationOf(country, Math.max(msOf(day), rulebook.period.startMs)),
      exported: none,
      reserved: none,
    });
    const points = historyPoints({ from, to, interval }, days, before);
    answerJson(
      reply,
      200,
      { country, line, interval, from, to, points, position: String(position), recordedAt },
      this.gate.positionHeader(position),
    );
  }

  @Get(':code/events')
  @Operation({
    tag: 'Countries',
    summary: 'Events of a country',
    path: { code },
    query: PageQuery,
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
  async events(
    @Param('code') country: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const query = readQuery(request, pageQuery);
    requireCountry(country);
    const before = query.cursor === undefined ? undefined : revisionOf(query.cursor);
    await this.gate.open(request);
    const position = this.gate.positionHeader();
    const limit = limitOf(query);
    const stream = quotaStreamOf(lineOfCountry(country));
    const read =
      before === 0
        ? []
        : await this.store.readStream(stream, {
            limit,
            backwards: true,
            ...(before !== undefined && { from: before - 1 }),
          });
    const last = read.at(-1);
    const nextCursor = last === undefined || last.revision === 0 ? null : cursorOf(last.revision);
    const items = read.map((stored) => JSON.parse(cloudEvent(stored)) as object);
    answerPage(request, reply, { items, nextCursor }, position);
  }

  private async read(request: FastifyRequest, query: MomentQuery, codes?: readonly string[]): Promise<CountryPage> {
    const moment = momentOf(query, this.clock());
    await this.gate.open(request);
    if (moment === undefined) return this.book.now(codes);
    if (moment.at === 'position') await this.gate.waitFor(moment.position);
    return this.book.at(moment, codes);
  }
}

/** @throws Problem (400) for a time in the future, and for both. */
function momentOf({ asOf, atPosition }: MomentQuery, now: number): Moment | undefined {
  if (asOf !== undefined && atPosition !== undefined) {
    throw invalid([{ in: 'query', pointer: '/atPosition', message: 'atPosition cannot be given together with asOf' }]);
  }
  if (atPosition !== undefined) return { at: 'position', position: Number(atPosition) };
  if (asOf === undefined) return undefined;
  const ms = Date.parse(asOf);
  if (ms > now)
    throw invalid([
      {
        in: 'query',
        pointer: '/asOf',
        message: `asOf must not be in the future; it is ${new Date(now).toISOString()} now`,
      },
    ]);
  return { at: 'time', ms };
}

/** @throws Problem (404) */
function requireCountry(country: string): void {
  if (!isCountry(country))
    throw new Problem(
      'country-not-found',
      `There is no country ${country}: use an ISO 3166-1 alpha-2 code in capitals.`,
    );
}

function reflected({ position, recordedAt, rulebook }: CountryPage): object {
  return { position: String(position), recordedAt, rulebook: rulebookBody(rulebook.reference) };
}

function cursorOf(revision: number): string {
  return Buffer.from(`r${revision}`).toString('base64url');
}

/** @throws Problem (400) for what is not a cursor of `cursorOf`. */
function revisionOf(cursor: string): number {
  const revision = /^r([1-9]\d{0,14})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (revision !== undefined && cursorOf(Number(revision)) === cursor) return Number(revision);
  throw new Problem('invalid-cursor', 'This cursor is none of this list.', {
    errors: [{ in: 'query', pointer: '/cursor', message: 'cursor is not one of this list' }],
  });
}
