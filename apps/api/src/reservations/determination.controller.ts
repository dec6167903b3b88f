import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, type DeterminationAnswer } from '#ledger';
import { answerJson, answerProblem } from '../http/answer.js';
import { refuseQuery } from '../http/query.js';
import { acceptsJson } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { shapeOf } from '../validation/shape.js';
import { balanceBody } from './line-balance.js';
import { rejectedBody } from './outcome.js';
import { refusalProblem } from './refusal-body.js';
import { ReservationDto } from './reservation.dto.js';
import { reservationExample } from './reservation.example.js';
import { reserveRequest } from './shipment-request.js';

const shipment = shapeOf(ReservationDto);

@Controller('v1/determinations')
export class DeterminationController {
  constructor(private readonly ledger: Ledger) {}

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
    problems: ['unknown-chip', 'unknown-destination', 'not-an-export', 'classification-unknown'],
  })
  async determine(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    acceptsJson(request.headers);
    const found = await this.ledger.determine(reserveRequest(shipment.check(request.body)));
    if ('decided' in found) answerProblem(reply, rejectedBody(found));
    else answerJson(reply, 200, determinationBody(found), ['Ledger-Position', String(this.ledger.position)]);
  }
}

function determinationBody({ determination, balanceAfter, refusal }: DeterminationAnswer): object {
  const { route, line, routesConsidered, milliTpp, debitedMilliTpp } = determination;
  return {
    route,
    line,
    routesConsidered,
    tpp: milliTpp / 1000,
    debitedTpp: debitedMilliTpp / 1000,
    balanceAfter: balanceBody(balanceAfter),
    obligations: [],
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
