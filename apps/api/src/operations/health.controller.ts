import { Controller } from '@nestjs/common';
import { Ledger } from '#ledger';
import { json, type Answer } from '../http/answer.js';
import { Problem } from '../http/problem.js';
import { Operation } from '../pipeline/operation.js';
import { newerBuiltIn } from '../rulebooks/newer-built-in.js';
import { Readiness } from './readiness.js';

@Controller()
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly ledger: Ledger,
  ) {}

  @Operation('GET', 'livez', {
    tag: 'Operations',
    summary: 'Is the process alive',
    anyAccept: true,
    answers: { 200: { text: 'Yes.', schema: 'Health' } },
  })
  live(): Answer<'Health'> {
    return json(200, { status: 'alive' });
  }

  @Operation('GET', 'readyz', {
    tag: 'Operations',
    summary: 'Can it serve',
    description:
      'The store answers and the views are within their lag limit. Names the rulebook in force, and a newer version of it ' +
      'that this build brings along and that was not adopted; else `newerRulebook` is null.',
    anyAccept: true,
    answers: { 200: { text: 'Yes.', schema: 'Readiness' } },
    problems: ['not-ready'],
  })
  async ready(): Promise<Answer<'Readiness'>> {
    const reason = await this.readiness.reasonAgainst();
    if (reason !== undefined) throw new Problem('not-ready', reason, {}, { 'Retry-After': '1' });
    const { reference } = this.ledger.rulebook;
    return json(200, {
      status: 'ready',
      position: String(this.readiness.position),
      rulebook: reference,
      newerRulebook: newerBuiltIn(reference)?.reference ?? null,
    });
  }
}
