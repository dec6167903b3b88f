/** An exact decimal number: `digits` times ten to the power of `exponent`. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const pattern = /^([+-]?)(\d+)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?$/i;
const digitsMax = 100;

/** The number that a cell of a CSV file names (`1.5832e+16`, `30000.000000000004`), or undefined if it names none. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = pattern.exec(text.trim());
  if (match === null || text.length > digitsMax) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, exponent: Number(exponent) - fraction.length };
}

/** `value` times ten to the power of `exponent`, rounded to a whole number, a half to the even neighbour. */
export function roundHalfEven(value: Decimal, exponent = 0): bigint {
  const shift = value.exponent + exponent;
  if (shift >= 0) return value.digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  const quotient = value.digits / divisor;
  const twiceRest = 2n * absolute(value.digits % divisor);
  const up = twiceRest > divisor || (twiceRest === divisor && quotient % 2n !== 0n);
  if (!up) return quotient;
  return value.digits < 0n ? quotient - 1n : quotient + 1n;
}

/** The whole number that `value` lies within one millionth of, or undefined. */
export function nearlyWhole(value: Decimal): bigint | undefined {
  const whole = roundHalfEven(value);
  const scale = 10n ** BigInt(Math.max(0, -value.exponent));
  const scaled = value.exponent >= 0 ? value.digits * 10n ** BigInt(value.exponent) : value.digits;
  return absolute(scaled - whole * scale) * 1_000_000n <= scale ? whole : undefined;
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);
