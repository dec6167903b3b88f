import { noMovement, type ExportDebited, type ExportReversed, type ReservationLapsed, type ReservationReleased } from '#ledger';
import { noTpp, type CompiledRulebook } from '#rulebook';
import { recordedSide } from './decision-sides.js';
import type { Occasion } from './occasion.js';
import type { SecondOpinion } from './second-opinion.js';
import type { SimulatedBooks } from './simulated-books.js';
import { debitOfItems, endHold, exportOf, sizeOfExported } from './simulated-hold.js';
import type { DecisionSide } from './simulation-result.js';

/** Lets what happened to reservations and exports happen to the simulated ones. */
export class ReplayFollowUps {
  /** What happened to a reservation or export that there would not have been. */
  withoutEffect = 0;

  constructor(
    private readonly draft: CompiledRulebook,
    private readonly books: SimulatedBooks,
    private readonly opinion: SecondOpinion,
  ) {}

  exported(occasion: Occasion<ExportDebited>, reservationId: string): void {
    const { event, line } = occasion;
    const { holds, exports, lines } = this.books;
    const kept = holds.get(reservationId);
    if (kept === null) {
      this.withoutEffect += 1;
      exports.set(event.exportId, null);
      if (event.final) holds.delete(reservationId);
      return;
    }
    this.opinion.judged += 1;
    const isBound = (): boolean => (kept ?? this.books.asRecorded(line, event.reservationRevision ?? 0)).isBound;
    if (this.books.isOutside(kept?.line ?? line, event.exportedAt, isBound)) return this.#refuseExport(occasion, reservationId);
    const of = { id: reservationId, exportId: event.exportId, shipment: kept?.shipment ?? event, own: kept?.line ?? line, final: event.final };
    const size = sizeOfExported(kept?.items ?? [], event.items);
    this.books.elsewhere.exported(occasion, of, size, Date.parse(event.exportedAt));
    if (kept === undefined) return this.books.follow(occasion);
    const simulated = lines.get(kept.line);
    const debited = exportOf(kept, simulated, debitOfItems(kept, event.items));
    kept.shipped += size;
    // What counted with the licence is never credited.
    exports.set(event.exportId, { line: kept.line, debited: kept.countedAt ? 0 : debited, scopes: kept.scopes });
    if (!event.final) return;
    endHold(kept, simulated);
    holds.delete(reservationId);
  }

  ended(occasion: Occasion<ReservationReleased | ReservationLapsed>): void {
    const { reservationId } = occasion.event;
    const hold = this.books.holds.get(reservationId);
    this.books.elsewhere.ended(occasion, reservationId);
    if (hold === undefined) return this.books.follow(occasion);
    if (hold === null) this.withoutEffect += 1;
    else endHold(hold, this.books.lines.get(hold.line));
    this.books.holds.delete(reservationId);
  }

  reversed(occasion: Occasion<ExportReversed>): void {
    const { event, line, change, recordedUnder } = occasion;
    const kept = this.books.exports.get(event.exportId);
    this.books.exports.delete(event.exportId);
    if (kept === null) {
      this.withoutEffect += 1;
      return;
    }
    this.books.elsewhere.reversed(occasion, event.exportId);
    const credits = this.draft.document.policy.reversalCredits[event.code];
    const before = recordedUnder?.document.policy.reversalCredits[event.code] ?? event.creditedMilliTpp > 0;
    if (kept === undefined && credits === before) return this.books.follow(occasion);
    const debited = kept?.debited ?? this.books.debitedBy(line, event.exportRevision);
    const movement = credits ? { exported: -debited, reserved: 0 } : noMovement;
    const simulatedLine = kept?.line ?? line;
    this.books.lines.get(simulatedLine).move(movement, kept?.scopes);
    if (credits === before) return;
    const side = { outcome: 'allowed', code: null, route: null, milliTpp: null } as const;
    const recorded: DecisionSide = { ...side, line, debitedMilliTpp: change.exported };
    const simulated: DecisionSide = { ...side, line, debitedMilliTpp: movement.exported };
    const { id, version } = this.draft.reference;
    this.opinion.note(occasion, { operation: 'reverse', subject: event.exportId }, recorded, simulated, () => [
      {
        code: credits ? 'reversal-credits' : 'reversal-does-not-credit',
        text: `Under the draft a reversal as ${event.code} gives ${credits ? 'its TPP' : 'nothing'} back.`,
        citation: `rulebook ${id} ${version}, policy.reversalCredits.${event.code}`,
      },
    ]);
  }

  /** The export is not made; what it would have taken stays held until the hold ends. */
  #refuseExport(occasion: Occasion<ExportDebited>, reservationId: string): void {
    const { event, line } = occasion;
    const hold = this.books.holds.get(reservationId) ?? this.books.asRecorded(line, event.reservationRevision ?? 0);
    const recorded = recordedSide(event, line);
    const code = 'outside-quota-period';
    const simulated = { ...recorded, outcome: 'refused', code, line: hold.line, debitedMilliTpp: noTpp } as const;
    const { period } = this.draft.document;
    const text = `${event.exportedAt} is outside of the period of ${hold.line} under the draft (${period.start} until before ${period.end}).`;
    this.opinion.note(occasion, { operation: 'export', subject: event.exportId }, recorded, simulated, () => [
      { code, text, citation: period.citation },
    ]);
    this.books.exports.set(event.exportId, null);
    if (event.final) this.books.orphan(reservationId, hold);
    else this.books.holds.set(reservationId, hold);
  }
}
