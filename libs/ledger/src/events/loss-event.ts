import type { Recorded } from './recorded.js';

/**
 * In the stream `losses`: events that had been acknowledged were missing when the ledger was opened, and an operator went
 * on without them. On a cluster each instance that accepts what it had seen records one. It answers nothing.
 */
export interface LossAccepted extends Recorded {
  readonly type: 'LossAccepted';
  /** Position of the first event that was missing. */
  readonly firstMissing: number;
  /** The newest event that was known, by its former position. */
  readonly known: { readonly position: number; readonly eventId: string };
}
