import { countsAtLicence, heldSize, movesOf, takenBy, usualEnd } from '#ledger';
import type { ExportDebited, ExportedItem, Movement, QuotaReserved, ReservationAmended, ReservationRefused } from '#ledger';
import { isBoundToPeriod, isOutsidePeriod, type ClassifiedItem, type CompiledRulebook, type Reason } from '#rulebook';
import { recordedSide } from './decision-sides.js';
import type { DraftApproval } from './draft-judge.js';
import type { Occasion } from './occasion.js';
import { sameItems, statedShipment } from './recorded-shipment.js';
import type { SecondOpinion } from './second-opinion.js';
import type { SimulatedBooks } from './simulated-books.js';
import { exportOf, holdOf, type SimulatedHold } from './simulated-hold.js';

type Requested = QuotaReserved | ExportDebited | ReservationAmended;

/** Takes the requests of the log again: reservations, direct exports, changes, and what was refused. */
export class ReplayRequests {
  /** Changes of what the draft refused before. */
  withoutEffect = 0;
  /** Refusals of which the log says too little. */
  notJudged = 0;

  constructor(
    private readonly draft: CompiledRulebook,
    private readonly books: SimulatedBooks,
    private readonly opinion: SecondOpinion,
  ) {}

  reserved(occasion: Occasion<QuotaReserved>): void {
    const { event, nowMs } = occasion;
    const { reservationId: id, items } = event;
    const shipment = statedShipment(event);
    const verdict = this.opinion.on(occasion, { operation: 'reserve', subject: id, shipment, items, whenMs: nowMs });
    if (!verdict.allowed) {
      this.books.holds.set(id, null);
      return;
    }
    this.books.elsewhere.held(occasion, id, shipment, verdict.line, heldSize(verdict.items), nowMs);
    const hold = this.#newHold(verdict, shipment, items, event.expiresAt, nowMs);
    const movement = takenBy(hold.held, hold);
    const endsAsRecorded = hold.endsAtMs === Date.parse(event.expiresAt);
    if (endsAsRecorded && movesAsRecorded(occasion, verdict, movement)) return this.books.follow(occasion);
    this.books.lines.get(hold.line).move(movement, hold.scopes);
    this.books.holds.set(id, hold);
    if (!endsAsRecorded) this.books.endsByItself(id, hold);
  }

  exportedDirectly(occasion: Occasion<ExportDebited>): void {
    const { event } = occasion;
    const verdict = this.opinion.on(occasion, {
      operation: 'export-direct',
      subject: event.exportId,
      shipment: statedShipment(event),
      items: event.items.map(asStated),
      whenMs: Date.parse(event.exportedAt),
    });
    if (!verdict.allowed) {
      this.books.exports.set(event.exportId, null);
      return;
    }
    const { line, debitedMilliTpp: debited, scopes } = verdict;
    const { exportId } = event;
    const of = { id: exportId, exportId, shipment: statedShipment(event), own: line, final: true };
    this.books.elsewhere.exported(occasion, of, heldSize(verdict.items), Date.parse(event.exportedAt));
    const movement = { exported: debited, reserved: 0 };
    const isForGood = countsAtLicence(this.draft, line);
    const countsAsRecorded = isForGood === (event.countedAt === 'licence');
    if (countsAsRecorded && movesAsRecorded(occasion, verdict, movement)) return this.books.follow(occasion);
    this.books.lines.get(line).move(movement, scopes);
    // What counted with the licence is never credited.
    this.books.exports.set(event.exportId, { line, debited: isForGood ? 0 : debited, scopes });
  }

