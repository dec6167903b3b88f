import fc from 'fast-check';
import { addTpp, fromTpp, isTpp, milliTpp, noTpp, subtractTpp, timesTpp, toTpp, tppMax } from './milli-tpp.js';

const thousandths = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
/** Up to 2^43 TPP, where JSON numbers tell all thousandths apart. */
const writable = fc.integer({ min: 0, max: 2 ** 43 * 1000 });

/** The amount as a person writes it: digits, never a float. */
function written(amount: number): string {
  const digits = String(amount).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}

describe('MilliTpp', () => {
  it('reads every amount of up to three decimals exactly as it is written', () => {
    fc.assert(
      fc.property(writable, (amount) => {
        expect(fromTpp(JSON.parse(written(amount)) as number)).toBe(amount);
      }),
    );
  });

  it('writes every amount so that reading it gives the same amount', () => {
    fc.assert(
      fc.property(writable, (amount) => {
        const json = JSON.stringify(toTpp(milliTpp(amount)));
        expect(fromTpp(JSON.parse(json) as number)).toBe(amount);
        expect(json).toMatch(/^\d+(\.\d{1,3})?$/);
      }),
    );
  });

  it('takes every amount up to the largest, and writes the number that it read', () => {
    fc.assert(
      fc.property(thousandths, (amount) => {
        const tpp = JSON.parse(written(amount)) as number;
        expect(toTpp(fromTpp(tpp))).toBe(tpp);
      }),
    );
    expect(isTpp(JSON.parse('9007199254740.991') as number)).toBe(true);
    expect(isTpp(JSON.parse('9007199254740.992') as number)).toBe(false);
  });

  it('refuses an amount with more than three decimals', () => {
    const fourDecimals = fc
      .tuple(fc.integer({ min: 0, max: 1_000_000_000 }), fc.integer({ min: 1, max: 9 }))
      .map(([amount, digit]) => JSON.parse(`${written(amount)}${digit}`) as number);
    fc.assert(fc.property(fourDecimals, (tpp) => expect(isTpp(tpp)).toBe(false)));
  });

  it.each([-1, -0.001, NaN, Infinity, -Infinity, tppMax + 1, 1e300, 0.0001])('refuses %d TPP', (tpp) => {
    expect(isTpp(tpp)).toBe(false);
    expect(() => fromTpp(tpp)).toThrow(RangeError);
  });

  it('adds a fractional chip a thousand times without drift', () => {
    let total = noTpp;
    for (let unit = 0; unit < 1000; unit += 1) total = addTpp(total, fromTpp(20919.2));
    expect(toTpp(total)).toBe(20919200);
    expect(total).toBe(timesTpp(fromTpp(20919.2), 1000));
  });

  it('adds and subtracts as big integers do, or refuses', () => {
    fc.assert(
      fc.property(thousandths, thousandths, (a, b) => {
        const sum = BigInt(a) + BigInt(b);
        if (sum > BigInt(Number.MAX_SAFE_INTEGER)) expect(() => addTpp(milliTpp(a), milliTpp(b))).toThrow(RangeError);
        else expect(BigInt(addTpp(milliTpp(a), milliTpp(b)))).toBe(sum);
        if (a < b) expect(() => subtractTpp(milliTpp(a), milliTpp(b))).toThrow(RangeError);
        else expect(BigInt(subtractTpp(milliTpp(a), milliTpp(b)))).toBe(BigInt(a) - BigInt(b));
      }),
    );
  });

  it('multiplies as big integers do, or refuses', () => {
    fc.assert(
      fc.property(thousandths, fc.integer({ min: 0, max: 1_000_000 }), (each, quantity) => {
        const product = BigInt(each) * BigInt(quantity);
        if (product > BigInt(Number.MAX_SAFE_INTEGER)) {
          expect(() => timesTpp(milliTpp(each), quantity)).toThrow(RangeError);
        } else {
          expect(BigInt(timesTpp(milliTpp(each), quantity))).toBe(product);
        }
      }),
    );
  });

  it('lets no half chip through, even where half of its amount is whole', () => {
    expect(() => timesTpp(fromTpp(15832), 0.5)).toThrow(RangeError);
  });
});
