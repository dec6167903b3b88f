import { daysUntil, outlookOf } from './outlook.js';

describe('what a forecast alert goes by', () => {
  it.each([
    [90, 400, { raises: true, closes: false }],
    [0, 400, { raises: true, closes: false }],
    [91, 400, { raises: false, closes: false }],
    [100, 400, { raises: false, closes: false }],
    [101, 400, { raises: false, closes: true }],
    [Infinity, 400, { raises: false, closes: true }],
    [50, 50, { raises: true, closes: false }],
    [51, 50, { raises: false, closes: true }],
    [undefined, 400, { raises: false, closes: true }],
  ])('with %p days left and %p to the end of the period is %j', (days, toEnd, expected) => {
    expect(outlookOf(days, toEnd)).toEqual(expected);
  });

  it.each([
    [100, 10, 10],
    [101, 10, 11],
    [0, 10, 0],
    [-5, 10, 0],
    [100, 0, Infinity],
    [100, -3, Infinity],
  ])('uses up %d at %d a day in %d days', (left, rate, days) => {
    expect(daysUntil(left, rate)).toBe(days);
  });
});
