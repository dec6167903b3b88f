import { Controller, Inject } from '@nestjs/common';
import { Ledger, type Clock } from '#ledger';
import { at, json, problemAnswer, type Answer } from '../http/answer.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { weightsDeterminationBody } from '../weight-exports/weight-export-body.js';
import { WeightsDeterminationDto, weightsRequest } from '../weight-exports/weight-export.dto.js';
import { CLOCK } from '../tokens.js';
import { determinationBody } from './determination-body.js';
import { rejectedBody } from './outcome.js';
import { DeterminationDto } from './reservation.dto.js';
import { reservationExample } from './reservation.example.js';
import { determinationRequest } from './shipment-request.js';

@Controller('v1/determinations')
export class DeterminationController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Operation('POST', '', {
    tag: 'Reservations',
    summary: 'What would happen now',
    description:
      'Takes the body of a reservation, that of an export (with `exportedAt`), or that of an export of model weights (with ' +
      '`weights`), and records nothing.',
    body: { dto: DeterminationDto, or: { dto: WeightsDeterminationDto, where: 'weights' }, example: reservationExample },
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
  async determine({ body, caller }: Call<DeterminationDto | WeightsDeterminationDto>): Promise<Answer<'DeterminationAnswer'>> {
    if ('weights' in body) {
      const found = this.ledger.weights.determine(weightsRequest(body));
      return 'decided' in found ? problemAnswer(rejectedBody(found)) : json(200, weightsDeterminationBody(found), at(this.ledger.position));
    }
    const found = await this.ledger.determine(determinationRequest(body, caller));
    if ('decided' in found) return problemAnswer(rejectedBody(found));
    const atMs = body.exportedAt === undefined ? this.clock() : Date.parse(body.exportedAt);
    return json(200, determinationBody(found, atMs), at(this.ledger.position));
  }
}
