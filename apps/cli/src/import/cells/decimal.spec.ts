import { nearlyWhole, parseDecimal, roundHalfEven, type Decimal } from './decimal.js';

const decimal = (text: string): Decimal => {
  const value = parseDecimal(text);
  if (value === undefined) throw new Error(`${text} is no number`);
  return value;
};

describe('an exact decimal', () => {
  it('reads what spreadsheets and Python write', () => {
    expect(parseDecimal('1.5832e+16')).toEqual({ digits: 15832n, exponent: 12 });
    expect(parseDecimal(' 814.0 ')).toEqual({ digits: 8140n, exponent: -1 });
    expect(parseDecimal('-3')).toEqual({ digits: -3n, exponent: 0 });
  });

  it.each(['', ' ', 'nan', 'inf', '1,000', '0x10', '1e', '.5', '1e9999', '1 000', '--1'])('refuses %p', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  it('refuses a number too long to be one', () => {
    expect(parseDecimal('9'.repeat(101))).toBeUndefined();
  });

  it.each([
    ['1042079999999998.4', -9, 1_042_080n],
    ['2.09192e+16', -9, 20_919_200n],
    ['0.5', 0, 0n],
    ['1.5', 0, 2n],
    ['2.5', 0, 2n],
    ['2.5000001', 0, 3n],
    ['-2.5', 0, -2n],
    ['-3.5', 0, -4n],
    ['7', 3, 7000n],
  ])('rounds %s times 10^%i half to even', (text, exponent, rounded) => {
    expect(roundHalfEven(decimal(text), exponent)).toBe(rounded);
  });

  it.each([
    ['30000.000000000004', 30_000n],
    ['200000.00000000003', 200_000n],
    ['7.000001', 7n],
    ['6.999999', 7n],
    ['7.0000011', undefined],
    ['6.9999989', undefined],
    ['7.5', undefined],
    ['3e3', 3000n],
  ])('takes %s for %p whole units', (text, whole) => {
    expect(nearlyWhole(decimal(text))).toBe(whole);
  });
});
