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
  readonly #sums = { allocation: new Map<string, Sum>(), reserved: new Map<string, Sum>(), exported: new Map<string, Sum>() };
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
    if (figure === 'allocation') return { terms: [...cap, ...this.#terms('allocation', 1)], total: balance.allocation === null ? null : balance.allocation / 1000 };
    if (figure !== 'available') return { terms: this.#terms(figure, 1), total: balance[figure] / 1000 };
    const left = balance.allocation === null ? null : (balance.allocation - balance.reserved - balance.exported) / 1000;
    const terms = [...cap, ...this.#terms('allocation', 1), ...this.#terms('exported', -1), ...this.#terms('reserved', -1)];
    return { terms: left === null ? [] : merged(terms), total: left };
  }

  #terms(figure: 'allocation' | 'reserved' | 'exported', sign: 1 | -1): readonly Term[] {
    return Array.from(this.#sums[figure], ([type, { count, milliTpp }]) => ({
      text: texts[type] ?? type,
      type,
      count,
      tpp: (sign * milliTpp) / 1000,
      events: `/v1/events?stream=${encodeURIComponent(quotaStreamOf(this.line))}&type=${type}`,
    }));
  }

  #add(figure: 'allocation' | 'reserved' | 'exported', type: string, milliTpp: number): void {
    if (milliTpp === 0) return;
    const sums = this.#sums[figure];
    const sum = sums.get(type) ?? { count: 0, milliTpp: 0 };
    sum.count += 1;
    sum.milliTpp += milliTpp;
    sums.set(type, sum);
  }
}

/** An export of a hold moves an amount from reserved to exported: for what is left it is nothing. */
function merged(terms: readonly Term[]): readonly Term[] {
  const byType = new Map<string | null, Term>();
  for (const term of terms) {
    const known = byType.get(term.type);
    byType.set(term.type, known === undefined ? term : { ...term, count: Math.max(known.count, term.count), tpp: Math.round((known.tpp + term.tpp) * 1000) / 1000 });
  }
  return [...byType.values()].filter(({ tpp, type }) => tpp !== 0 || type === null);
}

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
