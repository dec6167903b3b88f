import { Controller, Get, Inject, Param, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Ledger, type AmendRequest, type Caller, type ExportHoldRequest, type ExportPart, type ReleaseRequest } from '#ledger';
import type { Views } from '#projections';
import { fromTpp } from '#rulebook';
import { answerJson } from '../http/answer.js';
import { answerPage } from '../http/page.js';
import { invalid, Problem } from '../http/problem.js';
import { limitOf, readQuery, refuseQuery } from '../http/query.js';
import { ReadGate } from '../http/read-gate.js';
import { acceptsJson, idempotencyKeyOf, ifMatchOf, optionalIdempotencyKeyOf, requireIfMatch } from '../http/request-headers.js';
import { Operation } from '../openapi/operation.js';
import { DecisionCounts } from '../operations/decision-counts.js';
import { VIEWS } from '../tokens.js';
import { shapeOf } from '../validation/shape.js';
import { answerOutcome } from './outcome.js';
import { AmendmentDto, HoldExportDto, ReleaseDto, ReservationDto } from './reservation.dto.js';
import { ReservationQuery } from './reservation.query.js';
import { etagOf, reservationBody } from './reservation-body.js';
import { anonymous, callerOf, requestedItem, reserveRequest } from './shipment-request.js';
import { reservationExample } from './reservation.example.js';

const reservation = shapeOf(ReservationDto);
const amendment = shapeOf(AmendmentDto);
const releaseShape = shapeOf(ReleaseDto);
const holdExport = shapeOf(HoldExportDto);
const reservationQuery = shapeOf(ReservationQuery);

const id = 'Id of the reservation.';

@Controller('v1/reservations')
export class ReservationController {
  constructor(
    private readonly ledger: Ledger,
    @Inject(VIEWS) private readonly views: Views,
    private readonly gate: ReadGate,
    private readonly counts: DecisionCounts,
  ) {}

