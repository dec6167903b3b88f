import { asWritten, readNumber } from './number-readings.js';

describe('a number', () => {
  it.each(['1', '1000', '100.0', '30000.000000000004', '1.5832e+16', '0.100', '1.00', '1.0000', '20919.200', '1.000e3', '-3', '0.5'])(
    'is read in the one way that there is: %s',
    (text) => {
      expect(readNumber(text)).toHaveProperty('value');
    },
  );

  it.each([
    ['1.000', ['1', '1000']],
    ['12.000', ['12', '12000']],
    ['2.500', ['2.5', '2500']],
    ['15.832', ['15.8320', '15832']],
    ['-1.000', ['-1', '-1000']],
    ['1,000', ['1', '1000']],
    ['814,125', ['814.1250', '814125']],
  ])('%s can be read in two ways', (text, readings) => {
    expect(readNumber(text)).toEqual({ readings });
  });

  it.each([
    ['1.000.000', '1000000'],
    ['1,000,000', '1000000'],
    ['1.000,5', '1000.5'],
    ['1,000.5', '1000.5'],
    ['1.234.567,89', '1234567.89'],
    ["1'000", '1000'],
    ['1\u2019000.25', '1000.25'],
    ['1 000', '1000'],
    ['1\u00a0000', '1000'],
    ['12\u202f345,5', '12345.5'],
    ['1_000', '1000'],
    ['1,00,000', '100000'],
    ['12,34,567.5', '1234567.5'],
    ['12,5', '12.5'],
    ['100,0', '100'],
    ['1,00', '1'],
    ['0,500', '0.5'],
    ['1,5e3', '1.5e3'],
  ])('%s is written otherwise', (text, reading) => {
    expect(readNumber(text)).toEqual({ readings: [reading] });
  });

  it.each(['', 'many', '1.000.00', '1 00', '1.000.5', '1,000,5', '0.000.000', 'nan', '1,2,3', '10,000,00'])('has no reading: %j', (text) => {
    expect(readNumber(text)).toEqual({ readings: [] });
  });

  it.each([
    ['15.832', '15.8320'],
    ['15832', '15832'],
    ['1000.125', '1000.125'],
    ['1.5', '1.5'],
    ['100', '100'],
  ])('is written so that it can be read in one way: %s', (text, written) => {
    expect(asWritten(text)).toBe(written);
    expect(readNumber(written)).toHaveProperty('value');
  });
});
