import { Controller, Inject } from '@nestjs/common';
import { decodeEvent, Ledger, quotaStreamOf, type EventStore, type ExportReversed, type Position } from '#ledger';
import type { ExportRow, Views } from '#projections';
import type { Body } from '#wire';
import { at, json, type Answer } from '../http/answer.js';
import { pageAnswer } from '../http/page.js';
import { Problem } from '../http/problem.js';
import { limitOf } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { OutcomeAnswers } from '../reservations/outcome.js';
import { etagOf } from '../reservations/reservation-body.js';
import { ExportQuery } from '../reservations/reservation.query.js';
import { exportRequest } from '../reservations/shipment-request.js';
import { RulebookShelf } from '../rulebooks/rulebook-shelf.js';
import { STORE, VIEWS } from '../tokens.js';
import { exportBody, reversalBody } from './export-body.js';
import { DirectExportDto, FilingDto, ReversalDto } from './export.dto.js';

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

  @Operation('POST', '', {
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
  async create({ body, caller }: Call<DirectExportDto>): Promise<Answer<'Export'>> {
    return this.answers.of(await this.ledger.exportDirect(exportRequest(body, caller), caller));
  }

  @Operation('GET', '', {
    tag: 'Exports',
    summary: 'List exports',
    query: ExportQuery,
    headers: ['Min-Position?'],
    answers: { 200: { text: 'A page, newest first.', schema: 'ExportPage', headers: ['Ledger-Position', 'Link'] } },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(call: Call<undefined, ExportQuery>): Promise<Answer<'ExportPage'>> {
    const page = await this.views.ask('exports', { ...call.query, limit: limitOf(call.query) });
    return pageAnswer(call, page.items.map((row) => this.rowBody(row)), page.nextCursor, page.position);
  }

  @Operation('GET', ':id', {
    tag: 'Exports',
    summary: 'Read an export',
    path: { id },
    headers: ['Min-Position?'],
    answers: {
      200: { text: 'The export, with its reversal if there is one.', schema: 'Export', headers: ['ETag', 'Ledger-Position'] },
    },
    problems: ['export-not-found', 'projection-behind'],
  })
  read({ position }: Call, exportId: string): Promise<Answer<'Export'>> {
    return this.standing(exportId, position);
  }

  @Operation('POST', ':id/reversal', {
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
  async reverse({ body, caller }: Call<ReversalDto>, exportId: string): Promise<Answer<'Reversal'>> {
    return this.answers.of(await this.ledger.reverse(exportId, body, caller));
  }

  @Operation('POST', ':id/filing', {
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
  async file({ body, caller, request }: Call<FilingDto>, exportId: string): Promise<Answer<'Export'>> {
    const outcome = await this.ledger.file(exportId, body, caller);
    if (outcome.decided || outcome.code !== 'nothing-to-change') return this.answers.of(outcome);
    const answer = await this.standing(exportId, await this.gate.open(request, 'views'));
    this.answers.count(200);
    return answer;
  }

  /** As it stands in the views. */
  private async standing(exportId: string, position: Position): Promise<Answer<'Export'>> {
    const row = await this.views.ask('export', exportId);
    if (row === undefined) throw new Problem('export-not-found', `There is no export ${exportId}.`);
    const reversed = row.posted.status === 'reversed' ? await this.reversalOf(row) : undefined;
    const body = { ...this.rowBody(row), ...(reversed && { reversal: reversed }) };
    return json(200, body, ['ETag', etagOf(row.posted.revision), ...at(position)]);
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

