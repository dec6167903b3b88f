import { addTpp, noTpp, subtractTpp, type MilliTpp } from '#rulebook';
import type { CapBasis, LineBalance, LineCounts, LineEvent } from '../events/ledger-event.js';
import type { Draft } from '../events/seal.js';

/** What a line is at a revision, of constant size whatever its history. Every event of the line carries it. */
export interface LineState {
  readonly balance: LineBalance;
  readonly counts: LineCounts;
  readonly suspended: boolean;
  readonly capBasis: CapBasis;
}

/** What an event says happened, without the state after it. */
export type LineFact = WithoutState<LineEvent>;
type WithoutState<Event> = Event extends LineEvent
  ? Omit<Draft<Event>, 'balanceMilliTpp' | 'counts' | 'suspended' | 'capBasis'>
  : never;

/** A line without history: the cap that the rulebook grants it, untouched. */
export function untouchedLine(allocation: MilliTpp | null): LineState {
  return {
    balance: { allocation, exported: noTpp, reserved: noTpp },
    counts: { exports: 0, openReservations: 0, refusals: 0 },
    suspended: false,
    capBasis: 'rulebook',
  };
}

/** What is left of the cap; 0 where the cap was set below the use, null without a cap. */
export function available({ allocation, exported, reserved }: LineBalance): MilliTpp | null {
  if (allocation === null) return null;
  return Math.max(0, allocation - exported - reserved) as MilliTpp;
}

/**
 * The state after a fact: the one place where amounts move.
 * @throws RangeError if an amount would fall below zero or leave the exact range: the history is not one of this ledger.
 */
export function evolve(state: LineState, fact: LineFact): LineState {
  const { balance, counts } = state;
  const { exported, reserved } = balance;
  switch (fact.type) {
    case 'QuotaReserved':
      return moved(state, exported, addTpp(reserved, fact.debitedMilliTpp), { ...counts, openReservations: counts.openReservations + 1 });
    case 'ReservationAmended':
      return moved(state, exported, addTpp(subtractTpp(reserved, fact.previousHeldMilliTpp), fact.heldMilliTpp), counts);
    case 'ReservationReleased':
      return moved(state, exported, subtractTpp(reserved, fact.releasedMilliTpp), closedOne(counts));
    case 'ReservationLapsed':
      return moved(state, exported, subtractTpp(reserved, fact.lapsedMilliTpp), closedOne(counts));
    case 'ReservationRefused':
      return { ...state, counts: { ...counts, refusals: counts.refusals + 1 } };
    case 'ExportDebited': {
      const ofHold = fact.reservationId !== null;
      const left = ofHold ? subtractTpp(subtractTpp(reserved, fact.debitedMilliTpp), fact.releasedMilliTpp) : reserved;
      const after = { ...counts, exports: counts.exports + 1 };
      return moved(state, addTpp(exported, fact.debitedMilliTpp), left, ofHold && fact.final ? closedOne(after) : after);
    }
    case 'ExportReversed':
      return moved(state, subtractTpp(exported, fact.creditedMilliTpp), reserved, { ...counts, exports: counts.exports - 1 });
    case 'AllocationSet':
      return { ...state, balance: { ...balance, allocation: fact.allocationMilliTpp }, capBasis: fact.basis };
    case 'LineSuspended':
      return { ...state, suspended: true };
    case 'LineResumed':
      return { ...state, suspended: false };
  }
}

function moved(state: LineState, exported: MilliTpp, reserved: MilliTpp, counts: LineCounts): LineState {
  return { ...state, balance: { allocation: state.balance.allocation, exported, reserved }, counts };
}

function closedOne(counts: LineCounts): LineCounts {
  return { ...counts, openReservations: counts.openReservations - 1 };
}

/** The state that an event carries. */
export function stateAfter(event: LineEvent): LineState {
  const { balanceMilliTpp, counts, suspended = false, capBasis = 'rulebook' } = event;
  return { balance: balanceMilliTpp, counts, suspended, capBasis };
}

/** The line before its first event: the cap that this event found. */
export function stateBeforeFirst(event: LineEvent): LineState {
  return untouchedLine(event.type === 'AllocationSet' ? event.previousMilliTpp : event.balanceMilliTpp.allocation);
}

/**
 * Folds a line's history from its first event on, from the facts alone: what the carried states must equal.
 * @param before the state before the first of `history`; left out if it starts at the line's first event.
 */
export function fold(history: Iterable<LineEvent>, before?: LineState): LineState | undefined {
  let state = before;
  for (const event of history) state = evolve(state ?? stateBeforeFirst(event), event);
  return state;
}
