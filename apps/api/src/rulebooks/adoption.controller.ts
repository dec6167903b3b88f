import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger } from '#ledger';
import type { Views } from '#projections';
import { builtInWord } from '#wire';
import { answerJson } from '../http/answer.js';
import { refuseQuery } from '../http/query.js';
import { acceptsJson, idempotencyKeyOf } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { OutcomeAnswers } from '../reservations/outcome.js';
import { anonymous } from '../reservations/shipment-request.js';
import { VIEWS } from '../tokens.js';
import { shapeOf } from '../validation/shape.js';
import { adoptRulebook } from './adopt-rulebook.js';
import { AdoptionDto } from './adoption.dto.js';
import { adoptedBody } from './rulebook-body.js';

const adoption = shapeOf(AdoptionDto);

@Controller('v1/rulebooks/adoption')
export class AdoptionController {
  constructor(
    readonly ledger: Ledger,
    @Inject(VIEWS) readonly views: Views,
    private readonly answers: OutcomeAnswers,
  ) {}

  @Post()
  @HttpCode(201)
  @Operation({
    tag: 'Rulebook',
    summary: 'Put a rulebook in force',
    description:
      'What is under way is decided first, then the rulebook is adopted by one event, and everything after it is decided ' +
      'under it. What was decided before stays as it was. Caps of lines with history follow, those set by order stay. ' +
      'Bodies of up to 256 KiB.',
    body: { dto: AdoptionDto, example: { rulebook: builtInWord } },
    headers: ['Idempotency-Key'],
    answers: {
      201: {
        text: 'The rulebook that was put in force.',
        schema: 'RulebookAdoption',
        headers: ['Location', 'Ledger-Position', 'Idempotency-Replayed'],
      },
    },
    problems: ['nothing-to-change', 'idempotency-key-reused', 'busy'],
  })
  async adopt(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const idempotencyKey = idempotencyKeyOf(headers);
    const order = adoption.check(request.body);
    const outcome = await adoptRulebook(this, order, { principal: anonymous, idempotencyKey, body: order });
    if (!outcome.decided) {
      this.answers.reject(reply, outcome);
      return;
    }
    const { event, position, replayed } = outcome;
    const body = adoptedBody(event, position, true);
    const location = `/v1/rulebooks/${encodeURIComponent(body.id)}/${encodeURIComponent(body.version)}`;
    const repeated = replayed ? ['Idempotency-Replayed', 'true'] : [];
    answerJson(reply, 201, body, ['Location', location, 'Ledger-Position', String(position), ...repeated]);
    this.answers.count(201);
  }
}