  amended(occasion: Occasion<ReservationAmended>): void {
    const { event, line, nowMs } = occasion;
    const { reservationId: id, items } = event;
    const kept = this.books.holds.get(id);
    if (kept === null) {
      this.withoutEffect += 1;
      return;
    }
    const hold = kept ?? this.books.asRecorded(line, event.reservationRevision);
    if (sameItems(hold.stated, items) && movesOf(event).length === 0) {
      // Only its end or its reference changed: the same items that are counted elsewhere from now on were determined anew.
      if (kept === undefined && this.#endsAsRecorded(hold, event.expiresAt)) return this.books.follow(occasion);
      this.books.holds.set(id, hold);
      return this.books.moveEnd(id, hold, event.expiresAt);
    }
    const request = { operation: 'amend', subject: id, shipment: hold.shipment, items, whenMs: nowMs, inChange: hold } as const;
    const verdict = this.opinion.on(occasion, request);
    if (!verdict.allowed) {
      // The recorded reservation goes on as it was changed, the simulated one as it was.
      this.books.holds.set(id, hold);
      this.books.endsByItself(id, hold);
      return;
    }
    this.books.elsewhere.held(occasion, id, hold.shipment, hold.line, heldSize(verdict.items) - hold.shipped, nowMs);
    const movement = takenBy(growthOf(hold, verdict), hold);
    const followed = kept === undefined && this.#endsAsRecorded({ ...hold, ...verdict }, event.expiresAt);
    if (followed && movesAsRecorded(occasion, verdict, movement)) return this.books.follow(occasion);
    const changed = this.#change(id, hold, verdict, items, nowMs);
    this.books.moveEnd(id, changed, event.expiresAt);
  }

  refused(occasion: Occasion<ReservationRefused>): void {
    switch (occasion.event.operation) {
      case 'reserve':
        return this.#refusedReservation(occasion);
      case 'export-direct':
        return this.#refusedExport(occasion);
      case 'amend':
        return this.#refusedChange(occasion);
      case 'export':
        return this.#refusedExportOfHold(occasion);
    }
  }

  #refusedReservation(occasion: Occasion<ReservationRefused>): void {
    const { event, nowMs } = occasion;
    const { reservationId: id, items } = event;
    const shipment = statedShipment(event);
    const verdict = this.opinion.on(occasion, { operation: 'reserve', subject: id, shipment, items, whenMs: nowMs });
    if (!verdict.allowed) return;
    const end = event.expiresAt ?? new Date(usualEnd(this.draft, nowMs)).toISOString();
    const hold = this.#newHold(verdict, shipment, items, end, nowMs);
    this.books.lines.get(hold.line).move(takenBy(hold.held, hold), hold.scopes);
    this.books.elsewhere.held(occasion, id, shipment, verdict.line, heldSize(verdict.items), nowMs);
    this.books.orphan(id, hold);
  }

