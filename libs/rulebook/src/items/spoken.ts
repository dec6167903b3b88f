import { toTpp, type MilliTpp } from '../milli-tpp.js';

/** With thousands separators, whatever the locale of the machine. */
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 3 });

export function numberText(value: number): string {
  return grouped.format(value);
}

export function tppText(milliTpp: MilliTpp): string {
  return `${numberText(toTpp(milliTpp))} TPP`;
}
