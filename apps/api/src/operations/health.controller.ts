import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger } from '#ledger';
import { answerJson } from '../http/answer.js';
import { Problem } from '../http/problem.js';
import { refuseQuery } from '../http/query.js';
import { Operation } from '../openapi/operation.js';
import { newerBuiltIn } from '../rulebooks/newer-built-in.js';
import { Readiness } from './readiness.js';

@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly ledger: Ledger,
  ) {}

  @Get('livez')
  @Operation({
    tag: 'Operations',
    summary: 'Is the process alive',
    answers: { 200: { text: 'Yes.', schema: 'Health' } },
  })
  live(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    refuseQuery(request);
    answerJson(reply, 200, { status: 'alive' });
  }

  @Get('readyz')
  @Operation({
    tag: 'Operations',
    summary: 'Can it serve',
    description:
      'The store answers and the views are within their lag limit. Names the rulebook in force, and a newer version of it ' +
      'that this build brings along and that was not adopted; else `newerRulebook` is null.',
    answers: { 200: { text: 'Yes.', schema: 'Readiness' } },
    problems: ['not-ready'],
  })
  async ready(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    const reason = await this.readiness.reasonAgainst();
    if (reason !== undefined) throw new Problem('not-ready', reason, {}, { 'Retry-After': '1' });
    const { reference } = this.ledger.rulebook;
    answerJson(reply, 200, {
      status: 'ready',
      position: String(this.readiness.position),
      rulebook: reference,
      newerRulebook: newerBuiltIn(reference)?.reference ?? null,
    });
  }
}
