/**
 * Training operations: whole numbers from 0 to 10^30, given and compared as doubles. Two single figures compare as
 * doubles do. Sums are made of the decimals that these doubles stand for (the shortest that reads back as the same
 * double, as JSON prints it), in whole numbers of any size: 9e25 and 1e25 are 1e26 exactly, in whatever order they
 * come, where a binary sum of many parts could end one step below the threshold.
 */
export const operationsMax = 1e30;

/** Whether `value` is a figure that can be counted: a whole number from 0 to 10^30. */
export function isOperations(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= operationsMax;
}

/** The decimal that a whole number of operations is written as, exactly. */
export function exactOperations(operations: number): bigint {
  const [mantissa = '0', exponent = '0'] = String(operations).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction) * 10n ** BigInt(Number(exponent) - fraction.length);
}

/** What is known of a number of operations: both bounds inclusive, `most` null where there is no upper bound. */
export interface OperationsRange {
  readonly least: bigint;
  readonly most: bigint | null;
}

/** Nothing is known. */
export const anyOperations: OperationsRange = { least: 0n, most: null };
export const noOperations: OperationsRange = { least: 0n, most: 0n };

export function exactRange(operations: bigint): OperationsRange {
  return { least: operations, most: operations };
}

export function isExact({ least, most }: OperationsRange): boolean {
  return least === most;
}

export function addRanges(ranges: Iterable<OperationsRange>): OperationsRange {
  let least = 0n;
  let most: bigint | null = 0n;
  for (const range of ranges) {
    least += range.least;
    most = most === null || range.most === null ? null : most + range.most;
  }
  return { least, most };
}

/** Something between nothing and `range`: what counts only if a question that is open is answered with yes. */
export function upTo({ most }: OperationsRange): OperationsRange {
  return { least: 0n, most };
}

/** An answer that may be missing: `unknown` is no guess in either direction. */
export type Answer = 'yes' | 'no' | 'unknown';

/** Whether `first` times `firstFactor` exceeds `second` times `secondFactor`, wherever in their ranges they are. */
export function exceeds(
  first: OperationsRange,
  firstFactor: bigint,
  second: OperationsRange,
  secondFactor: bigint,
): Answer {
  if (second.most !== null && first.least * firstFactor > second.most * secondFactor) return 'yes';
  if (first.most !== null && first.most * firstFactor <= second.least * secondFactor) return 'no';
  return 'unknown';
}

/** For people: `3.8e25`, `at least 2e25`, `2e25 to 6e25`, `an unknown number of`. All digits that count. */
export function operationsText({ least, most }: OperationsRange): string {
  if (least === most) return decimalText(least);
  if (most === null) return least === 0n ? 'an unknown number of' : `at least ${decimalText(least)}`;
  return `${decimalText(least)} to ${decimalText(most)}`;
}

function decimalText(operations: bigint): string {
  const digits = operations.toString();
  if (digits.length <= 6) return digits;
  const significant = digits.replace(/0+$/, '');
  const fraction = significant.slice(1);
  return `${significant.slice(0, 1)}${fraction === '' ? '' : `.${fraction}`}e${digits.length - 1}`;
}
