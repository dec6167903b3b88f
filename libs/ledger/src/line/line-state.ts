import { milliTpp, noTpp, type MilliTpp } from '#rulebook';
import type { AmountsTakenOver, CapBasis, HoldingsDeclared, LineBalance, LineCounts, LineEvent } from '../events/line-event.js';
import type { Counted, CountedAmounts, DeclaredHoldings, ShareLimits, Shares, TakenOver } from '../events/line-parts.js';
import type { Draft } from '../events/seal.js';
import { leftOfHold, takenBy, type Movement } from './movement.js';
import { limitedAnew, limitsNow, movedInShares, roomInShares, takenOverInShares } from './shares.js';

/** What a line is at a revision, of constant size whatever its history. Every event of the line carries it. */
export interface LineState {
  readonly balance: LineBalance;
  readonly counts: LineCounts;
  readonly suspended: boolean;
  readonly capBasis: CapBasis;
  /** Only on a `uveu:` line, which has no cap of its own: one for each share that counts something. */
  readonly shares?: Shares;
  /** Only on a closed line: the line that carries on its limit. */
  readonly closedInto?: string;
  /** What of the balance is that of closed lines. */
  readonly takenOver?: TakenOver;
  /** What of the balance the company declares to have from outside of the ledger. */
  readonly declared?: DeclaredHoldings;
}

/** What an event says happened, without the state after it. */
export type LineFact = WithoutState<LineEvent>;
type StateMember = 'balanceMilliTpp' | 'counts' | 'suspended' | 'capBasis' | 'shares' | 'closedInto' | 'takenOver' | 'declared';
type WithoutState<Event> = Event extends LineEvent ? Omit<Draft<Event>, StateMember> : never;

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
 * What a shipment can still take of the line: of its cap, or of the shares that would count it and permit `limits`, but
 * for those that it may pass. Null where nothing limits it.
 */
export function roomFor(state: LineState, limits: ShareLimits | undefined, mayPass: readonly string[] = []): MilliTpp | null {
  const { balance, shares } = state;
  if (limits === undefined) return available(balance);
  const binding = Object.entries(limitsNow(limits, state)).filter(([scope]) => !mayPass.includes(scope));
  return roomInShares(shares, Object.fromEntries(binding), balance);
}

/** What was exported and is counted here, without what closed lines have whose limit it carries on, and what is declared. */
export function ownExported({ balance, takenOver = {}, declared }: LineState): MilliTpp {
  const own = balance.exported - (declared?.milliTpp ?? 0);
  return milliTpp(Object.values(takenOver).reduce((left, { exported }) => left - exported, own));
}

/**
 * The state after a fact: the one place where amounts move.
 * @throws RangeError if an amount would fall below zero or leave the exact range: the history is not one of this ledger.
 */
export function evolve(state: LineState, fact: LineFact): LineState {
  const { balance, counts } = state;
  switch (fact.type) {
    case 'QuotaReserved': {
      const { exports, openReservations, refusals } = counts;
      const after = { exports, openReservations: openReservations + 1, refusals };
      return moved(state, fact, takenBy(fact.debitedMilliTpp, fact), after);
    }
    case 'ReservationAmended':
      return moved(state, fact, takenBy(fact.heldMilliTpp - fact.previousHeldMilliTpp, fact), counts);
    case 'ReservationReleased':
      return moved(state, fact, leftOfHold(0, fact.releasedMilliTpp, fact), closedOne(counts));
    case 'ReservationLapsed':
      return moved(state, fact, leftOfHold(0, fact.lapsedMilliTpp, fact), closedOne(counts));
    case 'ReservationRefused':
      return { ...state, counts: { ...counts, refusals: counts.refusals + 1 } };
    case 'ExportDebited': {
      const ofHold = fact.reservationId !== null;
      const exported = { ...counts, exports: counts.exports + 1 };
      const after = ofHold && fact.final ? closedOne(exported) : exported;
      const { debitedMilliTpp: debited, releasedMilliTpp } = fact;
      return moved(state, fact, ofHold ? leftOfHold(debited, releasedMilliTpp, fact) : { exported: debited, reserved: 0 }, after);
    }
    case 'ExportReversed':
      return moved(state, fact, { exported: 0 - fact.creditedMilliTpp, reserved: 0 }, { ...counts, exports: counts.exports - 1 });
    case 'ExportFiled':
      return state;
    case 'AllocationSet': {
      const after: LineState = { ...state, balance: { ...balance, allocation: fact.allocationMilliTpp }, capBasis: fact.basis };
      if (fact.shareLimits === undefined && fact.sharesEnded === undefined) return after;
      return { ...after, shares: limitedAnew(state.shares, fact.shareLimits ?? {}, balance, fact.sharesEnded) };
    }
    case 'LineSuspended':
      return { ...state, suspended: true };
    case 'LineResumed':
      return { ...state, suspended: false };
    case 'LineClosed':
      return { ...state, closedInto: fact.into };
    case 'AmountsTakenOver':
      return carriedOn(state, fact);
    case 'ShipmentCounted':
      return moved(state, fact, { exported: fact.exportedByMilliTpp, reserved: fact.reservedByMilliTpp }, counts);
    case 'HoldingsDeclared':
      return declaredAnew(state, fact);
    case 'AttritionRecorded':
      return moved(state, inNoShare, { exported: 0 - fact.milliTpp, reserved: 0 }, counts);
  }
}

