import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger } from '#ledger';
import { instantMs } from '#rulebook';
import { answerJson, answerProblem } from '../http/answer.js';
import { Problem } from '../http/problem.js';
import { refuseQuery } from '../http/query.js';
import { acceptsJson, idempotencyKeyOf } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { rejectedBody } from '../reservations/outcome.js';
import { anonymous } from '../reservations/shipment-request.js';
import { shapeOf } from '../validation/shape.js';
import { fulfilledBody } from './obligation-body.js';
import { ObligationBook } from './obligation-book.js';
import { FulfilmentDto, FulfilmentsDto } from './obligation.dto.js';

const fulfilment = shapeOf(FulfilmentDto);
const fulfilments = shapeOf(FulfilmentsDto);

const example = { fulfilledAt: '2026-06-14T09:00:00Z', reference: 'e-mail to EARReports, 14 June' };

/** How one fulfilment is answered, alone or in a list. */
interface Answered {
  readonly status: number;
  readonly body: object;
  /** Position of its event; undefined if nothing is recorded. */
  readonly position?: number;
  readonly replayed?: boolean;
}

@Controller('v1/obligations')
export class FulfilmentController {
  constructor(
    private readonly ledger: Ledger,
    private readonly book: ObligationBook,
  ) {}

  @Post('fulfilments')
  @Operation({
    tag: 'Obligations',
    summary: 'Fulfil many obligations',
    description:
      'One piece of evidence for up to 200 obligations, decided in order. Each has its own answer, as a single fulfilment has it: ' +
      'one that cannot be fulfilled leaves the others as they are. A list that is sent again with the same key records nothing twice.',
    body: { dto: FulfilmentsDto, example: { ids: ['5bc9b398-69c7-5ff2-94e4-7a5bbb4ebca0'], ...example } },
    headers: ['Idempotency-Key'],
    answers: {
      200: { text: 'An answer for each id, in order.', schema: 'FulfilmentList', headers: ['Ledger-Position'] },
    },
    problems: ['projection-behind'],
  })
  async fulfilMany(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers, body } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const key = idempotencyKeyOf(headers);
    const { ids, ...evidence } = fulfilments.check(body);
    await this.book.open(request);
    const items: Answered[] = [];
    for (const id of ids) {
      items.push(await this.fulfilOne(id, evidence, { idempotencyKey: `${key} ${id}`, body: evidence }));
    }
    const position = Math.max(0, ...items.map((item) => item.position ?? 0));
    const shown = items.map(({ status, body: answered }, index) => ({ id: ids[index], status, body: answered }));
    answerJson(reply, 200, { items: shown }, position === 0 ? [] : ['Ledger-Position', String(position)]);
  }

  @Post(':id/fulfilment')
  @Operation({
    tag: 'Obligations',
    summary: 'Fulfil an obligation',
    path: { id: 'Id of the obligation.' },
    description: 'The first one counts: fulfilled again, the obligation is answered as it was then.',
    body: { dto: FulfilmentDto, example },
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
    const evidence = fulfilment.check(body);
    await this.book.open(request);
    const answered = await this.fulfilOne(obligationId, evidence, { idempotencyKey, body });
    if (answered.position === undefined) {
      answerProblem(reply, answered.body as ReturnType<typeof rejectedBody>);
      return;
    }
    const replayed = answered.replayed === true ? ['Idempotency-Replayed', 'true'] : [];
    answerJson(reply, answered.status, answered.body, ['Ledger-Position', String(answered.position), ...replayed]);
  }

  private async fulfilOne(
    obligationId: string,
    { reference, note, fulfilledAt }: FulfilmentDto,
    by: { readonly idempotencyKey: string; readonly body: unknown },
  ): Promise<Answered> {
    try {
      const { id: _id, status: _status, fulfilment: _before, position: _position, ...obligation } = await this.book.find(obligationId);
      const fulfilledAtMs = fulfilledAt === undefined ? undefined : instantMs(fulfilledAt);
      const done = await this.ledger.obligations.fulfil(
        { obligationId, obligation, reference, note: note ?? null, ...(fulfilledAtMs !== undefined && { fulfilledAt: fulfilledAtMs }) },
        { principal: anonymous, ...by },
      );
      if (!done.decided) return problemAnswer(rejectedBody(done));
      return { status: 201, body: fulfilledBody(done, obligation.raisedBy), position: done.position, replayed: done.replayed };
    } catch (error) {
      if (error instanceof Problem) return problemAnswer(error.body);
      throw error;
    }
  }
}

function problemAnswer(body: ReturnType<typeof rejectedBody>): Answered {
  return { status: body.status, body };
}
