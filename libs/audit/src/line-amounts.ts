import type { Amounts, AmountsTakenOver, Counting, HoldingsDeclared, Limits, LineEvent } from './line-event.js';

type Shares = Readonly<Record<string, Amounts & { readonly limit: number }>>;
type TakenOver = Readonly<Record<string, Amounts & { readonly revision: number; readonly shares: Readonly<Record<string, Amounts>> }>>;

/** What a line's events add up to. Amounts in thousandths of TPP. */
export interface LineAmounts extends Amounts {
  readonly allocation: number | null;
  readonly exports: number;
  readonly openReservations: number;
  readonly refusals: number;
  readonly suspended: boolean;
  readonly closedInto: string | null;
  /** Of a `uveu:` line, by scope. */
  readonly shares: Shares;
  /** By closed line. */
  readonly takenOver: TakenOver;
  /** From outside of the ledger; null where nothing is declared. */
  readonly declared: Declared | null;
}

interface Declared {
  readonly amount: number;
  readonly shares: Limits;
}

/** The line before its first event: the cap that this event found. */
export function amountsBefore(first: LineEvent): LineAmounts {
  const allocation = first.type === 'AllocationSet' ? first.previousMilliTpp : first.balanceMilliTpp.allocation;
  const nothing = { exported: 0, reserved: 0, exports: 0, openReservations: 0, refusals: 0 };
  return { allocation, ...nothing, suspended: false, closedInto: null, shares: {}, takenOver: {}, declared: null };
}

/**
 * Adds one event, from what it says happened and not from the state that it carries. Deliberately written a second
 * time: a check that shares its arithmetic with the ledger would repeat the ledger's mistakes.
 */
export function add(event: LineEvent, to: LineAmounts): LineAmounts {
  switch (event.type) {
    case 'QuotaReserved':
      return { ...count(event, to, 0, event.debitedMilliTpp), openReservations: to.openReservations + 1 };
    case 'ReservationAmended':
      return count(event, to, 0, event.heldMilliTpp - event.previousHeldMilliTpp);
    case 'ReservationReleased':
      return { ...count(event, to, 0, 0 - event.releasedMilliTpp), openReservations: to.openReservations - 1 };
    case 'ReservationLapsed':
      return { ...count(event, to, 0, 0 - event.lapsedMilliTpp), openReservations: to.openReservations - 1 };
    case 'ReservationRefused':
      return { ...to, refusals: to.refusals + 1 };
    case 'ExportDebited': {
      const { debitedMilliTpp, releasedMilliTpp, reservationId } = event;
      const wasCounted = event.countedAt === 'licence' && reservationId !== null;
      const debited = wasCounted ? to : count(event, to, debitedMilliTpp, reservationId === null ? 0 : 0 - debitedMilliTpp - releasedMilliTpp);
      const ends = reservationId !== null && event.final;
      return { ...debited, exports: to.exports + 1, openReservations: to.openReservations - (ends ? 1 : 0) };
    }
    case 'ExportReversed':
      return { ...count(event, to, 0 - event.creditedMilliTpp, 0), exports: to.exports - 1 };
    case 'ExportFiled':
      return to;
    case 'AllocationSet':
      return wholly({ ...to, allocation: event.allocationMilliTpp, shares: without(limited(to.shares, event.shareLimits), event.sharesEnded) });
    case 'LineSuspended':
      return { ...to, suspended: true };
    case 'LineResumed':
      return { ...to, suspended: false };
    case 'LineClosed':
      return { ...to, closedInto: event.into };
    case 'AmountsTakenOver':
      return carriedOn(event, to);
    case 'ShipmentCounted':
      return count(event, to, event.exportedByMilliTpp, event.reservedByMilliTpp);
    case 'HoldingsDeclared':
      return declaredAnew(event, to);
    case 'AttritionRecorded':
      return { ...to, exported: to.exported - event.milliTpp };
  }
}

/** A hold that counts at its licence adds to what is exported, for good; shares count whatever the line counts. */
function count(event: Counting, to: LineAmounts, exportedBy: number, reservedBy: number): LineAmounts {
  const forGood = event.countedAt === 'licence';
  const out = forGood ? exportedBy + Math.max(0, reservedBy) : exportedBy;
  const held = forGood ? 0 : reservedBy;
  let shares = limited(to.shares, event.shareLimits);
  for (const scope of event.scopes ?? []) shares = inShare(shares, scope, out, held);
  return wholly({ ...to, exported: to.exported + out, reserved: to.reserved + held, shares });
}

