import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLine, Ledger } from '#ledger';
import { fromTpp } from '#rulebook';
import { HistoryQuery } from '../countries/country.query.js';
import { CountryBook } from '../countries/country-book.js';
import { answerJson } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf, PageQuery, readQuery, refuseQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { ReadingTurns } from '../http/reading-turns.js';
import { acceptsJson, idempotencyKeyOf } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { OutcomeAnswers } from '../reservations/outcome.js';
import { rulebookBody } from '../reservations/reservation-body.js';
import { anonymous } from '../reservations/shipment-request.js';
import { shapeOf } from '../validation/shape.js';
import { LineBook } from './line-book.js';
import { LineRecords } from './line-records.js';
import { AttritionDto } from './line.dto.js';
import { LineQuery } from './line.query.js';

const lineQuery = shapeOf(LineQuery);
const attrition = shapeOf(AttritionDto);

const path = { line: 'Id of the line, as country:AE, lpp:falcon-holding:2026, nveu:falcon-cloud:AE or uveu:nordic-cloud.' };

@Controller('v1/lines')
export class LineController {
  constructor(
    private readonly lines: LineBook,
    private readonly countries: CountryBook,
    private readonly records: LineRecords,
    private readonly ledger: Ledger,
    private readonly gate: ReadGate,
    private readonly answers: OutcomeAnswers,
    private readonly turns: ReadingTurns,
  ) {}

  @Get()
  @Operation({
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
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = readQuery(request, lineQuery);
    const after = query.cursor === undefined ? '' : lineOfCursor(query.cursor);
    await this.gate.open(request);
    await this.turns.next();
    const position = this.gate.positionHeader();
    const { items, more } = this.lines.page(query, after, limitOf(query));
    const nextCursor = more ? cursorOf(items.at(-1)?.line ?? '') : null;
    answerPage(request, reply, { items, nextCursor }, position);
  }

  @Get(':line')
  @Operation({
    tag: 'Lines',
    summary: 'Read a quota line',
    path,
    headers: ['Min-Position?'],
    answers: { 200: { text: 'The line now.', schema: 'Line', headers: ['Ledger-Position'] } },
    problems: ['line-not-found', 'projection-behind'],
  })
  async one(@Param('line') line: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    if (!isLine(line)) throw noSuchLine(line);
    await this.gate.open(request);
    const view = this.lines.one(line);
    if (view === undefined) throw noSuchLine(line);
    const { position, recordedAt, rulebook } = this.countries.now([]);
    const reflected = { position: String(position), recordedAt, rulebook: rulebookBody(rulebook.reference) };
    answerJson(reply, 200, { ...view, ...reflected }, this.gate.positionHeader(position));
  }

  @Get(':line/history')
  @Operation({
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
  async history(@Param('line') line: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!isLine(line)) throw noSuchLine(line);
    await this.records.history(line, { line }, request, reply);
  }

  @Get(':line/events')
  @Operation({
    tag: 'Lines',
    summary: 'Events of a line',
    path,
    query: PageQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'Events of the line, newest first.', schema: 'EventPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['line-not-found', 'invalid-cursor', 'projection-behind'],
  })
  async events(@Param('line') line: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (!isLine(line)) throw noSuchLine(line);
    await this.records.events(line, request, reply);
  }

  @Post(':line/attrition')
  @HttpCode(201)
  @Operation({
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
  async giveBack(@Param('line') line: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers, body } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const idempotencyKey = idempotencyKeyOf(headers);
    const { tpp, cause, occurredAt, reason } = attrition.check(body);
    const what = { milliTpp: fromTpp(tpp), cause, occurredAt: Date.parse(occurredAt), reason };
    const outcome = await this.ledger.recordAttrition(line, what, { principal: anonymous, idempotencyKey, body });
    this.answers.answer(reply, outcome);
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
