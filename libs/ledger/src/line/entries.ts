import type { ClassifiedItem, Consignee, MilliTpp, Route } from '#rulebook';
import type { Stated } from '../events/line-event.js';
import type { RulebookReference } from '../events/recorded.js';
import type { Counted, CountedElsewhere } from '../events/line-parts.js';

export type ReservationStatus = 'held' | 'partly-exported' | 'exported' | 'released' | 'lapsed' | 'refused';

/** An item of a reservation and how much of it left the country. */
export interface ReservedItem extends ClassifiedItem {
  readonly exportedMilliTpp: MilliTpp;
  /** Units that left; a fraction where only TPP were reported. An item without TPP is counted by it alone. */
  readonly exportedQuantity: number;
}

/** A reservation as it stands: the fold of its events. */
export interface Reservation extends Stated, Counted, CountedElsewhere {
  readonly id: string;
  readonly line: string;
  readonly status: ReservationStatus;
  readonly destination: string;
  readonly exporter: string;
  readonly consignee: Consignee | null;
  readonly route: Route;
  readonly items: readonly ReservedItem[];
  /** Size of the shipment. */
  readonly milliTpp: MilliTpp;
  /** What it took from the line in all. */
  readonly debitedMilliTpp: MilliTpp;
  /**
   * What may still be shipped under it. The sum over open reservations is the line's `reserved`, but for those that
   * are counted at their licence: what they hold is among the line's `exported` already.
   */
  readonly heldMilliTpp: MilliTpp;
  /** What its exports debited. */
  readonly exportedMilliTpp: MilliTpp;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly reference: string | null;
  readonly rulebook: RulebookReference;
  /** Revision of its first and of its newest event: the latter is its ETag. */
  readonly createdRevision: number;
  readonly revision: number;
}

export type ExportStatus = 'posted' | 'reversed';

/** An export as it stands: what is needed to decide a reversal or a filing. */
export interface PostedExport extends Counted, CountedElsewhere {
  readonly id: string;
  readonly line: string;
  readonly status: ExportStatus;
  readonly exporter: string;
  readonly debitedMilliTpp: MilliTpp;
  /** Internal Transaction Number, given with the export or filed later. */
  readonly itn: string | null;
  readonly recordedAt: string;
  /** Revision of its `ExportDebited` and of its newest event. */
  readonly createdRevision: number;
  readonly revision: number;
}
