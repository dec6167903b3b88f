import { quotaStreamOf, type LineBalance, type LineEvent } from '#ledger';
import { forecastBalance } from '#projections';
import type { Body } from '#wire';

export const figures = ['allocation', 'reserved', 'exported', 'available'] as const;
export type Figure = (typeof figures)[number];

type Term = Body<'Explanation'>['terms'][number];

interface Sum {
  count: number;
  milliTpp: number;
}

const noBalance: LineBalance = { allocation: null, exported: 0 as LineBalance['exported'], reserved: 0 as LineBalance['reserved'] };

/** What every kind of event changed of a line's figures, summed up event by event in the order of the log. */
export class Explanation {
  readonly #sums = { allocation: new Map<string, Sum>(), reserved: new Map<string, Sum>(), exported: new Map<string, Sum>(), available: new Map<string, Sum>() };
  #before: LineBalance | undefined;
  /** What the line's first event found: the cap by the rulebook. */
  #granted: number | null | undefined;

  constructor(private readonly line: string) {}

  take(event: LineEvent): void {
    const now = forecastBalance(this.line, event.balanceMilliTpp, event.shares);
    const before = this.#before ?? { ...noBalance, allocation: event.type === 'AllocationSet' ? event.previousMilliTpp : now.allocation };
    if (this.#before === undefined) this.#granted = before.allocation;
    this.#add('allocation', event.type, (now.allocation ?? 0) - (before.allocation ?? 0));
    this.#add('reserved', event.type, now.reserved - before.reserved);
    this.#add('exported', event.type, now.exported - before.exported);
    // An export of a hold moves an amount from reserved to exported: what is left stays the same.
    this.#add('available', event.type, leftOf(now) - leftOf(before));
    this.#before = now;
  }

  /**
   * The terms that a figure is the sum of, in TPP.
   * @param untouched the cap of a line without events, in thousandths of TPP; null without a cap
   */
  of(figure: Figure, untouched: number | null): Pick<Body<'Explanation'>, 'terms' | 'total'> {
    const granted = this.#granted === undefined ? untouched : this.#granted;
    const balance = this.#before ?? { ...noBalance, allocation: untouched };
    const cap: readonly Term[] = granted === null ? [] : [{ text: 'Granted by the rulebook', type: null, count: 0, tpp: granted / 1000, events: null }];
    if (figure === 'allocation') return { terms: [...cap, ...this.#terms('allocation')], total: balance.allocation === null ? null : balance.allocation / 1000 };
    if (figure !== 'available') return { terms: this.#terms(figure), total: balance[figure] / 1000 };
    if (balance.allocation === null) return { terms: [], total: null };
    return { terms: [...cap, ...this.#terms('available')], total: leftOf(balance) / 1000 };
  }

  #terms(figure: Figure): readonly Term[] {
    return Array.from(this.#sums[figure], ([type, { count, milliTpp }]) => ({
      text: (figure === 'available' ? leftTexts[type] : undefined) ?? texts[type] ?? type,
      type,
      count,
      tpp: milliTpp / 1000,
      events: `/v1/events?stream=${encodeURIComponent(quotaStreamOf(this.line))}&type=${type}`,
    }));
  }

  #add(figure: Figure, type: string, milliTpp: number): void {
    if (milliTpp === 0) return;
    const sums = this.#sums[figure];
    const sum = sums.get(type) ?? { count: 0, milliTpp: 0 };
    sum.count += 1;
    sum.milliTpp += milliTpp;
    sums.set(type, sum);
  }
}

/** Of the cap; what was used beyond it counts as well. */
function leftOf({ allocation, reserved, exported }: Readonly<Record<'reserved' | 'exported', number>> & { readonly allocation: number | null }): number {
  return (allocation ?? 0) - reserved - exported;
}

/** What changes what is left is less than what changes the other figures. */
const leftTexts: Readonly<Record<string, string>> = { ExportDebited: 'Exports without a reservation, and what they gave back' };

const texts: Readonly<Record<string, string>> = {
  QuotaReserved: 'Reservations',
  ReservationAmended: 'Amendments of reservations',
  ReservationReleased: 'Releases',
  ReservationLapsed: 'Holds that lapsed',
  ExportDebited: 'Exports',
  ExportReversed: 'Reversals',
  AllocationSet: 'Orders that set the cap',
  LineClosed: 'Closed by a merger',
  AmountsTakenOver: 'Taken over from closed lines',
  ShipmentCounted: 'Shipments that another line decided',
  HoldingsDeclared: 'Declared by the company',
  AttritionRecorded: 'Attrition',
};
