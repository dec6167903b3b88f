import { Controller, Inject } from '@nestjs/common';
import { Ledger } from '#ledger';
import type { Views } from '#projections';
import { builtInWord } from '#wire';
import { json, type Answer } from '../http/answer.js';
import { rulebookBytesMax } from '../http/body-limits.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { OutcomeAnswers } from '../reservations/outcome.js';
import { VIEWS } from '../tokens.js';
import { adoptRulebook } from './adopt-rulebook.js';
import { AdoptionDto } from './adoption.dto.js';
import { adoptedBody } from './rulebook-body.js';

@Controller('v1/rulebooks/adoption')
export class AdoptionController {
  constructor(
    readonly ledger: Ledger,
    @Inject(VIEWS) readonly views: Views,
    private readonly answers: OutcomeAnswers,
  ) {}

  @Operation('POST', '', {
    tag: 'Rulebook',
    summary: 'Put a rulebook in force',
    description:
      'What is under way is decided first, then the rulebook is adopted by one event, and everything after it is decided ' +
      'under it. What was decided before stays as it was. Caps of lines with history follow, those set by order stay. ' +
      'Bodies of up to 256 KiB.',
    body: { dto: AdoptionDto, bytesMax: rulebookBytesMax, example: { rulebook: builtInWord } },
    headers: ['Idempotency-Key'],
    answers: {
      201: {
        text: 'The rulebook that was put in force.',
        schema: 'RulebookAdoption',
        headers: ['Location', 'Ledger-Position', 'Idempotency-Replayed'],
      },
    },
    problems: ['nothing-to-change', 'idempotency-key-reused', 'busy'],
  })
  async adopt({ body: order, caller }: Call<AdoptionDto>): Promise<Answer<'RulebookAdoption'>> {
    return this.answers.settled(await adoptRulebook(this, order, caller), ({ event, position }) => {
      const body = { ...adoptedBody(event, position, true), inForce: true as const };
      return json(201, body, ['Location', `/v1/rulebooks/${encodeURIComponent(body.id)}/${encodeURIComponent(body.version)}`]);
    });
  }
}
