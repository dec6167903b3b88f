import fc from 'fast-check';
import { canonicalJson } from '#rulebook';
import { hasPrevious } from './log-account.js';

const digest = 'dGhpcyBpcyBhIGhhc2ggb2YgYW4gZXZlbnQsIDQzIGNo';

describe('the hash of the event before', () => {
  it.each<[unknown, boolean]>([
    [{ prev: digest }, true],
    [{ a: [{ b: '"' }, '\\\\', '{'], prev: digest, z: { prev: 'x' } }, true],
    [{ a: { prev: 'x' }, prev: digest }, true],
    [{ a: { prev: digest }, prev: digest }, true],
    [{ a: { prev: digest }, prev: 'x' }, false],
    [{ a: [{ prev: digest }] }, false],
    [{ a: `"prev":"${digest}"`, prev: 'x' }, false],
    [{ prev: 'x', z: { prev: digest } }, false],
    [{ prev: null }, false],
    [{}, false],
  ])('is the one of the event itself: %j', (event, expected) => {
    expect(hasPrevious(canonicalJson(event), digest)).toBe(expected);
  });

  it('is found as it is by parsing, whatever the event is', () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(digest, 'x', `"prev":"${digest}"`, '\\"', '\\\\', '{[', ''),
        fc.integer(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'prev', 'z', 'prev"'), tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b"', 'prev', 'z'), value), (event) => {
        expect(hasPrevious(canonicalJson(event), digest)).toBe(event['prev'] === digest);
      }),
      { numRuns: 2_000 },
    );
  });
});
