import { Controller } from '@nestjs/common';
import {
  Ledger,
  type AmendRequest,
  type ExportHoldRequest,
  type ExportPart,
  type ReleaseRequest,
} from '#ledger';
import { fromTpp } from '#rulebook';
import type { Answer } from '../http/answer.js';
import { invalid } from '../http/problem.js';
import type { Call } from '../pipeline/call.js';
import { Operation } from '../pipeline/operation.js';
import { OutcomeAnswers } from './outcome.js';
import { AmendmentDto, HoldExportDto, ReleaseDto } from './reservation.dto.js';
import { requestedItem } from './shipment-request.js';

const id = 'Id of the reservation.';

/** What can be done to a reservation. */
@Controller('v1/reservations')
export class ReservationChangeController {
  constructor(
    private readonly ledger: Ledger,
    private readonly answers: OutcomeAnswers,
  ) {}

  @Operation('PATCH', ':id', {
    tag: 'Reservations',
    summary: 'Amend a reservation',
    path: { id },
    description: 'Shrinks or grows the hold within what is available.',
    body: { dto: AmendmentDto },
    headers: ['If-Match', 'Idempotency-Key?'],
    answers: {
      200: {
        text: 'The reservation after the change.',
        schema: 'Reservation',
        headers: ['ETag', 'Ledger-Position', 'Idempotency-Replayed'],
      },
    },
    problems: [
      'reservation-not-found',
      'insufficient-quota',
      'line-suspended',
      'reservation-closed',
      'exceeds-hold',
      'version-mismatch',
      'unknown-chip',
      'nothing-to-change',
      'no-allocation',
      'route-not-applicable',
      'outside-quota-period',
      'classification-unknown',
      'contradictory-facts',
      'idempotency-key-reused',
      'precondition-required',
      'busy',
    ],
  })
  async amend({ body: dto, caller, ifMatch }: Call<AmendmentDto>, reservationId: string): Promise<Answer<'Reservation'>> {
    if (Object.keys(dto).length === 0)
      throw invalid([{ pointer: '', message: 'the body names nothing to change: items, expiresAt or reference' }]);
    const change: AmendRequest = {
      ...(dto.items !== undefined && { items: dto.items.map(requestedItem) }),
      ...(dto.expiresAt !== undefined && { expiresAt: Date.parse(dto.expiresAt) }),
      ...(dto.reference !== undefined && { reference: dto.reference }),
      expectedRevision: ifMatch ?? null,
    };
    return this.answers.of(await this.ledger.amend(reservationId, change, caller));
  }

  @Operation('POST', ':id/release', {
    tag: 'Reservations',
    summary: 'Release a reservation',
    path: { id },
    description: 'Gives back what it still holds and closes it.',
    body: { dto: ReleaseDto, required: false },
    headers: ['Idempotency-Key', 'If-Match?'],
    answers: {
      200: {
        text: 'The reservation after the release.',
        schema: 'Reservation',
        headers: ['ETag', 'Ledger-Position', 'Idempotency-Replayed'],
      },
    },
    problems: ['reservation-not-found', 'reservation-closed', 'version-mismatch', 'idempotency-key-reused', 'busy'],
  })
  async release({ body: { reason }, caller, ifMatch }: Call<ReleaseDto>, reservationId: string): Promise<Answer<'Reservation'>> {
    const release: ReleaseRequest = {
      ...(reason !== undefined && { reason }),
      ...(ifMatch !== undefined && { expectedRevision: ifMatch }),
    };
    return this.answers.of(await this.ledger.release(reservationId, release, caller));
  }

  @Operation('POST', ':id/exports', {
    tag: 'Exports',
    summary: 'Export a reservation',
    path: { id },
    description: 'Debits the hold, in part or whole.',
    body: { dto: HoldExportDto },
    headers: ['Idempotency-Key', 'If-Match?'],
    answers: {
      201: { text: 'The export.', schema: 'Export', headers: ['Location', 'Ledger-Position', 'Idempotency-Replayed'] },
    },
    problems: [
      'reservation-not-found',
      'exceeds-hold',
      'reservation-closed',
      'version-mismatch',
      'outside-quota-period',
      'idempotency-key-reused',
      'busy',
    ],
  })
  async export({ body: dto, caller, ifMatch }: Call<HoldExportDto>, reservationId: string): Promise<Answer<'Export'>> {
    const { itn } = dto;
    const shipped: ExportHoldRequest = {
      part: partOf(dto),
      exportedAt: Date.parse(dto.exportedAt),
      final: dto.final ?? false,
      ...(itn !== undefined && { itn }),
      ...(ifMatch !== undefined && { expectedRevision: ifMatch }),
    };
    return this.answers.of(await this.ledger.exportHold(reservationId, shipped, caller));
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
