import { determine, type CompiledRulebook, type Determined } from '#rulebook';
import type { Reservation } from '../line/entries.js';
import type { Issued, LineCommand, Reserve } from '../line/line-command.js';
import { assess, checkExpiry, checkExportedAt, type Assessment } from './assessment.js';
import type { Rejected } from './ledger-outcome.js';
import type { AmendRequest, ExportDirectRequest, ExportHoldRequest, ReserveRequest, ShipmentRequest } from './ledger-request.js';

/** The command that a request comes to, for the line that decides it, or why it comes to none. */
export type Judged = { readonly line: string; readonly command: LineCommand } | Rejected;

export interface JudgedReserve {
  readonly line: string;
  readonly command: Reserve;
  readonly determination: Determined;
}

/** Judges requests under one rulebook. The moment that counts is that of `issued`. */
export class Judge {
  constructor(readonly rulebook: CompiledRulebook) {}

  /** @param reservationId what the reservation will be called */
  reserve(request: ReserveRequest, reservationId: string, issued: Issued): JudgedReserve | Rejected {
    const assessed = assess(this.rulebook, request, issued.at);
    if ('decided' in assessed) return assessed;
    const expiresAt = checkExpiry(this.rulebook, request.expiresAt, issued.at);
    if (typeof expiresAt !== 'number') return expiresAt;
    const { determination } = assessed;
    const shipment = shipmentOf(request, assessed);
    const command = { type: 'Reserve', ...shipment, reservationId, expiresAt, ...issued } as const;
    return { line: determination.line, command, determination };
  }

  exportDirect(request: ExportDirectRequest, exportId: string, issued: Issued): Judged {
    const { exportedAt, itn = null } = request;
    const early = checkExportedAt(exportedAt, issued.at);
    if (early) return early;
    const assessed = assess(this.rulebook, request, exportedAt);
    if ('decided' in assessed) return assessed;
    const { line } = assessed.determination;
    return { line, command: { type: 'ExportDirect', ...shipmentOf(request, assessed), exportId, exportedAt, itn, ...issued } };
  }

  exportHold({ id, line, destination }: Reservation, request: ExportHoldRequest, exportId: string, issued: Issued): Judged {
    const { part, exportedAt, itn = null, final, expectedRevision = null } = request;
    const early = checkExportedAt(exportedAt, issued.at);
    if (early) return early;
    const outsidePeriod = determine(this.rulebook, { destination, items: [] }, exportedAt).refusal;
    const what = { part, exportedAt, itn, final, expectedRevision, outsidePeriod };
    return { line, command: { type: 'ExportHold', reservationId: id, exportId, ...what, ...issued } };
  }

  amend(reservation: Reservation, request: AmendRequest, issued: Issued): Judged {
    const { items, reference, expectedRevision } = request;
    const assessed = items ? assess(this.rulebook, { ...shipmentOfReservation(reservation), items }, issued.at) : null;
    if (assessed && 'decided' in assessed) return assessed;
    const expiresAt = request.expiresAt === undefined ? null : checkExpiry(this.rulebook, request.expiresAt, issued.at);
    if (expiresAt !== null && typeof expiresAt !== 'number') return expiresAt;
    const replacement = assessed && { list: assessed.items, determination: assessed.determination };
    const what = { items: replacement, expiresAt, reference, expectedRevision };
    return { line: reservation.line, command: { type: 'Amend', reservationId: reservation.id, ...what, ...issued } };
  }
}

function shipmentOf(request: ShipmentRequest, { items, determination }: Assessment) {
  const { destination, exporter, consignee = null, reference = null, facts, route: asked } = request;
  return {
    destination,
    exporter,
    consignee,
    reference,
    items,
    determination,
    ...(facts && { facts }),
    ...(asked && { asked }),
  };
}

/** With other items the route is determined anew, on what was stated and asked for when it was reserved. */
function shipmentOfReservation(reservation: Reservation): Omit<ShipmentRequest, 'items'> {
  const { destination, exporter, consignee, facts, asked } = reservation;
  return {
    destination,
    exporter,
    ...(consignee && { consignee }),
    ...(facts && { facts }),
    ...(asked && { route: asked }),
  };
}
