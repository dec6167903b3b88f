import { Controller, Inject } from '@nestjs/common';
import { text, type Answer } from '../http/answer.js';
import { Operation } from '../pipeline/operation.js';
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

  @Operation('GET', '', {
    tag: 'Operations',
    summary: 'Metrics for Prometheus',
    answers: { 200: { text: 'All metrics.', type: 'text/plain' } },
  })
  async read(): Promise<Answer> {
    const metrics = await metricsText(this.registry);
    return text('text/plain; version=0.0.4; charset=utf-8', `${metrics}\n${this.times.text()}`);
  }
}
