import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, type WeightsDecided } from '#ledger';
import type { Views, WeightExportRow } from '#projections';
import { answerJson, answerProblem } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf, readQuery, refuseQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { acceptsJson, idempotencyKeyOf } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { OutcomeAnswers } from '../reservations/outcome.js';
import { callerOf } from '../reservations/shipment-request.js';
import { VIEWS } from '../tokens.js';
import { shapeOf } from '../validation/shape.js';
import { refusedExport, weightExportBody } from './weight-export-body.js';
import { WeightExportDto, WeightExportQuery, weightExportRequest, weightsExample } from './weight-export.dto.js';

const weightExport = shapeOf(WeightExportDto);
const weightExportQuery = shapeOf(WeightExportQuery);

@Controller('v1/weight-exports')
export class WeightExportController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    private readonly gate: ReadGate,
    private readonly answers: OutcomeAnswers,
  ) {}

  @Post()
  @Operation({
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
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    acceptsJson(request.headers);
    const idempotencyKey = idempotencyKeyOf(request.headers);
    const dto = weightExport.check(request.body);
    const caller = callerOf(dto, idempotencyKey, request.body);
    const outcome = await this.ledger.weights.record(weightExportRequest(dto), caller);
    if (outcome.decided) this.answer(reply, outcome);
    else this.answers.reject(reply, outcome);
  }

  @Get()
  @Operation({
    tag: 'Model weights',
    summary: 'List exports of model weights',
    query: WeightExportQuery,
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'A page, newest first.', schema: 'WeightExportPage', headers: ['Ledger-Position', 'Link'] },
    },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = readQuery(request, weightExportQuery);
    await this.gate.open(request);
    const { items, nextCursor, position } = await this.views.ask('weightExports', { ...query, limit: limitOf(query) });
    answerPage(request, reply, { items: items.map(rowBody), nextCursor }, this.gate.positionHeader(position));
  }

  @Get(':id')
  @Operation({
    tag: 'Model weights',
    summary: 'Read an export of model weights',
    path: { id: 'Id of the export.' },
    headers: ['Min-Position?'],
    answers: { 200: { text: 'The export.', schema: 'WeightExport', headers: ['Ledger-Position'] } },
    problems: ['weight-export-not-found', 'projection-behind'],
  })
  async read(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    await this.gate.open(request);
    const position = this.gate.positionHeader();
    const row = await this.views.ask('weightExport', id);
    if (row === undefined) throw new Problem('weight-export-not-found', `There is no export of weights ${id}.`);
    answerJson(reply, 200, rowBody(row), position);
  }

  private answer(reply: FastifyReply, { event, revision, position, replayed }: WeightsDecided): void {
    const headers = ['Ledger-Position', String(position), ...(replayed ? ['Idempotency-Replayed', 'true'] : [])];
    if (event.type === 'WeightExportRefused') {
      const problem = refusedExport(event, position);
      answerProblem(reply, problem, headers);
      this.answers.count(problem.status);
      return;
    }
    const location = ['Location', `/v1/weight-exports/${event.weightExportId}`];
    answerJson(reply, 201, weightExportBody(event, revision, position), [...headers, ...location]);
    this.answers.count(201);
  }
}

function rowBody({ event, revision, position }: WeightExportRow): object {
  return weightExportBody(event, revision, position);
}
