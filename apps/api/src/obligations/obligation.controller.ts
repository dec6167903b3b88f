import { Controller, Inject } from '@nestjs/common';
import { Ledger, type Clock } from '#ledger';
import type { Views } from '#projections';
import { instantMs } from '#rulebook';
import { PartyBook } from '../companies/party-book.js';
import { at, json, type Answer } from '../http/answer.js';
import { pageAnswer } from '../http/page.js';
import { invalid } from '../http/problem.js';
import { limitOf } from '../http/query.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { CLOCK, VIEWS } from '../tokens.js';
import { obligationBody } from './obligation-body.js';
import { ObligationBook } from './obligation-book.js';
import { ObligationQuery } from './obligation.dto.js';

const id = 'Id of the obligation.';

@Controller('v1/obligations')
export class ObligationController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly parties: PartyBook,
    private readonly book: ObligationBook,
  ) {}

  @Operation('GET', '', {
    tag: 'Obligations',
    summary: 'List obligations',
    description: 'Certifications, notices, reports and accounts that follow from what was exported, by due date.',
    query: ObligationQuery,
    headers: ['Min-Position?'],
    waitsFor: 'register',
    answers: {
      200: { text: 'A page, the earliest due date first.', schema: 'ObligationPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(call: Call<undefined, ObligationQuery>): Promise<Answer<'ObligationPage'>> {
    const { dueBefore, party, limit: _, ...query } = call.query;
    this.checkKind(query.kind);
    const dueBeforeMs = dueBefore === undefined ? undefined : instantMs(dueBefore);
    const page = await this.views.ask('obligations', {
      ...query,
      limit: limitOf(call.query),
      nowMs: this.clock(),
      ...(dueBeforeMs !== undefined && { dueBeforeMs }),
      ...(party !== undefined && { parties: this.parties.meantBy(party) }),
    });
    return pageAnswer(call, page.items.map((row) => obligationBody(this.book.named(row))), page.nextCursor, page.position);
  }

  @Operation('GET', ':id', {
    tag: 'Obligations',
    summary: 'Read an obligation',
    path: { id },
    headers: ['Min-Position?'],
    waitsFor: 'register',
    answers: { 200: { text: 'The obligation.', schema: 'Obligation', headers: ['Ledger-Position'] } },
    problems: ['obligation-not-found', 'projection-behind'],
  })
  async read({ position }: Call, obligationId: string): Promise<Answer<'Obligation'>> {
    return json(200, obligationBody(await this.book.find(obligationId)), at(position));
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
