import { itemKey, leftOfHold, type Counted, type ExportedItem, type Reservation } from '#ledger';
import { isDebiting, type ClassifiedItem } from '#rulebook';
import type { DraftApproval, HoldInChange, StatedShipment } from './draft-judge.js';
import type { SimulatedLine } from './simulated-line.js';

/** A reservation as it would stand under the draft. Amounts are thousandths of TPP. */
export interface SimulatedHold extends HoldInChange {
  readonly shipment: StatedShipment;
  /** The items as recorded: a change is told from none by them. */
  readonly stated: readonly ClassifiedItem[];
  readonly items: readonly Pick<ClassifiedItem, 'chip' | 'description' | 'level' | 'route' | 'milliTppPerUnit'>[];
  readonly debits: boolean;
  /** It ends with the quota period at the latest, and is exported with a date of it. */
  readonly isBound: boolean;
  held: number;
  exported: number;
  /** TPP at the level of 3A090.a that left under it, whatever of that was debited. */
  shipped: number;
  /** The log closed the reservation, and nothing of it will happen any more but that it ends. */
  isOrphan: boolean;
  /** When the reservation was granted, and when it ends: milliseconds. */
  readonly grantedMs: number;
  endsAtMs: number;
  readonly countedAt?: 'licence';
}

/** From when to when a hold lasts, and whether the quota period binds it. */
type HoldTerm = Pick<SimulatedHold, 'grantedMs' | 'endsAtMs' | 'isBound'>;

/** The hold that an approval makes. */
export function holdOf(
  approval: DraftApproval,
  shipment: StatedShipment,
  stated: readonly ClassifiedItem[],
  { grantedMs, endsAtMs, isBound }: HoldTerm,
  { countedAt }: Pick<Counted, 'countedAt'>,
): SimulatedHold {
  const { line, route, items, debitedMilliTpp, scopes } = approval;
  return {
    line,
    route,
    scopes,
    shipment,
    stated,
    items,
    debits: debitedMilliTpp > 0,
    isBound,
    held: debitedMilliTpp,
    exported: 0,
    shipped: 0,
    isOrphan: false,
    grantedMs,
    endsAtMs,
    ...(countedAt && { countedAt }),
  };
}

/** A reservation that stood under the draft as it was recorded. */
export function holdAsRecorded(reservation: Reservation, shipment: StatedShipment, term: HoldTerm): SimulatedHold {
  const { line, route, items, debitedMilliTpp, heldMilliTpp, exportedMilliTpp, countedAt } = reservation;
  return {
    line,
    route,
    scopes: reservation.scopes ?? [],
    shipment,
    stated: items,
    items,
    debits: debitedMilliTpp > 0,
    ...term,
    held: heldMilliTpp,
    exported: exportedMilliTpp,
    shipped: items.reduce((sum, item) => (item.level === 'a' ? sum + item.exportedMilliTpp : sum), 0),
    isOrphan: false,
    ...(countedAt && { countedAt }),
  };
}

/** Takes what an export debits out of a hold, at most what it has, and moves the line. @returns what was debited */
export function exportOf(hold: SimulatedHold, line: SimulatedLine, wanted: number): number {
  const debited = Math.min(wanted, hold.held);
  hold.held -= debited;
  hold.exported += debited;
  line.move(leftOfHold(debited, 0, hold), hold.scopes);
  return debited;
}

/** Ends a hold: the line gets back what is left of it. */
export function endHold(hold: SimulatedHold, line: SimulatedLine): void {
  line.move(leftOfHold(0, hold.held, hold), hold.scopes);
  hold.held = 0;
}

/** What exported items debit of a hold, at the levels and TPP that the draft gives them. */
export function debitOfItems(hold: SimulatedHold, exported: readonly ExportedItem[]): number {
  return hold.debits ? sizeOfExported(hold.items, exported, isDebiting) : 0;
}

/**
 * The size of exported items at the levels and TPP that these have, and of those that are none of them as recorded.
 * @param isSized left out: what is at the level of 3A090.a
 */
export function sizeOfExported(
  items: SimulatedHold['items'],
  exported: readonly ExportedItem[],
  isSized: typeof isDebiting = ({ level }) => level === 'a',
): number {
  let debit = 0;
  for (const item of exported) {
    const key = itemKey(item);
    const unit = items.find((each) => itemKey(each) === key) ?? item;
    if (!isSized(unit)) continue;
    if (unit.milliTppPerUnit === item.milliTppPerUnit) debit += item.milliTpp;
    else if (item.quantity !== null) debit += unit.milliTppPerUnit * item.quantity;
    else debit += inProportion(item.milliTpp, unit.milliTppPerUnit, item.milliTppPerUnit);
  }
  return debit;
}

/** Rounded down; the product may leave the exact range although the share does not. */
function inProportion(amount: number, to: number, from: number): number {
  return from === 0 ? 0 : Number((BigInt(amount) * BigInt(to)) / BigInt(from));
}