  #refusedExport(occasion: Occasion<ReservationRefused>): void {
    const { event } = occasion;
    if (event.exportedAt === undefined) {
      this.notJudged += 1;
      return;
    }
    const verdict = this.opinion.on(occasion, {
      operation: 'export-direct',
      subject: event.reservationId,
      shipment: statedShipment(event),
      items: event.items,
      whenMs: Date.parse(event.exportedAt),
    });
    if (!verdict.allowed) return;
    const of = { id: event.reservationId, exportId: event.reservationId, shipment: statedShipment(event), own: verdict.line, final: true };
    this.books.elsewhere.exported(occasion, of, heldSize(verdict.items), Date.parse(event.exportedAt));
    this.books.lines.get(verdict.line).move({ exported: verdict.debitedMilliTpp, reserved: 0 }, verdict.scopes);
  }

  #refusedChange(occasion: Occasion<ReservationRefused>): void {
    const { event, nowMs } = occasion;
    const { reservationId: id, items } = event;
    const hold = this.#holdOfRefusal(occasion);
    if (hold === undefined) return;
    const request = { operation: 'amend', subject: id, shipment: hold.shipment, items, whenMs: nowMs, inChange: hold } as const;
    const verdict = this.opinion.on(occasion, request);
    if (!verdict.allowed) return;
    this.books.elsewhere.held(occasion, id, hold.shipment, hold.line, heldSize(verdict.items) - hold.shipped, nowMs);
    this.#change(id, hold, verdict, items, nowMs);
  }

  /** An export of a hold is refused only for its date. */
  #refusedExportOfHold(occasion: Occasion<ReservationRefused>): void {
    const { event, line } = occasion;
    if (event.exportedAt === undefined) {
      this.notJudged += 1;
      return;
    }
    const hold = this.#holdOfRefusal(occasion);
    if (hold === undefined) return;
    this.opinion.judged += 1;
    if (this.books.isOutside(hold.line, event.exportedAt, () => hold.isBound)) return;
    this.books.holds.set(event.reservationId, hold);
    const debited = exportOf(hold, this.books.lines.get(hold.line), event.requestedMilliTpp);
    const of = { id: event.reservationId, exportId: event.commandId ?? '', shipment: hold.shipment, own: hold.line, final: false };
    this.books.elsewhere.exported(occasion, of, debited, Date.parse(event.exportedAt));
    hold.shipped += debited;
    const recorded = recordedSide(event, line);
    const simulated = { ...recorded, outcome: 'allowed', code: null, line: hold.line, debitedMilliTpp: debited } as const;
    const { exportedAt } = event;
    this.opinion.note(occasion, { operation: 'export', subject: event.reservationId }, recorded, simulated, () => [
      this.#whyInTime(exportedAt),
    ]);
  }

  #whyInTime(exportedAt: string): Reason {
    const { period } = this.draft.document;
    if (isOutsidePeriod(this.draft, Date.parse(exportedAt))) {
      const text = 'Under the draft only what draws on the allocation of a country is bound to the quota period.';
      return { code: 'not-bound-to-quota-period', text, citation: period.citation };
    }
    const text = `The draft's quota period runs from ${period.start} until before ${period.end}.`;
    return { code: 'inside-quota-period', text, citation: period.citation };
  }

  /** The hold that a refused change or export is about; undefined if there is none under the draft, or none is named. */
  #holdOfRefusal({ event, line }: Occasion<ReservationRefused>): SimulatedHold | undefined {
    const kept = this.books.holds.get(event.reservationId);
    if (kept === null) this.withoutEffect += 1;
    if (kept !== undefined) return kept ?? undefined;
    if (event.holdRevision !== undefined) return this.books.asRecorded(line, event.holdRevision);
    this.notJudged += 1;
    return undefined;
  }

  /** Whether the draft lets the hold last as long as it was recorded to. */
  #endsAsRecorded(hold: SimulatedHold, expiresAt: string): boolean {
    return this.books.endOf(hold, expiresAt) === Date.parse(expiresAt);
  }

  #newHold(
    verdict: DraftApproval,
    shipment: SimulatedHold['shipment'],
    items: readonly ClassifiedItem[],
    expiresAt: string,
    nowMs: number,
  ): SimulatedHold {
    const { line } = verdict;
    const isBound = isBoundToPeriod(this.draft, verdict, nowMs);
    const endsAtMs = this.books.endOf({ ...verdict, isBound, grantedMs: nowMs }, expiresAt);
    const counted = countsAtLicence(this.draft, line) ? ({ countedAt: 'licence' } as const) : {};
    return holdOf(verdict, shipment, items, { grantedMs: nowMs, endsAtMs, isBound }, counted);
  }

  /** The hold as it stands after a change. */
  #change(
    id: string,
    hold: SimulatedHold,
    verdict: DraftApproval,
    stated: readonly ClassifiedItem[],
    nowMs: number,
  ): SimulatedHold {
    const growth = growthOf(hold, verdict);
    const { route, items, debitedMilliTpp, scopes } = verdict;
    const isBound = isBoundToPeriod(this.draft, verdict, nowMs);
    const changed = { ...hold, route, stated, items, scopes, isBound, held: hold.held + growth, debits: debitedMilliTpp > 0 };
    this.books.lines.get(hold.line).move(takenBy(growth, hold), scopes);
    this.books.holds.set(id, changed);
    return changed;
  }
}

/** What a change adds to what the hold has. */
function growthOf({ held, exported }: SimulatedHold, { debitedMilliTpp }: DraftApproval): number {
  return debitedMilliTpp - exported - held;
}

/** Whether the line moves as it was recorded, and whatever happens next can be taken as it was recorded. */
function movesAsRecorded({ line, change, event }: Occasion<Requested>, verdict: DraftApproval, movement: Movement): boolean {
  return (
    verdict.line === line &&
    verdict.sameItems &&
    verdict.items.every(({ route }, index) => route === event.items[index]?.route) &&
    verdict.scopes.length === 0 &&
    movement.exported === change.exported &&
    movement.reserved === change.reserved
  );
}

/** A direct export takes whole units. */
function asStated({ quantity, ...item }: ExportedItem): ClassifiedItem {
  return { ...item, quantity: quantity ?? 0 };
}