  /** The hot path: nothing here copies or validates twice, and nothing is awaited but the decision. */
  @Post()
  @Operation({
    tag: 'Reservations',
    summary: 'Reserve quota',
    description: 'Holds TPP of a destination until it is exported, released or lapses. A refusal by the rules is recorded too.',
    body: { dto: ReservationDto, example: reservationExample },
    headers: ['Idempotency-Key'],
    answers: { 201: { text: 'The reservation.', schema: 'Reservation', headers: ['Location', 'ETag', 'Ledger-Position', 'Idempotency-Replayed'] } },
    problems: [
      'insufficient-quota', 'line-suspended', 'no-allocation', 'unknown-chip', 'unknown-destination', 'outside-quota-period',
      'route-not-applicable', 'not-an-export', 'classification-unknown', 'idempotency-key-reused', 'busy',
    ],
  })
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers, body } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const key = idempotencyKeyOf(headers);
    const dto = reservation.fits(body) ? body : reservation.check(body);
    const outcome = await this.ledger.reserve(reserveRequest(dto), callerOf(dto, key));
    this.counts.count(answerOutcome(reply, outcome));
  }

  @Get()
  @Operation({
    tag: 'Reservations', summary: 'List reservations', query: ReservationQuery, headers: ['Min-Position?'],
    answers: { 200: { text: 'A page, newest first.', schema: 'ReservationPage', headers: ['Ledger-Position', 'Link'] } },
    problems: ['invalid-cursor', 'projection-behind'],
  })
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const query = readQuery(request, reservationQuery);
    await this.gate.open(request);
    const page = await this.views.reservations({ ...query, limit: limitOf(query) });
    const items = page.items.map((row) => reservationBody(row.reservation, row.position, row.balance));
    answerPage(request, reply, { items, nextCursor: page.nextCursor }, this.gate.positionHeader(page.position));
  }

  @Get(':id')
  @Operation({
    tag: 'Reservations', summary: 'Read a reservation', path: { id }, headers: ['Min-Position?'],
    answers: { 200: { text: 'The reservation as it stands.', schema: 'Reservation', headers: ['ETag', 'Ledger-Position'] } },
    problems: ['reservation-not-found', 'projection-behind'],
  })
  async read(@Param('id') reservationId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    refuseQuery(request);
    await this.gate.open(request);
    const position = this.gate.positionHeader();
    const row = await this.views.reservation(reservationId);
    if (row === undefined) throw new Problem('reservation-not-found', `There is no reservation ${reservationId}.`);
    const body = reservationBody(row.reservation, row.position, row.balance);
    answerJson(reply, 200, body, ['ETag', etagOf(body.revision), ...position]);
  }

  @Patch(':id')
  @Operation({
    tag: 'Reservations', summary: 'Amend a reservation', path: { id }, description: 'Shrinks or grows the hold within what is available.',
    body: { dto: AmendmentDto }, headers: ['If-Match', 'Idempotency-Key?'],
    answers: { 200: { text: 'The reservation after the change.', schema: 'Reservation', headers: ['ETag', 'Ledger-Position', 'Idempotency-Replayed'] } },
    problems: [
      'reservation-not-found', 'insufficient-quota', 'line-suspended', 'reservation-closed', 'exceeds-hold', 'version-mismatch', 'unknown-chip',
      'nothing-to-change', 'no-allocation', 'route-not-applicable', 'outside-quota-period', 'classification-unknown', 'idempotency-key-reused',
      'precondition-required', 'busy',
    ],
  })
  async amend(@Param('id') reservationId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers, body } = request;
    refuseQuery(request);
    acceptsJson(headers);
    requireIfMatch(headers);
    const expectedRevision = ifMatchOf(headers);
    const idempotencyKey = optionalIdempotencyKeyOf(headers);
    const dto = amendment.check(body);
    if (Object.keys(dto).length === 0) throw invalid([{ pointer: '', message: 'the body names nothing to change: items, expiresAt or reference' }]);
    const change: AmendRequest = {
      ...(dto.items !== undefined && { items: dto.items.map(requestedItem) }),
      ...(dto.expiresAt !== undefined && { expiresAt: Date.parse(dto.expiresAt) }),
      ...(dto.reference !== undefined && { reference: dto.reference }),
      expectedRevision: expectedRevision ?? null,
    };
    const outcome = await this.ledger.amend(reservationId, change, { principal: anonymous, idempotencyKey, body });
    this.counts.count(answerOutcome(reply, outcome));
  }

  @Post(':id/release')
  @Operation({
    tag: 'Reservations', summary: 'Release a reservation', path: { id }, description: 'Gives back what it still holds and closes it.',
    body: { dto: ReleaseDto, required: false }, headers: ['Idempotency-Key', 'If-Match?'],
    answers: { 200: { text: 'The reservation after the release.', schema: 'Reservation', headers: ['ETag', 'Ledger-Position', 'Idempotency-Replayed'] } },
    problems: ['reservation-not-found', 'reservation-closed', 'version-mismatch', 'idempotency-key-reused', 'busy'],
  })
  async release(@Param('id') reservationId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const idempotencyKey = idempotencyKeyOf(headers);
    const expectedRevision = ifMatchOf(headers);
    const body = request.body ?? {};
    const { reason } = releaseShape.check(body);
    const release: ReleaseRequest = {
      ...(reason !== undefined && { reason }),
      ...(expectedRevision !== undefined && { expectedRevision }),
    };
    const outcome = await this.ledger.release(reservationId, release, { principal: anonymous, idempotencyKey, body });
    this.counts.count(answerOutcome(reply, outcome));
  }

  @Post(':id/exports')
  @Operation({
    tag: 'Exports', summary: 'Export a reservation', path: { id }, description: 'Debits the hold, in part or whole.',
    body: { dto: HoldExportDto }, headers: ['Idempotency-Key', 'If-Match?'],
    answers: { 201: { text: 'The export.', schema: 'Export', headers: ['Location', 'Ledger-Position', 'Idempotency-Replayed'] } },
    problems: [
      'reservation-not-found', 'exceeds-hold', 'reservation-closed', 'version-mismatch', 'outside-quota-period', 'idempotency-key-reused', 'busy',
    ],
  })
  async export(@Param('id') reservationId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { headers, body } = request;
    refuseQuery(request);
    acceptsJson(headers);
    const idempotencyKey = idempotencyKeyOf(headers);
    const expectedRevision = ifMatchOf(headers);
    const dto = holdExport.check(body);
    const { itn } = dto;
    const shipped: ExportHoldRequest = {
      part: partOf(dto),
      exportedAt: Date.parse(dto.exportedAt),
      final: dto.final ?? false,
      ...(itn !== undefined && { itn }),
      ...(expectedRevision !== undefined && { expectedRevision }),
    };
    const caller: Caller = { principal: anonymous, idempotencyKey, body };
    this.counts.count(answerOutcome(reply, await this.ledger.exportHold(reservationId, shipped, caller)));
  }
}

/** @throws Problem (400) where items and tpp are both given, or an item has not exactly one of chip and description. */
function partOf({ items, tpp }: HoldExportDto): ExportPart {
  if (items === undefined) return tpp === undefined ? { of: 'all' } : { of: 'tpp', milliTpp: fromTpp(tpp) };
  if (tpp !== undefined) throw invalid([{ pointer: '/tpp', message: 'tpp cannot be given together with items' }]);
  return {
    of: 'items',
    items: items.map(({ chip, description, quantity }, index) => {
      if ((chip === undefined) === (description === undefined)) {
        throw invalid([{ pointer: `/items/${index}`, message: 'an item is named by either chip or description' }]);
      }
      return { chip: chip ?? null, description: description ?? null, quantity };
    }),
  };
}
