import { Controller, Inject } from '@nestjs/common';
import { Ledger } from '#ledger';
import type { ReservationRow, Views } from '#projections';
import type { Body } from '#wire';
import { at, json, type Answer } from '../http/answer.js';
import { pageAnswer } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf } from '../http/query.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { RulebookShelf } from '../rulebooks/rulebook-shelf.js';
import { VIEWS } from '../tokens.js';
import { OutcomeAnswers } from './outcome.js';
import { ReservationDto } from './reservation.dto.js';
import { ReservationQuery } from './reservation.query.js';
import { etagOf, reservationBody } from './reservation-body.js';
import { reserveRequest } from './shipment-request.js';
import { reservationExample } from './reservation.example.js';

const id = 'Id of the reservation.';

@Controller('v1/reservations')
export class ReservationController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    private readonly answers: OutcomeAnswers,
    private readonly shelf: RulebookShelf,
  ) {}

  /** The hot path: nothing here copies or validates twice, and nothing is awaited but the decision. */
  @Operation('POST', '', {
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
  async create({ body, caller }: Call<ReservationDto>): Promise<Answer<'Reservation'>> {
    return this.answers.of(await this.ledger.reserve(reserveRequest(body, caller), caller));
  }

  @Operation('GET', '', {
    tag: 'Reservations',
    summary: 'List reservations',
    query: ReservationQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'A page, newest first.', schema: 'ReservationPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(call: Call<undefined, ReservationQuery>): Promise<Answer<'ReservationPage'>> {
    const page = await this.views.ask('reservations', { ...call.query, limit: limitOf(call.query) });
    return pageAnswer(call, page.items.map((row) => this.rowBody(row)), page.nextCursor, page.position);
  }

  @Operation('GET', ':id', {
    tag: 'Reservations',
    summary: 'Read a reservation',
    path: { id },
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'The reservation as it stands.', schema: 'Reservation', headers: ['ETag', 'Ledger-Position'] },
    },
    problems: ['reservation-not-found', 'projection-behind'],
  })
  async read({ position }: Call, reservationId: string): Promise<Answer<'Reservation'>> {
    const row = await this.views.ask('reservation', reservationId);
    if (row === undefined) throw new Problem('reservation-not-found', `There is no reservation ${reservationId}.`);
    const body = this.rowBody(row);
    return json(200, body, ['ETag', etagOf(body.revision), ...at(position)]);
  }

  private rowBody({ reservation, position, balance }: ReservationRow): Body<'Reservation'> {
    return reservationBody(reservation, position, balance, this.shelf.of(reservation.rulebook));
  }
}
