import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, type Caller, type CompanyOutcome, type RegisterDecided } from '#ledger';
import { answerJson } from '../http/answer.js';
import { refuseQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { acceptsJson, idempotencyKeyOf, minPositionOf } from '../http/request-headers.js';
import { OutcomeAnswers } from '../reservations/outcome.js';
import { anonymous } from '../reservations/shipment-request.js';
import type { Shape } from '../validation/shape.js';

/** What requests to the register have in common. */
@Injectable()
export class RegisterAnswers {
  constructor(
    private readonly ledger: Ledger,
    private readonly gate: ReadGate,
    private readonly answers: OutcomeAnswers,
  ) {}

  /** The body of a change and who sent it. @throws Problem (400, 406) for what is no such request. */
  read<Dto>(request: FastifyRequest, shape: Shape<Dto>): { readonly dto: Dto; readonly caller: Caller } {
    const { headers, body } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const idempotencyKey = idempotencyKeyOf(headers);
    const dto = shape.check(body);
    const caller = { principal: anonymous, idempotencyKey, body: dto };
    return { dto, caller: dto === body ? caller : { ...caller, asSent: { scope: anonymous, body } } };
  }

  /** Answers a change; one that created something has its path. */
  answer(reply: FastifyReply, outcome: CompanyOutcome, render: (decided: RegisterDecided) => object, location?: string): void {
    if (!outcome.decided) {
      this.answers.reject(reply, outcome);
      return;
    }
    const status = location === undefined ? 200 : 201;
    const replayed = outcome.replayed ? ['Idempotency-Replayed', 'true'] : [];
    const created = location === undefined ? [] : ['Location', location];
    answerJson(reply, status, render(outcome), ['Ledger-Position', String(outcome.position), ...created, ...replayed]);
    this.answers.count(status);
  }

  /** Lets a read in once the register has what it must reflect. Resolves with the headers that say so. */
  async open(request: FastifyRequest): Promise<readonly string[]> {
    await this.gate.open(request);
    await this.ledger.companies.reach(minPositionOf(request.headers));
    return this.gate.positionHeader();
  }
}
