import { builtInRulebook } from '../document/built-in-rulebook.js';
import { fromTpp } from '../milli-tpp.js';

const { levelBounds } = builtInRulebook();

/** The deciding paragraph at `tpp` on `areaMm2`; `none`, or `unknown`. */
function paragraphOf(tpp: number, areaMm2: number | null, datacenter = true): string {
  const found = levelBounds.classify({
    milliTpp: fromTpp(tpp),
    dieAreaMilliMm2: areaMm2 === null ? null : Math.round(areaMm2 * 1000),
    datacenter,
  });
  return found === 'unknown' ? found : (found.paragraph ?? found.eccn);
}

describe('LevelBounds of 3A090', () => {
  it.each([
    // TPP alone
    [4800, null, '3A090.a.1'],
    [4800, 100_000, '3A090.a.1'],
    [1599.999, null, 'none'],
    [1599.999, 1, 'none'],
    // density 5.92: 592 TPP on 100 mm2, so 4,736 on 800
    [4736, 800, '3A090.a.2'],
    [4735.999, 800, '3A090.b.1'],
    [1600, 270.27, '3A090.a.2'],
    [1600, 270.271, '3A090.b.2'],
    // density 3.2
    [2399.999, 750, 'none'],
    [2399.999, 749.999, '3A090.b.2'],
    [1600, 500, '3A090.b.2'],
    [1600, 500.001, 'none'],
    // density 1.6 from 2,400 TPP on
    [2400, 1500, '3A090.b.1'],
    [2400, 1500.001, 'none'],
    [4799.999, 2999.999, '3A090.b.1'],
    // density unknown where it decides
    [4799.999, null, 'unknown'],
    [1600, null, 'unknown'],
  ] as const)('puts %d TPP on %p mm2 under %s', (tpp, areaMm2, paragraph) => {
    expect(paragraphOf(tpp, areaMm2)).toBe(paragraph);
  });

  it('compares densities exactly where a float quotient would not', () => {
    // 1,613.792 / 272.6 is 5.92 exactly; in binary the quotient is a little less.
    expect(1613.792 / 272.6).toBeLessThan(5.92);
    expect(paragraphOf(1613.792, 272.6)).toBe('3A090.a.2');
  });

  it('leaves items that are not for datacentres alone below 4,800 TPP, with or without a die area', () => {
    expect(paragraphOf(4799.999, 100, false)).toBe('none');
    expect(paragraphOf(4799.999, null, false)).toBe('none');
    expect(paragraphOf(4800, null, false)).toBe('3A090.a.1');
  });
});