/** Nothing that a line debits stays at home: of that share as much is used as of the line. */
function wholly(line: LineAmounts): LineAmounts {
  const { exported, reserved, shares } = line;
  const outside = shares['outside-home'];
  return outside === undefined ? line : { ...line, shares: { ...shares, 'outside-home': { ...outside, exported, reserved } } };
}

function without(shares: Shares, ended: readonly string[] = []): Shares {
  return Object.fromEntries(Object.entries(shares).filter(([scope]) => !ended.includes(scope)));
}

function inShare(shares: Shares, scope: string, exportedBy: number, reservedBy: number): Shares {
  const { limit, exported, reserved } = shares[scope] ?? { limit: 0, exported: 0, reserved: 0 };
  return { ...shares, [scope]: { limit, exported: exported + exportedBy, reserved: reserved + reservedBy } };
}

function limited(shares: Shares, limits: Limits = {}): Shares {
  let after = shares;
  for (const [scope, limit] of Object.entries(limits)) {
    after = { ...after, [scope]: { exported: 0, reserved: 0, ...after[scope], limit } };
  }
  return after;
}

function carriedOn(event: AmountsTakenOver, to: LineAmounts): LineAmounts {
  const { fromLine, fromRevision, exportedMilliTpp, reservedMilliTpp, ofShares = {} } = event;
  const before = to.takenOver[fromLine] ?? { exported: 0, reserved: 0, shares: {} };
  let shares = limited(to.shares, event.shareLimits);
  const counted = (amounts: Readonly<Record<string, Amounts>>) => Object.entries(amounts).filter(([scope]) => scope !== 'outside-home');
  for (const [scope, { exported, reserved }] of counted(before.shares)) shares = inShare(shares, scope, -exported, -reserved);
  for (const [scope, { exported, reserved }] of counted(ofShares)) shares = inShare(shares, scope, exported, reserved);
  const now = { revision: fromRevision, exported: exportedMilliTpp, reserved: reservedMilliTpp, shares: ofShares };
  return wholly({
    ...to,
    exported: to.exported - before.exported + exportedMilliTpp,
    reserved: to.reserved - before.reserved + reservedMilliTpp,
    shares,
    takenOver: { ...to.takenOver, [fromLine]: now },
  });
}

/** It takes the place of what was declared before. */
function declaredAnew(event: HoldingsDeclared, to: LineAmounts): LineAmounts {
  const { heldMilliTpp, ofShares = {} } = event;
  const before = to.declared ?? { amount: 0, shares: {} };
  let shares = limited(to.shares, event.shareLimits);
  for (const [scope, amount] of Object.entries(before.shares)) shares = inShare(shares, scope, -amount, 0);
  for (const [scope, amount] of Object.entries(ofShares)) shares = inShare(shares, scope, amount, 0);
  const declared = heldMilliTpp === 0 ? null : { amount: heldMilliTpp, shares: ofShares };
  return wholly({ ...to, exported: to.exported - before.amount + heldMilliTpp, shares, declared });
}

/** What an event says the line came to. */
export function amountsIn(event: LineEvent): LineAmounts {
  const { balanceMilliTpp, counts, suspended, closedInto = null } = event;
  const { allocation, exported, reserved } = balanceMilliTpp;
  const { exports, openReservations, refusals } = counts;
  const shares = Object.entries(event.shares ?? {}).map(
    ([scope, { limitMilliTpp: limit, ...amounts }]) => [scope, { limit, ...amounts }] as const,
  );
  const takenOver = Object.entries(event.takenOver ?? {}).map(([line, each]) => [line, { shares: {}, ...each }] as const);
  return {
    allocation,
    exported,
    reserved,
    exports,
    openReservations,
    refusals,
    suspended: suspended === true,
    closedInto,
    shares: Object.fromEntries(shares),
    takenOver: Object.fromEntries(takenOver),
    declared: event.declared === undefined ? null : { amount: event.declared.milliTpp, shares: event.declared.shares ?? {} },
  };
}
