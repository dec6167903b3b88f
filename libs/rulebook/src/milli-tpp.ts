/**
 * An exact amount of Total Processing Performance, in thousandths of TPP.
 * A branded safe integer: sums and products of it are exact up to 9,007,199,254,740.991 TPP.
 *
 * As JSON numbers, thousandths can be told apart up to 8,796,093,022,208 TPP (2^43). Between there and the largest
 * amount, two neighbours may share one number; reading and writing a number still gives the same number.
 */
export type MilliTpp = number & { readonly __unit: 'MilliTpp' };

/** The largest amount that can be represented, in TPP. */
export const tppMax = Number.MAX_SAFE_INTEGER / 1000;

export const noTpp = 0 as MilliTpp;

/** @throws RangeError unless `thousandths` is a safe integer of zero or more. */
export function milliTpp(thousandths: number): MilliTpp {
  if (!Number.isSafeInteger(thousandths) || thousandths < 0) {
    throw new RangeError(`Not an amount of TPP: ${thousandths} thousandths.`);
  }
  return thousandths as MilliTpp;
}

/** Whether a number of TPP is an exact amount: at most three decimals, zero or more, at most `tppMax`. */
export function isTpp(tpp: number): boolean {
  return thousandthsOf(tpp) !== undefined;
}

/**
 * The amount that a JSON number of TPP names.
 * @throws RangeError if it has more than three decimals, is negative, not a number or too large.
 */
export function fromTpp(tpp: number): MilliTpp {
  const thousandths = thousandthsOf(tpp);
  if (thousandths === undefined) throw new RangeError(`Not an amount of TPP with at most three decimals: ${tpp}.`);
  return thousandths as MilliTpp;
}

/** The whole number of thousandths that is written as `tpp`, or undefined. */
function thousandthsOf(tpp: number): number | undefined {
  const near = Math.round(tpp * 1000);
  if (isWritten(near, tpp)) return near;
  // From 2^42 on the product's own rounding can miss the amount by one.
  if (isWritten(near - 1, tpp)) return near - 1;
  return isWritten(near + 1, tpp) ? near + 1 : undefined;
}

function isWritten(thousandths: number, tpp: number): boolean {
  return Number.isSafeInteger(thousandths) && thousandths >= 0 && thousandths / 1000 === tpp;
}

/** The amount as a number of TPP for JSON and people: at most three decimals, exact to the thousandth. */
export function toTpp(amount: MilliTpp): number {
  return amount / 1000;
}

/** @throws RangeError if the sum leaves the exact range. */
export function addTpp(a: MilliTpp, b: MilliTpp): MilliTpp {
  return milliTpp(a + b);
}

/** @throws RangeError if `b` is more than `a`. */
export function subtractTpp(a: MilliTpp, b: MilliTpp): MilliTpp {
  return milliTpp(a - b);
}

/**
 * The amount of `quantity` units.
 * @throws RangeError unless `quantity` is a whole number: half of an even amount is whole, half a chip is not.
 */
export function timesTpp(each: MilliTpp, quantity: number): MilliTpp {
  if (!Number.isSafeInteger(quantity)) throw new RangeError(`Not a number of units: ${quantity}.`);
  return milliTpp(each * quantity);
}
