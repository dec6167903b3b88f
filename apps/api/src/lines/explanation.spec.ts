import { decodeEvent, type LineEvent } from '#ledger';
import { SampleLog } from '../../../../libs/projections/src/testing/sample-log.js';
import { Explanation } from './explanation.js';

const log = new SampleLog({ capMilliTpp: 10_000 }).adopt();
log.reserve('a', 4_000).reserve('b', 1_000).export('x', 3_000, 'a').export('d', 500).reverse('d', 500).release('b').cap(12_000).amend('a', 900).refuse('no', 99_000);

const explained = (): Explanation => {
  const explanation = new Explanation('country:AE');
  for (const { stream, json } of log.events) if (stream === 'quota-country:AE') explanation.take(decodeEvent(json) as LineEvent);
  return explanation;
};
const shown = (figure: 'allocation' | 'reserved' | 'exported' | 'available'): unknown => {
  const { terms, total } = explained().of(figure, null);
  return [...terms.map(({ text, count, tpp }) => `${text} ${count} ${tpp}`), total];
};

describe('the explanation of a figure', () => {
  it.each([
    ['allocation', ['Granted by the rulebook 0 10', 'Orders that set the cap 1 2', 12]],
    ['exported', ['Exports 2 3.5', 'Reversals 1 -0.5', 3]],
    ['reserved', ['Reservations 2 5', 'Exports 1 -3', 'Releases 1 -1', 'Amendments of reservations 1 -0.1', 0.9]],
    ['available', ['Granted by the rulebook 0 10', 'Reservations 2 -5', 'Exports without a reservation, and what they gave back 1 -0.5', 'Reversals 1 0.5', 'Releases 1 1', 'Orders that set the cap 1 2', 'Amendments of reservations 1 0.1', 8.1]],
  ] as const)('of what is %s sums up to it', (figure, expected) => {
    expect(shown(figure)).toEqual(expected);
    const { terms, total } = explained().of(figure, null);
    expect(Math.round(terms.reduce((sum, { tpp }) => sum + tpp, 0) * 1000)).toBe(Math.round((total ?? 0) * 1000));
  });

  it('of a line without events is the cap alone', () => {
    expect(new Explanation('country:AE').of('available', 10_000)).toMatchObject({ terms: [{ tpp: 10 }], total: 10 });
    expect(new Explanation('country:DE').of('available', null)).toEqual({ terms: [], total: null });
  });
});
