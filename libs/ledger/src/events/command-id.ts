import type { LedgerEvent } from './ledger-event.js';

/** The identity of the command that an event answers: its key's UUIDv5. Null for what was done without a key. */
export function commandIdOf(event: LedgerEvent): string | null {
  switch (event.type) {
    case 'QuotaReserved':
      return event.reservationId;
    case 'ExportDebited':
      return event.exportId;
    case 'WeightExportRecorded':
    case 'WeightExportRefused':
      return event.weightExportId;
    case 'AuthorisationGranted':
      return event.authorisationId;
    default:
      return 'commandId' in event ? (event.commandId ?? null) : null;
  }
}
