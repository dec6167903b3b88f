import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, type Clock } from '#ledger';
import { answerJson, answerProblem } from '../http/answer.js';
import { refuseQuery } from '../http/query.js';
import { acceptsJson } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { shapeOf } from '../validation/shape.js';
import { weightsDeterminationBody } from '../weight-exports/weight-export-body.js';
import { WeightsDeterminationDto, weightsRequest } from '../weight-exports/weight-export.dto.js';
import { CLOCK } from '../tokens.js';
import { determinationBody } from './determination-body.js';
import { rejectedBody } from './outcome.js';
import { DeterminationDto } from './reservation.dto.js';
import { reservationExample } from './reservation.example.js';
import { determinationRequest } from './shipment-request.js';

const shipment = shapeOf(DeterminationDto);
const weights = shapeOf(WeightsDeterminationDto);

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
    description:
      'Takes the body of a reservation, that of an export (with `exportedAt`), or that of an export of model weights (with ' +
      '`weights`), and records nothing.',
    body: { dto: DeterminationDto, or: WeightsDeterminationDto, example: reservationExample },
    answers: {
      200: {
        text: 'The route, the line and the balance after; of weights their control, its steps and the route.',
        schema: 'DeterminationAnswer',
        headers: ['Ledger-Position'],
      },
    },
    problems: [
      'unknown-chip',
      'unknown-destination',
      'not-an-export',
      'classification-unknown',
      'contradictory-facts',
      'not-in-this-rulebook',
    ],
  })
  async determine(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    acceptsJson(request.headers);
    if (isAboutWeights(request.body)) {
      this.determineWeights(request.body, reply);
      return;
    }
    const dto = shipment.check(request.body);
    const found = await this.ledger.determine(determinationRequest(dto));
    if ('decided' in found) answerProblem(reply, rejectedBody(found));
    else answerJson(reply, 200, determinationBody(found, dto.exportedAt === undefined ? this.clock() : Date.parse(dto.exportedAt)), ['Ledger-Position', String(this.ledger.position)]);
  }

  private determineWeights(body: object, reply: FastifyReply): void {
    const answer = this.ledger.weights.determine(weightsRequest(weights.check(body)));
    if ('decided' in answer) answerProblem(reply, rejectedBody(answer));
    else answerJson(reply, 200, weightsDeterminationBody(answer), ['Ledger-Position', String(this.ledger.position)]);
  }
}

function isAboutWeights(body: unknown): body is object {
  return typeof body === 'object' && body !== null && Object.hasOwn(body, 'weights');
}
