import { Controller, Inject } from '@nestjs/common';
import type { Clock } from '#ledger';
import type { Demo } from '../config.js';
import { json, type Answer } from '../http/answer.js';
import { Operation } from '../pipeline/operation.js';
import { CLOCK, DEMO } from '../tokens.js';

@Controller('v1/about')
export class AboutController {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DEMO) private readonly demo: Demo | null,
  ) {}

  @Operation('GET', '', {
    tag: 'Operations',
    summary: 'What this ledger is',
    description:
      'Its clock, and whether it is a demo: a ledger of invented shipments whose clock runs `speed` times as fast as time ' +
      'does. `demo` is null where the ledger is meant in earnest.',
    answers: { 200: { text: 'What it is now.', schema: 'About' } },
  })
  about(): Answer<'About'> {
    return json(200, { now: new Date(this.clock()).toISOString(), demo: this.demo });
  }
}
