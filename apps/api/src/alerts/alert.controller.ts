import { Controller, Inject } from '@nestjs/common';
import { Ledger } from '#ledger';
import type { Views } from '#projections';
import { at, json, problemAnswer, type Answer } from '../http/answer.js';
import { pageAnswer } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { ReadGate } from '../http/read-gate.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { rejectedBody } from '../reservations/outcome.js';
import { VIEWS } from '../tokens.js';
import { alertBody } from './alert-body.js';
import { AlertQuery, questionOf } from './alert.query.js';

@Controller('v1/alerts')
export class AlertController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    private readonly gate: ReadGate,
  ) {}

  @Operation('GET', '', {
    tag: 'Alerts',
    summary: 'List alerts',
    query: AlertQuery,
    headers: ['Min-Position?'],
    waitsFor: 'alerts',
    answers: {
      200: { text: 'Open and closed alerts, newest first.', schema: 'AlertPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(call: Call<undefined, AlertQuery>): Promise<Answer<'AlertPage'>> {
    const found = await this.views.ask('alerts', questionOf(call.query));
    return pageAnswer(call, found.items.map(alertBody), found.nextCursor, found.position);
  }

  @Operation('POST', ':id/acknowledgement', {
    tag: 'Alerts',
    summary: 'Acknowledge an alert',
    path: { id: 'Id of the alert.' },
    headers: ['Idempotency-Key'],
    description: 'The first one counts: acknowledging again changes nothing. The body is empty or `{}`.',
    waitsFor: 'alerts',
    answers: { 200: { text: 'The alert.', schema: 'Alert', headers: ['Ledger-Position'] } },
    problems: ['alert-not-found', 'projection-behind'],
  })
  async acknowledge({ caller }: Call, alertId: string): Promise<Answer<'Alert'>> {
    const found = await this.views.ask('alert', alertId);
    if (found === undefined) throw new Problem('alert-not-found', `There is no alert ${alertId}.`);
    const done = await this.ledger.acknowledgeAlert(alertId, found.line, caller);
    if ('decided' in done) return problemAnswer(rejectedBody(done));
    await this.gate.waitFor(done.position);
    const acknowledged = (await this.views.ask('alert', alertId)) ?? found;
    return json(200, alertBody(acknowledged), at(done.position));
  }
}
