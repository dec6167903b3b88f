import { builtInRulebook } from '../document/built-in-rulebook.js';
import { fromTpp, toTpp } from '../milli-tpp.js';
import { uveuLimits } from './uveu-limits.js';

const rulebook = builtInRulebook();
const atMs = Date.parse('2026-03-01T00:00:00Z');
type Limits = readonly (readonly [scope: string, tpp: number])[];
const limits = (headquarters: string, destination: string, declared = 100_000_000): Limits =>
  (uveuLimits(rulebook, { declaredMilliTpp: fromTpp(declared), headquarters }, destination, atMs) ?? []).map(
    ({ scope, limit }) => [scope, toTpp(limit)],
  );

describe('uveuLimits', () => {
  it('are 25 % together, 7 % in the country and 50 % outside of the US for US companies', () => {
    expect(limits('US', 'AE')).toEqual([
      ['outside-partners', 25_000_000], ['country:AE', 7_000_000], ['outside-home', 50_000_000],
    ]);
  });

  it('leave companies of other partners the first two, and none in partner countries', () => {
    expect(limits('DE', 'AE')).toEqual([['outside-partners', 25_000_000], ['country:AE', 7_000_000]]);
    expect(limits('DE', 'JP')).toEqual([]);
    expect(limits('US', 'JP')).toEqual([['outside-home', 50_000_000]]);
  });

  it('are rounded down to a thousandth, also of the largest amount', () => {
    expect(limits('DE', 'AE', 0.999)).toEqual([['outside-partners', 0.249], ['country:AE', 0.069]]);
    expect(limits('DE', 'AE', 9_007_199_254_740.99)[0]).toEqual(['outside-partners', 2_251_799_813_685.247]);
    expect(limits('DE', 'AE', 9_007_199_254_740.99)[1]).toEqual(['country:AE', 630_503_947_831.869]);
  });
});
