import type { DutyParty } from '#rulebook';
import type { AnswersById, Recorded } from './recorded.js';

/** Who owes an obligation: an exporter by name, a company by its slug. */
export interface ObligationParty {
  readonly role: DutyParty;
  readonly id: string;
  readonly name: string;
}

/**
 * An obligation as it stood when it was fulfilled. Obligations follow from the log and are stored nowhere else; one that is
 * done stays visible whatever happens to the export that gave rise to it.
 */
export interface ObligationDone {
  readonly kind: string;
  readonly text: string;
  readonly citation: string;
  readonly party: ObligationParty;
  /** Null where it is not one exporter's matter. */
  readonly exporter: string | null;
  /** Who receives the shipments, as far as they say. */
  readonly consignee: string | null;
  readonly route: string;
  readonly line: string;
  readonly reservationId: string | null;
  readonly exportId: string | null;
  /** RFC 3339; what a duty that comes back covers, from its first moment until before its last. */
  readonly period: { readonly from: string; readonly until: string } | null;
  readonly dueAt: string;
  /** The event that gave rise to it. */
  readonly raisedBy: { readonly eventId: string; readonly position: number };
}

/** In the stream `obligation-<id>`, of which it is the only event. */
export interface ObligationFulfilled extends Recorded, AnswersById {
  readonly type: 'ObligationFulfilled';
  readonly obligationId: string;
  readonly obligation: ObligationDone;
  readonly fulfilledAt: string;
  /** Where the evidence is to be found: the number of a letter, an address, a file. */
  readonly reference: string;
  readonly note: string | null;
}
