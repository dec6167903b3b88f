import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { IsIn } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger } from '#ledger';
import type { Views } from '#projections';
import { lineOfCountry } from '#rulebook';
import { alertLevels } from '#wire';
import { answerJson, answerProblem } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { invalid, Problem } from '../http/problem.js';
import { limitOf, PageQuery, readQuery, refuseQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { acceptsJson, idempotencyKeyOf } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { rejectedBody } from '../reservations/outcome.js';
import { anonymous } from '../reservations/shipment-request.js';
import { VIEWS } from '../tokens.js';
import { About, IsCountryCode, MayBeLeftOut } from '../validation/members.js';
import { shapeOf } from '../validation/shape.js';
import { alertBody } from './alert-body.js';

export class AlertQuery extends PageQuery {
  @About('Country, as AE.')
  @MayBeLeftOut()
  @IsCountryCode()
  readonly country?: string;

  @About('Level of the alert.')
  @MayBeLeftOut()
  @IsIn(alertLevels)
  readonly level?: (typeof alertLevels)[number];

  @About('Left out: open and closed.')
  @MayBeLeftOut()
  @IsIn(['open', 'closed'])
  readonly state?: 'open' | 'closed';
}

const alertQuery = shapeOf(AlertQuery);

@Controller('v1/alerts')
export class AlertController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    private readonly gate: ReadGate,
  ) {}

  @Get()
  @Operation({
    tag: 'Alerts',
    summary: 'List alerts',
    query: AlertQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'Open and closed alerts, newest first.', schema: 'AlertPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { country, level, state, cursor, ...page } = readQuery(request, alertQuery);
    await this.gate.openWithAlerts(request);
    const found = await this.views.ask('alerts', {
      limit: limitOf(page),
      ...(cursor !== undefined && { cursor }),
      ...(country !== undefined && { line: lineOfCountry(country) }),
      ...(level !== undefined && { level }),
      ...(state !== undefined && { state }),
    });
    answerPage(
      request,
      reply,
      { items: found.items.map(alertBody), nextCursor: found.nextCursor },
      this.gate.positionHeader(found.position),
    );
  }

  @Post(':id/acknowledgement')
  @HttpCode(200)
  @Operation({
    tag: 'Alerts',
    summary: 'Acknowledge an alert',
    path: { id: 'Id of the alert.' },
    headers: ['Idempotency-Key'],
    description: 'The first one counts: acknowledging again changes nothing. The body is empty or `{}`.',
    answers: { 200: { text: 'The alert.', schema: 'Alert', headers: ['Ledger-Position'] } },
    problems: ['alert-not-found', 'projection-behind'],
  })
  async acknowledge(
    @Param('id') alertId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { headers, body } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const idempotencyKey = idempotencyKeyOf(headers);
    refuseMembers(body);
    await this.gate.openWithAlerts(request);
    const found = await this.views.ask('alert', alertId);
    if (found === undefined) throw new Problem('alert-not-found', `There is no alert ${alertId}.`);
    const done = await this.ledger.acknowledgeAlert(alertId, found.line, {
      principal: anonymous,
      idempotencyKey,
      body: body ?? {},
    });
    if ('decided' in done) {
      answerProblem(reply, rejectedBody(done));
      return;
    }
    await this.gate.waitFor(done.position);
    const acknowledged = (await this.views.ask('alert', alertId)) ?? found;
    answerJson(reply, 200, alertBody(acknowledged), ['Ledger-Position', String(done.position)]);
  }
}

/** @throws Problem (400) unless the body is empty or `{}`. */
function refuseMembers(body: unknown): void {
  if (body === undefined) return;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid([{ pointer: '', message: 'the body must be empty or {}' }]);
  const [member] = Object.keys(body);
  if (member !== undefined)
    throw invalid([{ pointer: `/${member.slice(0, 100)}`, message: `${member.slice(0, 100)} is not known here` }]);
}
