import type { LineEvent } from '#ledger';

/** What a line's events add up to. Amounts in thousandths of TPP. */
export interface LineAmounts {
  readonly allocation: number | null;
  readonly exported: number;
  readonly reserved: number;
  readonly exports: number;
  readonly openReservations: number;
  readonly refusals: number;
  readonly suspended: boolean;
}

/** The line before its first event: the cap that this event found. */
export function amountsBefore(first: LineEvent): LineAmounts {
  const allocation = first.type === 'AllocationSet' ? first.previousMilliTpp : first.balanceMilliTpp.allocation;
  return { allocation, exported: 0, reserved: 0, exports: 0, openReservations: 0, refusals: 0, suspended: false };
}

/**
 * Adds one event, from what it says happened and not from the state that it carries. Deliberately written a second
 * time: a check that shares its arithmetic with the ledger would repeat the ledger's mistakes.
 */
export function add(event: LineEvent, to: LineAmounts): LineAmounts {
  switch (event.type) {
    case 'QuotaReserved':
      return { ...to, reserved: to.reserved + event.debitedMilliTpp, openReservations: to.openReservations + 1 };
    case 'ReservationAmended':
      return { ...to, reserved: to.reserved - event.previousHeldMilliTpp + event.heldMilliTpp };
    case 'ReservationReleased':
      return { ...to, reserved: to.reserved - event.releasedMilliTpp, openReservations: to.openReservations - 1 };
    case 'ReservationLapsed':
      return { ...to, reserved: to.reserved - event.lapsedMilliTpp, openReservations: to.openReservations - 1 };
    case 'ReservationRefused':
      return { ...to, refusals: to.refusals + 1 };
    case 'ExportDebited': {
      const exported = { ...to, exported: to.exported + event.debitedMilliTpp, exports: to.exports + 1 };
      if (event.reservationId === null) return exported;
      const reserved = to.reserved - event.debitedMilliTpp - event.releasedMilliTpp;
      return { ...exported, reserved, openReservations: to.openReservations - (event.final ? 1 : 0) };
    }
    case 'ExportReversed':
      return { ...to, exported: to.exported - event.creditedMilliTpp, exports: to.exports - 1 };
    case 'AllocationSet':
      return { ...to, allocation: event.allocationMilliTpp };
    case 'LineSuspended':
      return { ...to, suspended: true };
    case 'LineResumed':
      return { ...to, suspended: false };
  }
}

/** What an event says the line came to. */
export function amountsIn({ balanceMilliTpp, counts, suspended }: LineEvent): LineAmounts {
  const { allocation, exported, reserved } = balanceMilliTpp;
  const { exports, openReservations, refusals } = counts;
  return { allocation, exported, reserved, exports, openReservations, refusals, suspended: suspended === true };
}
