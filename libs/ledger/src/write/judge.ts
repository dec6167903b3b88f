import { determine, type CompiledRulebook } from '#rulebook';
import type { Reservation } from '../line/entries.js';
import type { Issued, LineCommand } from '../line/line-command.js';
import { assess, checkExpiry, checkExportedAt, type Assessment } from './assessment.js';
import type { Rejected } from './ledger-outcome.js';
import type { AmendRequest, ExportDirectRequest, ExportHoldRequest, ReserveRequest, ShipmentRequest } from './ledger-request.js';

/** The command that a request comes to, for the line that decides it, or why it comes to none. */
export type Judged = { readonly line: string; readonly command: LineCommand } | Rejected;

/** Judges requests under one rulebook. The moment that counts is that of `issued`. */
export class Judge {
  constructor(readonly rulebook: CompiledRulebook) {}

  /** @param reservationId what the reservation will be called */
  reserve(request: ReserveRequest, reservationId: string, issued: Issued): Judged {
    const assessed = assess(this.rulebook, request, issued.at);
    if ('decided' in assessed) return assessed;
    const expiresAt = checkExpiry(this.rulebook, request.expiresAt, issued.at);
    if (typeof expiresAt !== 'number') return expiresAt;
    const { line } = assessed.determination;
    return { line, command: { type: 'Reserve', ...shipmentOf(request, assessed), reservationId, expiresAt, ...issued } };
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
  const { destination, exporter, consignee = null, reference = null } = request;
  return { destination, exporter, consignee, reference, items, determination };
}

/** With other items the route is determined anew. */
function shipmentOfReservation({ destination, exporter, consignee }: Reservation): Omit<ShipmentRequest, 'items'> {
  return { destination, exporter, ...(consignee && { consignee }) };
}
