import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerJson } from '../http/answer.js';
import { Problem } from '../http/problem.js';
import { refuseQuery } from '../http/query.js';
import { Operation } from '../openapi/operation.js';
import { Readiness } from './readiness.js';

@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

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
    description: 'The store answers and the views are within their lag limit.',
    answers: { 200: { text: 'Yes.', schema: 'Health' } },
    problems: ['not-ready'],
  })
  async ready(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    const reason = await this.readiness.reasonAgainst();
    if (reason !== undefined) throw new Problem('not-ready', reason, {}, { 'Retry-After': '1' });
    answerJson(reply, 200, { status: 'ready', position: String(this.readiness.position) });
  }
}
