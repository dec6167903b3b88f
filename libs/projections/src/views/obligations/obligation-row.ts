import type { ObligationDone, Position } from '#ledger';
import type { PageQuery } from '../../tables/page.js';

export type ObligationStatus = 'open' | 'done' | 'overdue';

export interface ObligationQuery extends PageQuery {
  readonly exporter?: string;
  /** Ids and names, any of which is who owes it. */
  readonly parties?: readonly string[];
  readonly kind?: string;
  readonly route?: string;
  readonly status?: ObligationStatus;
  /** Exclusive, milliseconds since 1970. */
  readonly dueBeforeMs?: number;
  readonly nowMs: number;
}

/** `position` is that of the newest event about it. */
export interface ObligationRow extends ObligationDone {
  readonly id: string;
  readonly status: ObligationStatus;
  readonly fulfilment: Fulfilment | null;
  readonly position: Position;
}

/** By an event of its own, or by a fact that the shipment stated: then it has no reference. */
export interface Fulfilment {
  readonly eventId: string;
  readonly position: Position;
  readonly fulfilledAt: string;
  readonly reference: string | null;
  readonly note: string | null;
  readonly principal: string;
}
