import type { FormatRate, ProcessingUnit } from './measure.js';

/** Formats as texts say them, or what is wrong with the first one that says nothing. */
export type ReadFormats =
  | { readonly units: readonly ProcessingUnit[]; readonly problem?: never }
  | { readonly problem: string; readonly units?: never };

export const formatForm = 'NAME:TOPS:BITS as FP8:1979:8, or UNIT/NAME:TOPS:BITS as tensor/FP8:1979:8';

const form = /^(?:(?<unit>[^:/]{1,40})\/)?(?<format>[^:/]{1,40}):(?<tops>\d{1,15}(?:\.\d{1,3})?):(?<bits>\d{1,4})$/;

/**
 * Reads what a data sheet gives: `FP8:1979:8` is 1,979 dense TOPS of 8-bit inputs, a slash names the kind of
 * processing unit. Formats of one kind are alternatives, of which the highest counts; kinds add up.
 * 15 CFR Part 774, Supp. 1, ECCN 3A090, Technical Note 2, 1.d and 2. Never throws.
 * @param count how many of each kind the circuit has
 */
export function readFormats(texts: readonly string[], count = 1): ReadFormats {
  const byUnit = new Map<string, FormatRate[]>();
  for (const text of texts) {
    const found = form.exec(text.trim())?.groups;
    if (found === undefined) return { problem: `A format is ${formatForm}, not ${JSON.stringify(text.slice(0, 100))}.` };
    const { unit = 'Circuit', format = '', tops, bits } = found;
    const rate = { format, bitLength: Number(bits), denseTops: Number(tops) };
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), rate]);
  }
  return { units: [...byUnit].map(([name, formats]) => ({ name, count, formats })) };
}
