import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { countryOfLine } from '#rulebook';
import { CountryBook } from '../countries/country-book.js';
import { LineQuery } from '../countries/country.query.js';
import { answerJson } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf, readQuery, refuseQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { Operation } from '../openapi/operation.js';
import { rulebookBody } from '../reservations/reservation-body.js';
import { shapeOf } from '../validation/shape.js';

const lineQuery = shapeOf(LineQuery);

@Controller('v1/lines')
export class LineController {
  constructor(
    private readonly book: CountryBook,
    private readonly gate: ReadGate,
  ) {}

  @Get()
  @Operation({
    tag: 'Countries',
    summary: 'List quota lines',
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
    const { countries, position } = this.book.now();
    // The lines of companies come with their authorisations; country lines have no holder.
    const lines = (query.kind ?? 'country') !== 'country' || query.holder !== undefined ? [] : countries;
    const rest = lines.filter(({ line }) => line > after).sort((a, b) => (a.line < b.line ? -1 : 1));
    const limit = limitOf(query);
    const items = rest.slice(0, limit);
    const nextCursor = rest.length > limit ? cursorOf(items.at(-1)?.line ?? '') : null;
    answerPage(request, reply, { items, nextCursor }, this.gate.positionHeader(position));
  }

  @Get(':line')
  @Operation({
    tag: 'Countries',
    summary: 'Read a quota line',
    path: { line: 'Id of the line, as country:AE.' },
    headers: ['Min-Position?'],
    answers: { 200: { text: 'The line now.', schema: 'Country', headers: ['Ledger-Position'] } },
    problems: ['line-not-found', 'projection-behind'],
  })
  async one(@Param('line') line: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    const country = countryOfLine(line);
    if (country === undefined)
      throw new Problem('line-not-found', `There is no quota line ${line}: country lines are named as country:AE.`);
    await this.gate.open(request);
    const { countries, position, recordedAt, rulebook } = this.book.now([country]);
    const body = {
      ...countries[0],
      position: String(position),
      recordedAt,
      rulebook: rulebookBody(rulebook.reference),
    };
    answerJson(reply, 200, body, this.gate.positionHeader(position));
  }
}

function cursorOf(line: string): string {
  return Buffer.from(line).toString('base64url');
}

/** @throws Problem (400) for what is not a cursor of `cursorOf`. */
function lineOfCursor(cursor: string): string {
  const line = Buffer.from(cursor, 'base64url').toString('latin1');
  if (countryOfLine(line) !== undefined && cursorOf(line) === cursor) return line;
  throw new Problem('invalid-cursor', 'This cursor is none of this list.', {
    errors: [{ in: 'query', pointer: '/cursor', message: 'cursor is not one of this list' }],
  });
}
