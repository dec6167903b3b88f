import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, type Clock } from '#ledger';
import type { Views } from '#projections';
import { instantMs } from '#rulebook';
import { PartyBook } from '../companies/party-book.js';
import { answerJson } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { invalid } from '../http/problem.js';
import { limitOf, readQuery, refuseQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { Operation } from '../openapi/operation.js';
import { CLOCK, VIEWS } from '../tokens.js';
import { shapeOf } from '../validation/shape.js';
import { obligationBody } from './obligation-body.js';
import { ObligationBook } from './obligation-book.js';
import { ObligationQuery } from './obligation.dto.js';

const obligationQuery = shapeOf(ObligationQuery);

const id = 'Id of the obligation.';

@Controller('v1/obligations')
export class ObligationController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly gate: ReadGate,
    private readonly parties: PartyBook,
    private readonly book: ObligationBook,
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
    await this.book.open(request);
    this.checkKind(query.kind);
    const dueBeforeMs = dueBefore === undefined ? undefined : instantMs(dueBefore);
    const page = await this.views.ask('obligations', {
      ...query,
      limit: limitOf(asked),
      nowMs: this.clock(),
      ...(dueBeforeMs !== undefined && { dueBeforeMs }),
      ...(party !== undefined && { parties: this.parties.meantBy(party) }),
    });
    answerPage(
      request,
      reply,
      { items: page.items.map((row) => obligationBody(this.book.named(row))), nextCursor: page.nextCursor },
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
    await this.book.open(request);
    const position = this.gate.positionHeader();
    answerJson(reply, 200, obligationBody(await this.book.find(obligationId)), position);
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
}
