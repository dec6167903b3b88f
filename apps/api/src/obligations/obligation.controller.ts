import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, type Clock } from '#ledger';
import type { ObligationRow, Views } from '#projections';
import { instantMs } from '#rulebook';
import { PartyBook } from '../companies/party-book.js';
import { answerJson, answerProblem } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { invalid, Problem } from '../http/problem.js';
import { limitOf, readQuery, refuseQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { acceptsJson, idempotencyKeyOf } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { rejectedBody } from '../reservations/outcome.js';
import { anonymous } from '../reservations/shipment-request.js';
import { CLOCK, VIEWS } from '../tokens.js';
import { shapeOf } from '../validation/shape.js';
import { fulfilledBody, obligationBody } from './obligation-body.js';
import { FulfilmentDto, ObligationQuery } from './obligation.dto.js';

const obligationQuery = shapeOf(ObligationQuery);
const fulfilment = shapeOf(FulfilmentDto);

const id = 'Id of the obligation.';

@Controller('v1/obligations')
export class ObligationController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly gate: ReadGate,
    private readonly parties: PartyBook,
  ) {}

  @Get()
  @Operation({
    tag: 'Obligations',
    summary: 'List obligations',
    description: 'Certifications, notices, reports and accounts that follow from what was exported, by due date.',
    query: ObligationQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'A page, the earliest due date first.', schema: 'ObligationPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const asked = readQuery(request, obligationQuery);
    const { dueBefore, party, limit: _, ...query } = asked;
    await this.open(request);
    this.checkKind(query.kind);
    const dueBeforeMs = dueBefore === undefined ? undefined : instantMs(dueBefore);
    const page = await this.views.obligations({
      ...query,
      limit: limitOf(asked),
      nowMs: this.clock(),
      ...(dueBeforeMs !== undefined && { dueBeforeMs }),
      ...(party !== undefined && { parties: this.parties.meantBy(party) }),
    });
    answerPage(
      request,
      reply,
      { items: page.items.map((row) => obligationBody(this.named(row))), nextCursor: page.nextCursor },
      this.gate.positionHeader(page.position),
    );
  }

  @Get(':id')
  @Operation({
    tag: 'Obligations',
    summary: 'Read an obligation',
    path: { id },
    headers: ['Min-Position?'],
    answers: { 200: { text: 'The obligation.', schema: 'Obligation', headers: ['Ledger-Position'] } },
    problems: ['obligation-not-found', 'projection-behind'],
  })
  async read(@Param('id') obligationId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    await this.open(request);
    const position = this.gate.positionHeader();
    answerJson(reply, 200, obligationBody(await this.find(obligationId)), position);
  }

  @Post(':id/fulfilment')
  @Operation({
    tag: 'Obligations',
    summary: 'Fulfil an obligation',
    path: { id },
    description: 'The first one counts: fulfilled again, the obligation is answered as it was then.',
    body: { dto: FulfilmentDto, example: { fulfilledAt: '2026-06-14T09:00:00Z', reference: 'e-mail to EARReports, 14 June' } },
    headers: ['Idempotency-Key'],
    answers: {
      201: { text: 'The obligation, done.', schema: 'Obligation', headers: ['Ledger-Position', 'Idempotency-Replayed'] },
    },
    problems: ['obligation-not-found', 'idempotency-key-reused', 'projection-behind'],
  })
  async fulfil(@Param('id') obligationId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers, body } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const idempotencyKey = idempotencyKeyOf(headers);
    const dto = fulfilment.check(body);
    const fulfilledAt = dto.fulfilledAt === undefined ? undefined : instantMs(dto.fulfilledAt);
    await this.open(request);
    const { id: _id, status: _status, fulfilment: _fulfilment, position: _position, ...obligation } = await this.find(obligationId);
    const { reference, note = null } = dto;
    const done = await this.ledger.obligations.fulfil(
      { obligationId, obligation, reference, note, ...(fulfilledAt !== undefined && { fulfilledAt }) },
      { principal: anonymous, idempotencyKey, body },
    );
    if (!done.decided) {
      answerProblem(reply, rejectedBody(done));
      return;
    }
    const replayed = done.replayed ? ['Idempotency-Replayed', 'true'] : [];
    answerJson(reply, 201, fulfilledBody(done, obligation.raisedBy), ['Ledger-Position', String(done.position), ...replayed]);
  }

  /** @throws Problem (400) for a kind that no rulebook asks for, of those that were ever adopted. */
  private checkKind(kind: string | undefined): void {
    if (kind === undefined) return;
    const documents = [this.ledger.rulebook.document, ...this.views.rulebooks.map(({ event }) => event.document)];
    const routes = documents.flatMap((document) => Object.values(document.routes ?? {}));
    const kinds = new Set(routes.flatMap(({ obligations }) => obligations.map((rule) => rule.kind)));
    if (kinds.has(kind)) return;
    throw invalid([{ in: 'query', pointer: '/kind', message: `kind must be one of ${[...kinds].sort().join(', ')}` }]);
  }

  private async open(request: FastifyRequest): Promise<void> {
    await this.gate.open(request);
    await this.parties.reach(request);
  }

  /** With the name under which the party is registered now; exporters are in no register. */
  private named(row: ObligationRow): ObligationRow {
    return row.party.role === 'exporter' ? row : { ...row, party: this.parties.named(row.party) };
  }

  private async find(obligationId: string): Promise<ObligationRow> {
    const row = await this.views.obligation(obligationId, this.clock());
    if (row !== undefined) return this.named(row);
    throw new Problem(
      'obligation-not-found',
      `There is no obligation ${obligationId}. Either the id is wrong, or the export that gave rise to it was reversed (or the hold ` +
        'ended) before it was fulfilled: then nothing is owed any more. GET /v1/obligations lists those that there are.',
    );
  }
}
