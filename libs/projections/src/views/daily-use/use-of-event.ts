import { shownBalance, type LineBalance, type LineEvent, type Shares } from '#ledger';
import { noTpp } from '#rulebook';

/** What an event changed of a line's use. */
export interface UseChange {
  /** The UTC day that it counts on, `YYYY-MM-DD`. */
  readonly day: string;
  /** Change of exported + reserved, in thousandths of TPP; negative where something was given back. */
  readonly milliTpp: number;
}

/** Amounts that move between lines, or that a company declares, were used before or elsewhere. */
const noUse: ReadonlySet<LineEvent['type']> = new Set(['AmountsTakenOver', 'LineClosed', 'HoldingsDeclared']);

const nothing: LineBalance = { allocation: null, exported: noTpp, reserved: noTpp };

/** The amounts that a forecast of the line is about: those of its cap, on a `uveu:` line those of its share outside of partner countries. */
export function forecastBalance(line: string, balance: LineBalance, shares: Shares | undefined): LineBalance {
  if (!line.startsWith('uveu:')) return balance;
  return shares?.['outside-partners'] === undefined ? nothing : shownBalance(balance, shares);
}

/** What of its cap a line has used, in thousandths of TPP: exported and reserved. */
export function usedOf({ exported, reserved }: Pick<LineBalance, 'exported' | 'reserved'>): number {
  return exported + reserved;
}

/** `forecastBalance` right after an event. */
export function balanceAfter(line: string, { balanceMilliTpp, shares }: Pick<LineEvent, 'balanceMilliTpp' | 'shares'>): LineBalance {
  return forecastBalance(line, balanceMilliTpp, shares);
}

/**
 * The use that an event brought. A direct export counts on the day of the export, never on a day after it was recorded; everything else
 * counts on the day on which it was recorded. Undefined for an event that changes no use.
 * @param usedBefore thousandths of TPP that the line had used before the event
 */
export function useOfEvent(line: string, event: LineEvent, usedBefore: number): UseChange | undefined {
  if (noUse.has(event.type)) return undefined;
  const milliTpp = usedOf(balanceAfter(line, event)) - usedBefore;
  if (milliTpp === 0) return undefined;
  const recordedOn = event.recordedAt.slice(0, 10);
  const isDirect = event.type === 'ExportDebited' && event.reservationId === null;
  const day = isDirect && event.exportedAt.slice(0, 10) < recordedOn ? event.exportedAt.slice(0, 10) : recordedOn;
  return { day, milliTpp };
}
