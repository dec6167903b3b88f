import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, type Clock, type DeterminationAnswer } from '#ledger';
import { answerJson, answerProblem } from '../http/answer.js';
import { refuseQuery } from '../http/query.js';
import { acceptsJson } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { shapeOf } from '../validation/shape.js';
import { CLOCK } from '../tokens.js';
import { dutiesBody } from './duties.js';
import { balanceBody } from './line-balance.js';
import { rejectedBody } from './outcome.js';
import { refusalProblem } from './refusal-body.js';
import { ReservationDto } from './reservation.dto.js';
import { reservationExample } from './reservation.example.js';
import { reserveRequest } from './shipment-request.js';

const shipment = shapeOf(ReservationDto);

@Controller('v1/determinations')
export class DeterminationController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @Operation({
    tag: 'Reservations',
    summary: 'What would happen now',
    description: 'Takes the body of a reservation and records nothing.',
    body: { dto: ReservationDto, example: reservationExample },
    answers: {
      200: {
        text: 'The route, the line and the balance after.',
        schema: 'Determination',
        headers: ['Ledger-Position'],
      },
    },
    problems: ['unknown-chip', 'unknown-destination', 'not-an-export', 'classification-unknown', 'contradictory-facts'],
  })
  async determine(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    acceptsJson(request.headers);
    const found = await this.ledger.determine(reserveRequest(shipment.check(request.body)));
    if ('decided' in found) answerProblem(reply, rejectedBody(found));
    else answerJson(reply, 200, determinationBody(found, this.clock()), ['Ledger-Position', String(this.ledger.position)]);
  }
}

/** @param atMs if the shipment left now: what the due dates hang on */
function determinationBody({ determination, balanceAfter, refusal }: DeterminationAnswer, atMs: number): object {
  const { route, line, routesConsidered, milliTpp, debitedMilliTpp, obligations, missingFacts } = determination;
  return {
    route,
    line,
    routesConsidered,
    tpp: milliTpp / 1000,
    debitedTpp: debitedMilliTpp / 1000,
    balanceAfter: balanceBody(balanceAfter),
    obligations: dutiesBody(obligations, atMs),
    missingFacts,
    wouldBeRefused:
      refusal &&
      refusalProblem(
        {
          code: refusal.code,
          line,
          requested: debitedMilliTpp / 1000,
          available: refusal.availableMilliTpp === null ? null : refusal.availableMilliTpp / 1000,
          reasons: refusal.reasons,
        },
        {},
      ),
  };
}
