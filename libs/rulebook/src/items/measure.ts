import { isTpp, milliTpp, type MilliTpp } from '../milli-tpp.js';

/** A number format of a processing unit: its dense operations per second in units of 10^12, and its input bits. */
export interface FormatRate {
  readonly format: string;
  /** The largest bit length of the inputs to the multiply: W4A16 counts as 16. A whole number, 1 to 1,024. */
  readonly bitLength: number;
  /** Without sparsity; at most three decimals. Two operations a multiply-accumulate (MacTOPS x 2). */
  readonly denseTops: number;
}

/** One kind of processing unit on the integrated circuit, with what it reaches in each format. */
export interface ProcessingUnit {
  readonly name: string;
  /** How many equal ones are on the circuit, 1 to 100,000; left out: 1. */
  readonly count?: number;
  readonly formats: readonly FormatRate[];
}

/** How the TPP of a processing unit came about. */
export interface MeasuredUnit {
  readonly name: string;
  readonly count: number;
  readonly products: readonly (FormatRate & { readonly milliTpp: MilliTpp })[];
  /** The format with the highest product, which counts. */
  readonly best: FormatRate & { readonly milliTpp: MilliTpp };
}

export type Measured =
  | { readonly units: readonly MeasuredUnit[]; readonly milliTpp: MilliTpp; readonly problem?: never }
  | { readonly problem: string; readonly units?: never };

/**
 * The TPP of an integrated circuit: for each processing unit dense TOPS x bit length, the highest over its formats,
 * summed over the units. 15 CFR Part 774, Supp. 1, ECCN 3A090, Technical Note 2, 1 to 3. Never throws.
 */
export function measureTpp(units: readonly ProcessingUnit[]): Measured {
  if (units.length === 0) return { problem: 'Name at least one processing unit.' };
  const measured: MeasuredUnit[] = [];
  let sum = 0;
  for (const { name, count = 1, formats } of units) {
    if (!Number.isInteger(count) || count < 1 || count > 100_000) {
      return { problem: `The number of equal processing units is a whole number from 1 to 100000, not ${count}.` };
    }
    const products = [];
    for (const { format, bitLength, denseTops } of formats) {
      if (!Number.isInteger(bitLength) || bitLength < 1 || bitLength > 1024) {
        return { problem: `A bit length is a whole number from 1 to 1024, not ${bitLength} (${format}).` };
      }
      const product = isTpp(denseTops) ? Math.round(denseTops * 1000) * bitLength : NaN;
      if (!Number.isSafeInteger(product)) {
        const form = 'a number of 0 or more with at most three decimals';
        return { problem: `Dense TOPS are ${form}, not ${denseTops} (${format}).` };
      }
      products.push({ format, bitLength, denseTops, milliTpp: milliTpp(product) });
    }
    const [first, ...others] = products;
    if (first === undefined) return { problem: `${name} has no number format.` };
    const best = others.reduce((highest, each) => (each.milliTpp > highest.milliTpp ? each : highest), first);
    measured.push({ name, count, products, best });
    sum += best.milliTpp * count;
  }
  if (!Number.isSafeInteger(sum)) return { problem: 'The sum is beyond what the ledger counts exactly.' };
  return { units: measured, milliTpp: milliTpp(sum) };
}
