import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answer } from '../http/answer.js';
import { refuseQuery } from '../http/query.js';
import { Operation } from '../openapi/operation.js';
import { METRICS } from '../tokens.js';
import { metricsText } from './metrics-text.js';
import { RequestTimes } from './request-times.js';
import type { Registry } from 'prom-client';

@Controller('metrics')
export class MetricsController {
  constructor(
    @Inject(METRICS) private readonly registry: Registry,
    private readonly times: RequestTimes,
  ) {}

  @Get()
  @Operation({
    tag: 'Operations',
    summary: 'Metrics for Prometheus',
    answers: { 200: { text: 'All metrics.', type: 'text/plain' } },
  })
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    const metrics = await metricsText(this.registry);
    answer(reply, 200, 'text/plain; version=0.0.4; charset=utf-8', `${metrics}\n${this.times.text()}`);
  }
}
