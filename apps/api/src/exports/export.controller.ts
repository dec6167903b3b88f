import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeEvent, Ledger, quotaStreamOf, type EventStore, type ExportReversed } from '#ledger';
import type { ExportRow, Views } from '#projections';
import type { Body } from '#wire';
import { answerJson } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf, readQuery, refuseQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { acceptsJson, idempotencyKeyOf } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { OutcomeAnswers } from '../reservations/outcome.js';
import { etagOf } from '../reservations/reservation-body.js';
import { ExportQuery } from '../reservations/reservation.query.js';
import { anonymous, callerOf, exportRequest } from '../reservations/shipment-request.js';
import { RulebookShelf } from '../rulebooks/rulebook-shelf.js';
import { STORE, VIEWS } from '../tokens.js';
import { shapeOf } from '../validation/shape.js';
import { exportBody, reversalBody } from './export-body.js';
import { DirectExportDto, FilingDto, ReversalDto } from './export.dto.js';

const directExport = shapeOf(DirectExportDto);
const reversal = shapeOf(ReversalDto);
const filing = shapeOf(FilingDto);
const exportQuery = shapeOf(ExportQuery);

const id = 'Id of the export.';

@Controller('v1/exports')
export class ExportController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(STORE) private readonly store: EventStore,
    private readonly gate: ReadGate,
    private readonly answers: OutcomeAnswers,
    private readonly shelf: RulebookShelf,
  ) {}

  @Post()
  @Operation({
    tag: 'Exports',
    summary: 'Export without a reservation',
    description: 'Reserves and debits at once.',
    body: {
      dto: DirectExportDto,
      example: {
        destination: 'AE',
        items: [{ chip: 'nvidia-h100-sxm5', quantity: 8 }],
        exportedAt: '2026-01-15T12:00:00Z',
      },
    },
    headers: ['Idempotency-Key'],
    answers: {
      201: { text: 'The export.', schema: 'Export', headers: ['Location', 'Ledger-Position', 'Idempotency-Replayed'] },
    },
    problems: [
      'insufficient-quota',
      'line-suspended',
      'no-allocation',
      'unknown-chip',
      'unknown-destination',
      'outside-quota-period',
      'route-not-applicable',
      'not-an-export',
      'classification-unknown',
      'contradictory-facts',
      'idempotency-key-reused',
      'busy',
    ],
  })
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    acceptsJson(request.headers);
    const key = idempotencyKeyOf(request.headers);
    const dto = directExport.check(request.body);
    const outcome = await this.ledger.exportDirect(exportRequest(dto), callerOf(dto, key, request.body));
    this.answers.answer(reply, outcome);
  }

  @Get()
  @Operation({
    tag: 'Exports',
    summary: 'List exports',
    query: ExportQuery,
    headers: ['Min-Position?'],
    answers: { 200: { text: 'A page, newest first.', schema: 'ExportPage', headers: ['Ledger-Position', 'Link'] } },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = readQuery(request, exportQuery);
    await this.gate.open(request);
    const page = await this.views.ask('exports', { ...query, limit: limitOf(query) });
    answerPage(
      request,
      reply,
      { items: page.items.map((row) => this.rowBody(row)), nextCursor: page.nextCursor },
      this.gate.positionHeader(page.position),
    );
  }

  @Get(':id')
  @Operation({
    tag: 'Exports',
    summary: 'Read an export',
    path: { id },
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'The export, with its reversal if there is one.', schema: 'Export', headers: ['ETag', 'Ledger-Position'] },
    },
    problems: ['export-not-found', 'projection-behind'],
  })
  async read(@Param('id') exportId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    await this.gate.open(request);
    await this.answerExport(reply, exportId);
  }

  @Post(':id/reversal')
  @Operation({
    tag: 'Exports',
    summary: 'Reverse an export',
    path: { id },
    description: 'Records a compensating event; nothing is deleted.',
    body: { dto: ReversalDto, example: { code: 'duplicate', reason: 'Reported twice.' } },
    headers: ['Idempotency-Key'],
    answers: {
      201: {
        text: 'The reversal.',
        schema: 'Reversal',
        headers: ['Location', 'Ledger-Position', 'Idempotency-Replayed'],
      },
    },
    problems: ['export-not-found', 'already-reversed', 'reversal-window-closed', 'idempotency-key-reused', 'busy'],
  })
  async reverse(
    @Param('id') exportId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { headers, body } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const idempotencyKey = idempotencyKeyOf(headers);
    const { code, reason } = reversal.check(body);
    const outcome = await this.ledger.reverse(
      exportId,
      { code, reason },
      { principal: anonymous, idempotencyKey, body },
    );
    this.answers.answer(reply, outcome);
  }

  @Post(':id/filing')
  @Operation({
    tag: 'Exports',
    summary: 'Record the ITN of an export',
    path: { id },
    description: 'For an export that was recorded without one. Nothing is debited; the same ITN again changes nothing.',
    body: { dto: FilingDto, example: { itn: 'X20260115000001' } },
    headers: ['Idempotency-Key'],
    answers: {
      200: {
        text: 'The export with its ITN.',
        schema: 'Export',
        headers: ['ETag', 'Ledger-Position', 'Idempotency-Replayed'],
      },
    },
    problems: ['export-not-found', 'already-reversed', 'itn-recorded', 'idempotency-key-reused', 'busy'],
  })
  async file(@Param('id') exportId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers, body } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const idempotencyKey = idempotencyKeyOf(headers);
    const { itn } = filing.check(body);
    const outcome = await this.ledger.file(exportId, { itn }, { principal: anonymous, idempotencyKey, body });
    if (outcome.decided || outcome.code !== 'nothing-to-change') return this.answers.answer(reply, outcome);
    await this.gate.open(request);
    await this.answerExport(reply, exportId);
    this.answers.count(200);
  }

  /** As it stands in the views. */
  private async answerExport(reply: FastifyReply, exportId: string): Promise<void> {
    const position = this.gate.positionHeader();
    const row = await this.views.ask('export', exportId);
    if (row === undefined) throw new Problem('export-not-found', `There is no export ${exportId}.`);
    const reversed = row.posted.status === 'reversed' ? await this.reversalOf(row) : undefined;
    const body = { ...this.rowBody(row), ...(reversed && { reversal: reversed }) };
    answerJson(reply, 200, body, ['ETag', etagOf(row.posted.revision), ...position]);
  }

  private rowBody({ event, posted, line, position }: ExportRow): Body<'Export'> {
    const rulebook = this.shelf.of(event.rulebook);
    return exportBody(event, line, posted.revision, position, rulebook, posted);
  }

  private async reversalOf({ line, posted }: ExportRow): Promise<Body<'Reversal'> | undefined> {
    const [stored] = await this.store.readStream(quotaStreamOf(line), { from: posted.revision, limit: 1 });
    if (stored?.type !== 'ExportReversed') return undefined;
    return reversalBody(decodeEvent(stored.json) as ExportReversed, line, stored.revision, stored.position);
  }
}

