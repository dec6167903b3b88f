import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger } from '#ledger';
import type { ReservationRow, Views } from '#projections';
import type { Body } from '#wire';
import { answerJson } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf, readQuery, refuseQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { acceptsJson, idempotencyKeyOf } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { RulebookShelf } from '../rulebooks/rulebook-shelf.js';
import { VIEWS } from '../tokens.js';
import { shapeOf } from '../validation/shape.js';
import { OutcomeAnswers } from './outcome.js';
import { ReservationDto } from './reservation.dto.js';
import { ReservationQuery } from './reservation.query.js';
import { etagOf, reservationBody } from './reservation-body.js';
import { callerOf, reserveRequest } from './shipment-request.js';
import { reservationExample } from './reservation.example.js';

const reservation = shapeOf(ReservationDto);
const reservationQuery = shapeOf(ReservationQuery);

const id = 'Id of the reservation.';

@Controller('v1/reservations')
export class ReservationController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    private readonly gate: ReadGate,
    private readonly answers: OutcomeAnswers,
    private readonly shelf: RulebookShelf,
  ) {}

  /** The hot path: nothing here copies or validates twice, and nothing is awaited but the decision. */
  @Post()
  @Operation({
    tag: 'Reservations',
    summary: 'Reserve quota',
    description:
      'Holds TPP of a destination until it is exported, released or lapses. A refusal by the rules is recorded too.',
    body: { dto: ReservationDto, example: reservationExample },
    headers: ['Idempotency-Key'],
    answers: {
      201: {
        text: 'The reservation.',
        schema: 'Reservation',
        headers: ['Location', 'ETag', 'Ledger-Position', 'Idempotency-Replayed'],
      },
    },
    problems: [
      'insufficient-quota',
      'line-suspended',
      'no-allocation',
      'unknown-chip',
      'unknown-destination',
      'outside-quota-period',
      'route-not-applicable',
      'not-an-export',
      'classification-unknown',
      'contradictory-facts',
      'idempotency-key-reused',
      'busy',
    ],
  })
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers, body } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const key = idempotencyKeyOf(headers);
    const dto = reservation.check(body);
    const outcome = await this.ledger.reserve(reserveRequest(dto), callerOf(dto, key, body));
    this.answers.answer(reply, outcome);
  }

  @Get()
  @Operation({
    tag: 'Reservations',
    summary: 'List reservations',
    query: ReservationQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'A page, newest first.', schema: 'ReservationPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = readQuery(request, reservationQuery);
    await this.gate.open(request);
    const page = await this.views.ask('reservations', { ...query, limit: limitOf(query) });
    const items = page.items.map((row) => this.rowBody(row));
    answerPage(request, reply, { items, nextCursor: page.nextCursor }, this.gate.positionHeader(page.position));
  }

  @Get(':id')
  @Operation({
    tag: 'Reservations',
    summary: 'Read a reservation',
    path: { id },
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'The reservation as it stands.', schema: 'Reservation', headers: ['ETag', 'Ledger-Position'] },
    },
    problems: ['reservation-not-found', 'projection-behind'],
  })
  async read(
    @Param('id') reservationId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    refuseQuery(request);
    await this.gate.open(request);
    const position = this.gate.positionHeader();
    const row = await this.views.ask('reservation', reservationId);
    if (row === undefined) throw new Problem('reservation-not-found', `There is no reservation ${reservationId}.`);
    const body = this.rowBody(row);
    answerJson(reply, 200, body, ['ETag', etagOf(body.revision), ...position]);
  }

  private rowBody({ reservation, position, balance }: ReservationRow): Body<'Reservation'> {
    return reservationBody(reservation, position, balance, this.shelf.of(reservation.rulebook));
  }
}