const inNoShare: Counted = {};

function moved(
  state: LineState,
  { scopes, shareLimits }: Counted & { readonly shareLimits?: ShareLimits },
  by: Movement,
  counts: LineCounts,
): LineState {
  const { allocation, exported, reserved } = state.balance;
  const balance = { allocation, exported: milliTpp(exported + by.exported), reserved: milliTpp(reserved + by.reserved) };
  const after: LineState = { ...state, balance, counts };
  if (scopes === undefined) return after;
  return { ...after, shares: movedInShares(state.shares, scopes, by, shareLimits, balance) };
}

function carriedOn(state: LineState, fact: Omit<Draft<AmountsTakenOver>, StateMember>): LineState {
  const { fromLine, fromRevision, exportedMilliTpp, reservedMilliTpp, ofShares, shareLimits } = fact;
  const before = state.takenOver?.[fromLine];
  const { allocation, exported, reserved } = state.balance;
  const amounts = { exported: exportedMilliTpp, reserved: reservedMilliTpp };
  const now = { revision: fromRevision, ...amounts, ...(ofShares && { shares: ofShares }) };
  const after: LineState = {
    ...state,
    balance: {
      allocation,
      exported: milliTpp(exported - (before?.exported ?? 0) + exportedMilliTpp),
      reserved: milliTpp(reserved - (before?.reserved ?? 0) + reservedMilliTpp),
    },
    takenOver: { ...state.takenOver, [fromLine]: now },
  };
  if (ofShares === undefined) return after;
  return { ...after, shares: takenOverInShares(state.shares, before?.shares ?? {}, ofShares, shareLimits, after.balance) };
}

function declaredAnew(state: LineState, fact: Omit<Draft<HoldingsDeclared>, StateMember>): LineState {
  const { declared: before, ...others } = state;
  const { heldMilliTpp, ofShares, shareLimits } = fact;
  const exported = milliTpp(state.balance.exported - (before?.milliTpp ?? 0) + heldMilliTpp);
  const balance = { ...state.balance, exported };
  const declared = heldMilliTpp > 0 && { declared: { milliTpp: heldMilliTpp, ...(ofShares && { shares: ofShares }) } };
  const after: LineState = { ...others, balance, ...declared };
  if (ofShares === undefined && before?.shares === undefined) return after;
  return { ...after, shares: takenOverInShares(state.shares, asExported(before?.shares), asExported(ofShares), shareLimits, balance) };
}

/** What is declared is there already. */
function asExported(amounts: Readonly<Record<string, MilliTpp>> = {}): Readonly<Record<string, CountedAmounts>> {
  return Object.fromEntries(Object.entries(amounts).map(([scope, exported]) => [scope, { exported, reserved: noTpp }]));
}

function closedOne(counts: LineCounts): LineCounts {
  return { ...counts, openReservations: counts.openReservations - 1 };
}

/** The state that an event carries. */
export function stateAfter(event: LineEvent): LineState {
  const { balanceMilliTpp, counts, suspended = false, capBasis = 'rulebook', shares, closedInto, takenOver, declared } = event;
  const state: LineState = { balance: balanceMilliTpp, counts, suspended, capBasis };
  if (shares === undefined && closedInto === undefined && takenOver === undefined && declared === undefined) return state;
  const ofCompany = { ...(closedInto && { closedInto }), ...(takenOver && { takenOver }), ...(declared && { declared }) };
  return { ...state, ...(shares && { shares }), ...ofCompany };
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
