import { Controller } from '@nestjs/common';
import { at, json, type Answer } from '../http/answer.js';
import { rulebookBytesMax } from '../http/body-limits.js';
import { Problem } from '../http/problem.js';
import { nextLink } from '../http/page.js';
import { limitOf } from '../http/query.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { shapeOf } from '../validation/shape.js';
import { simulationBody } from './simulation-body.js';
import { draftOf, SimulationDesk } from './simulation-desk.js';
import { SimulationDto, SimulationQuery } from './simulation.dto.js';

const order = shapeOf(SimulationDto);

@Controller('v1/rulebooks/simulations')
export class SimulationController {
  constructor(private readonly desk: SimulationDesk) {}

  @Operation('POST', '', {
    tag: 'Rulebook',
    summary: 'What a draft would have changed',
    description:
      'Takes every decision of the log again under a draft rulebook: what each line would have left, and which ' +
      'decisions would have differed, and why. Records nothing and needs no key. Bodies of up to 256 KiB; the document ' +
      'may also be the body itself, without `draft`.',
    body: { dto: SimulationDto, bytesMax: rulebookBytesMax, unchecked: true },
    query: SimulationQuery,
    answers: {
      200: {
        text: 'Each line as recorded and as it would stand, and a page of the decisions that differ.',
        schema: 'Simulation',
        headers: ['Ledger-Position', 'Link'],
      },
    },
    problems: ['invalid-cursor', 'rulebook-invalid', 'simulation-running', 'simulation-too-long', 'simulation-too-large', 'busy'],
  })
  async simulate({ body: sent, query: page, request, reply }: Call<unknown, SimulationQuery>): Promise<Answer<'Simulation'>> {
    const after = page.cursor === undefined ? 0 : positionOf(page.cursor);
    const { draft, pointer, until, at: moment } = orderOf(sent);
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const result = await this.desk.run(
      {
        draft: draftOf(draft, pointer),
        ...(until !== undefined && { until: Number(until) }),
        ...(moment !== undefined && { atMs: Date.parse(moment) }),
        differences: { after, limit: limitOf(page) },
      },
      gone.signal,
    );
    const body = simulationBody(result);
    return json(200, body, [...at(Number(body.position)), ...nextLink(request, body.nextCursor)]);
  }
}

/** The order, or a rulebook document as the whole body. */
function orderOf(body: unknown): Partial<Omit<SimulationDto, 'draft'>> & { readonly draft: unknown; readonly pointer: string } {
  const isDocument = typeof body === 'object' && body !== null && !('draft' in body) && 'chips' in body;
  return isDocument ? { draft: body, pointer: '' } : { ...order.check(body), pointer: '/draft' };
}

/** @throws Problem (400) for what is not a cursor of a simulation. */
function positionOf(cursor: string): number {
  if (/^[1-9]\d{0,15}$/.test(cursor)) return Number(cursor);
  throw new Problem('invalid-cursor', 'This cursor is none of a simulation.', {
    errors: [{ in: 'query', pointer: '/cursor', message: 'cursor is not one of this list' }],
  });
}
