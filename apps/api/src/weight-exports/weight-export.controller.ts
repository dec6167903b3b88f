import { Controller, Inject } from '@nestjs/common';
import { Ledger, type WeightsDecided } from '#ledger';
import type { Views, WeightExportRow } from '#projections';
import type { Body } from '#wire';
import { at, json, problemAnswer, type Answer } from '../http/answer.js';
import { pageAnswer } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf } from '../http/query.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { OutcomeAnswers } from '../reservations/outcome.js';
import { VIEWS } from '../tokens.js';
import { refusedExport, weightExportBody } from './weight-export-body.js';
import { WeightExportDto, WeightExportQuery, weightExportRequest, weightsExample } from './weight-export.dto.js';

@Controller('v1/weight-exports')
export class WeightExportController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    private readonly answers: OutcomeAnswers,
  ) {}

  @Operation('POST', '', {
    tag: 'Model weights',
    summary: 'Record an export of model weights',
    description:
      'Determined under ECCN 4E091 at `exportedAt`. Refused by the rules it is recorded too, and debits nothing either way.',
    body: { dto: WeightExportDto, example: weightsExample },
    headers: ['Idempotency-Key'],
    answers: {
      201: {
        text: 'The export with its determination.',
        schema: 'WeightExport',
        headers: ['Location', 'Ledger-Position', 'Idempotency-Replayed'],
      },
    },
    problems: [
      'route-not-applicable',
      'classification-unknown',
      'contradictory-facts',
      'not-an-export',
      'not-in-this-rulebook',
      'idempotency-key-reused',
      'busy',
    ],
  })
  async create({ body, caller }: Call<WeightExportDto>): Promise<Answer<'WeightExport'>> {
    return this.answers.settled(await this.ledger.weights.record(weightExportRequest(body, caller), caller), decisionAnswer);
  }

  @Operation('GET', '', {
    tag: 'Model weights',
    summary: 'List exports of model weights',
    query: WeightExportQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'A page, newest first.', schema: 'WeightExportPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(call: Call<undefined, WeightExportQuery>): Promise<Answer<'WeightExportPage'>> {
    const { items, nextCursor, position } = await this.views.ask('weightExports', { ...call.query, limit: limitOf(call.query) });
    return pageAnswer(call, items.map(rowBody), nextCursor, position);
  }

  @Operation('GET', ':id', {
    tag: 'Model weights',
    summary: 'Read an export of model weights',
    path: { id: 'Id of the export.' },
    headers: ['Min-Position?'],
    answers: { 200: { text: 'The export.', schema: 'WeightExport', headers: ['Ledger-Position'] } },
    problems: ['weight-export-not-found', 'projection-behind'],
  })
  async read({ position }: Call, id: string): Promise<Answer<'WeightExport'>> {
    const row = await this.views.ask('weightExport', id);
    if (row === undefined) throw new Problem('weight-export-not-found', `There is no export of weights ${id}.`);
    return json(200, rowBody(row), at(position));
  }
}

function decisionAnswer({ event, revision, position }: WeightsDecided): Answer<'WeightExport'> {
  if (event.type === 'WeightExportRefused') return problemAnswer(refusedExport(event, position));
  return json(201, weightExportBody(event, revision, position), ['Location', `/v1/weight-exports/${event.weightExportId}`]);
}

function rowBody({ event, revision, position }: WeightExportRow): Body<'WeightExport'> {
  return weightExportBody(event, revision, position);
}
