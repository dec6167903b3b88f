import { isOutsideYear, latestEnd, type HoldTerm } from '#ledger';
import { isBoundToPeriod, isOutsidePeriod, type CompiledRulebook } from '#rulebook';
import type { CountedElsewhere } from './counted-elsewhere.js';
import { ExpiryQueue } from './expiry-queue.js';
import type { Occasion } from './occasion.js';
import { recordedReservation, statedShipment, type PastEvents } from './recorded-shipment.js';
import { endHold, holdAsRecorded, type SimulatedHold } from './simulated-hold.js';
import type { SimulatedLines } from './simulated-lines.js';

/** An export as it would stand: what a reversal can give back. */
export interface SimulatedExport {
  readonly line: string;
  readonly debited: number;
  readonly scopes: readonly string[];
}

/**
 * Reservations and exports under the draft. What stands as it was recorded is not kept, but moves its line as
 * recorded: memory is needed for what differs only.
 */
export class SimulatedBooks {
  /** Null for a reservation that the draft refuses, or that ended under it. */
  readonly holds = new Map<string, SimulatedHold | null>();
  /** Null for an export that would not have been. */
  readonly exports = new Map<string, SimulatedExport | null>();
  readonly #draft: CompiledRulebook;
  readonly #past: PastEvents;
  readonly #ends = new ExpiryQueue();

  constructor(
    readonly lines: SimulatedLines,
    /** What shipments count on the lines of validated end users besides. */
    readonly elsewhere: CountedElsewhere,
    options: { readonly draft: CompiledRulebook; readonly past: PastEvents },
  ) {
    this.#draft = options.draft;
    this.#past = options.past;
  }

  /** The line moves as it was recorded. */
  follow({ line, change }: Occasion): void {
    this.lines.get(line).move(change);
  }

  /** Ends the holds that end by themselves: those whose end under the draft the log does not tell. */
  lapseUntil(nowMs: number): void {
    for (let due = this.#ends.takeDue(nowMs); due !== undefined; due = this.#ends.takeDue(nowMs)) {
      const hold = this.holds.get(due.id);
      // It may have ended, or have been given another end.
      if (hold === undefined || hold === null || hold.endsAtMs > due.atMs) continue;
      endHold(hold, this.lines.get(hold.line));
      this.elsewhere.ended(undefined, due.id);
      if (hold.isOrphan) this.holds.delete(due.id);
      else this.holds.set(due.id, null);
    }
  }

  /** The log has nothing more to say of this hold: it ends by itself. */
  orphan(id: string, hold: SimulatedHold): void {
    hold.isOrphan = true;
    this.holds.set(id, hold);
    this.#ends.add(id, hold.endsAtMs);
  }

  /** Whatever the log says of a reservation, this hold ends then. */
  endsByItself(id: string, { endsAtMs }: SimulatedHold): void {
    this.#ends.add(id, endsAtMs);
  }

  /** A hold ends as recorded, or earlier where the draft says so. */
  moveEnd(id: string, hold: SimulatedHold, expiresAt: string): void {
    hold.endsAtMs = this.endOf(hold, expiresAt);
    if (hold.endsAtMs !== Date.parse(expiresAt)) this.endsByItself(id, hold);
  }

  /** When a hold ends under the draft that was to end then. */
  endOf(hold: HoldTerm, expiresAt: string): number {
    return Math.min(Date.parse(expiresAt), latestEnd(this.#draft, hold));
  }

  /**
   * Whether an export of a hold is outside of the period that the hold is bound to, or of the year of a yearly line.
   * @param isBound asked for only where the time is outside of the period
   */
  isOutside(line: string, exportedAt: string, isBound: () => boolean): boolean {
    const atMs = Date.parse(exportedAt);
    return (isOutsidePeriod(this.#draft, atMs) && isBound()) || isOutsideYear(line, atMs);
  }

  /** A hold that stood as recorded right after the event at this revision of its line. */
  asRecorded(line: string, revision: number): SimulatedHold {
    const reservation = recordedReservation(this.#past, line, revision);
    const grantedMs = Date.parse(reservation.createdAt);
    const isBound = isBoundToPeriod(this.#draft, reservation, grantedMs);
    const endsAtMs = this.endOf({ ...reservation, isBound, grantedMs }, reservation.expiresAt ?? reservation.createdAt);
    return holdAsRecorded(reservation, statedShipment(reservation), { grantedMs, endsAtMs, isBound });
  }

  /** What an export debited as it was recorded. */
  debitedBy(line: string, exportRevision: number): number {
    const event = this.#past(line, exportRevision);
    return event?.type === 'ExportDebited' && event.countedAt !== 'licence' ? event.debitedMilliTpp : 0;
  }
}
