import { Controller } from '@nestjs/common';
import { Ledger, type Caller, type Settled } from '#ledger';
import { instantMs } from '#rulebook';
import type { Body } from '#wire';
import { at, json, problemAnswer, type Answer } from '../http/answer.js';
import { Problem } from '../http/problem.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { rejectedBody, replayedHeader } from '../reservations/outcome.js';
import { fulfilledBody } from './obligation-body.js';
import { ObligationBook } from './obligation-book.js';
import { FulfilmentDto, FulfilmentsDto } from './obligation.dto.js';

const example = { fulfilledAt: '2026-06-14T09:00:00Z', reference: 'e-mail to EARReports, 14 June' };

/** How one fulfilment is answered, alone or in a list. */
type Answered =
  | { readonly status: 201; readonly body: Body<'Obligation'>; readonly decided: Settled }
  | { readonly status: number; readonly body: Body<'Problem'>; readonly decided?: undefined };

@Controller('v1/obligations')
export class FulfilmentController {
  constructor(
    private readonly ledger: Ledger,
    private readonly book: ObligationBook,
  ) {}

  @Operation('POST', 'fulfilments', {
    tag: 'Obligations',
    summary: 'Fulfil many obligations',
    description:
      'One piece of evidence for up to 200 obligations, decided in order. Each has its own answer, as a single fulfilment has it: ' +
      'one that cannot be fulfilled leaves the others as they are. A list that is sent again with the same key records nothing twice.',
    body: { dto: FulfilmentsDto, example: { ids: ['5bc9b398-69c7-5ff2-94e4-7a5bbb4ebca0'], ...example } },
    headers: ['Idempotency-Key'],
    waitsFor: 'register',
    answers: {
      200: { text: 'An answer for each id, in order.', schema: 'FulfilmentList', headers: ['Ledger-Position'] },
    },
    problems: ['projection-behind'],
  })
  async fulfilMany({ body: { ids, ...evidence }, caller }: Call<FulfilmentsDto>): Promise<Answer<'FulfilmentList'>> {
    const items: { readonly id: string; readonly status: number; readonly body: Answered['body'] }[] = [];
    let last = 0;
    for (const id of ids) {
      const one = { ...caller, idempotencyKey: `${caller.idempotencyKey} ${id}`, body: evidence };
      const { status, body, decided } = await this.fulfilOne(id, evidence, one);
      items.push({ id, status, body });
      last = Math.max(last, decided?.position ?? 0);
    }
    return json(200, { items }, last === 0 ? [] : at(last));
  }

  @Operation('POST', ':id/fulfilment', {
    tag: 'Obligations',
    summary: 'Fulfil an obligation',
    path: { id: 'Id of the obligation.' },
    description: 'The first one counts: fulfilled again, the obligation is answered as it was then.',
    body: { dto: FulfilmentDto, example },
    headers: ['Idempotency-Key'],
    waitsFor: 'register',
    answers: {
      201: { text: 'The obligation, done.', schema: 'Obligation', headers: ['Ledger-Position', 'Idempotency-Replayed'] },
    },
    problems: ['obligation-not-found', 'idempotency-key-reused', 'projection-behind'],
  })
  async fulfil({ body: evidence, caller }: Call<FulfilmentDto>, obligationId: string): Promise<Answer<'Obligation'>> {
    const answered = await this.fulfilOne(obligationId, evidence, caller);
    if (answered.decided === undefined) return problemAnswer(answered.body);
    const { status, body, decided } = answered;
    return json(status, body, [...at(decided.position), ...replayedHeader(decided)]);
  }

  private async fulfilOne(
    obligationId: string,
    { reference, note, fulfilledAt }: FulfilmentDto,
    caller: Caller,
  ): Promise<Answered> {
    try {
      const { id: _id, status: _status, fulfilment: _before, position: _position, ...obligation } = await this.book.find(obligationId);
      const fulfilledAtMs = fulfilledAt === undefined ? undefined : instantMs(fulfilledAt);
      const done = await this.ledger.obligations.fulfil(
        { obligationId, obligation, reference, note: note ?? null, ...(fulfilledAtMs !== undefined && { fulfilledAt: fulfilledAtMs }) },
        caller,
      );
      if (!done.decided) return unfulfilled(rejectedBody(done));
      return { status: 201, body: fulfilledBody(done, obligation.raisedBy), decided: done };
    } catch (error) {
      if (error instanceof Problem) return unfulfilled(error.body);
      throw error;
    }
  }
}

function unfulfilled(body: Body<'Problem'>): Answered {
  return { status: body.status, body };
}
