import fc from 'fast-check';
import {
  addRanges,
  exactOperations,
  exactRange,
  exceeds,
  isOperations,
  operationsText,
  upTo,
  type OperationsRange,
} from './operations.js';

const operations = fc.oneof(
  fc.integer({ min: 0, max: 1_000_000 }),
  fc.double({ min: 0, max: 1e30, noNaN: true }).map(Math.round),
  fc.double({ min: 1e25, max: 2e26, noNaN: true }),
);

describe('a number of operations', () => {
  it.each([
    [0, 0n],
    [7, 7n],
    [1e26, 10n ** 26n],
    [9e25, 9n * 10n ** 25n],
    [5.0000000000001e26, 50000000000001n * 10n ** 13n],
    [1.114817000000001e24, 1114817000000001n * 10n ** 9n],
    [123456789012345680000, 123456789012345680000n],
    [1e30, 10n ** 30n],
  ])('%p is the decimal that it is written as', (value, exact) => {
    expect(exactOperations(value)).toBe(exact);
  });

  it.each([NaN, Infinity, -1, 0.5, 1.0000001e30])('is not %p', (value) => {
    expect(isOperations(value)).toBe(false);
  });

  it('adds parts as they are written, where a sum of doubles ends elsewhere', () => {
    const parts = [1.1e25, 8.9e25];
    expect(1.1e25 + 8.9e25).toBeLessThan(1e26);
    const sum = addRanges(parts.map((part) => exactRange(exactOperations(part))));
    expect(sum).toEqual(exactRange(10n ** 26n));
  });

  it('compares as doubles do, and reads back as the same double', () => {
    fc.assert(
      fc.property(operations, operations, (a, b) => {
        expect(exactOperations(a) < exactOperations(b)).toBe(a < b);
        expect(Number(exactOperations(a))).toBe(a);
      }),
    );
  });

  it.each<[OperationsRange, string]>([
    [exactRange(12_000n), '12000'],
    [exactRange(38n * 10n ** 24n), '3.8e25'],
    [exactRange(10n ** 26n), '1e26'],
    [{ least: 0n, most: null }, 'an unknown number of'],
    [{ least: 2n * 10n ** 25n, most: null }, 'at least 2e25'],
    [upTo(exactRange(10n ** 7n)), '0 to 1e7'],
  ])('%p reads %s', (range, text) => {
    expect(operationsText(range)).toBe(text);
  });

  it('exceeds another for sure, for sure not, or nobody knows', () => {
    const ten = exactRange(10n);
    expect(exceeds(exactRange(11n), 1n, ten, 1n)).toBe('yes');
    expect(exceeds(ten, 1n, ten, 1n)).toBe('no');
    expect(exceeds({ least: 9n, most: 11n }, 1n, ten, 1n)).toBe('unknown');
    expect(exceeds({ least: 0n, most: null }, 1n, ten, 1n)).toBe('unknown');
    expect(exceeds(ten, 1n, { least: 10n, most: null }, 1n)).toBe('no');
  });
});
