import type { ClassifiedItem, Determined, Reason } from '../determination.js';
import { milliTpp, type MilliTpp } from '../milli-tpp.js';
import type { NeededLevels } from './route-rule.js';

export type Refusal = NonNullable<Determined['refusal']>;

export function refusal(code: Refusal['code'], reasons: readonly Reason[]): Refusal {
  return { code, reasons };
}

/** What was found before any route is asked. */
export interface Found {
  readonly contradictions: readonly Reason[];
  readonly barred: Refusal | null;
  /** What the route that is taken says besides: items declared below what the catalogue computes, and territories. */
  readonly notes: readonly Reason[];
}

export interface Sizes {
  readonly all: MilliTpp;
  /** Of the items at the level of 3A090.a. */
  readonly levelA: MilliTpp;
  readonly has: NeededLevels;
}

/** The sizes of a shipment: its items stay in the exact range. */
export function sizesOf(items: readonly ClassifiedItem[]): Sizes {
  let all = 0;
  let levelA = 0;
  let a = false;
  let b = false;
  let c = false;
  for (const { level, milliTppPerUnit, quantity } of items) {
    const amount = milliTppPerUnit * quantity;
    all += amount;
    if (level === 'a') {
      levelA += amount;
      a = true;
    } else if (level === 'b') b = true;
    else if (level === 'c') c = true;
  }
  return { all: milliTpp(all), levelA: milliTpp(levelA), has: { a, b, c } };
}
