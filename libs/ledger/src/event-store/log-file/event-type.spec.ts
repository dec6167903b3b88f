import fc from 'fast-check';
import { canonicalJson } from '#rulebook';
import { typeOf } from './event-type.js';

describe('the type of an event, from its JSON', () => {
  it.each([
    ['{"type":"QuotaReserved"}', 'QuotaReserved'],
    ['{"a":{"type":"Inner"},"type":"Outer","v":1}', 'Outer'],
    ['{"type":"Outer","v":{"type":"Inner"}}', 'Outer'],
    ['{"type":"Outer","v":[{"a":1,"type":"Inner"}]}', 'Outer'],
    ['{"type":"Outer","v":"}"}', 'Outer'],
    ['{"a":"\\"type\\":\\"Inner\\"","type":"Outer"}', 'Outer'],
    ['{"type":"Outer","x\\"type":"Inner"}', 'Outer'],
    ['{"type":"a\\"b"}', 'a"b'],
    ['{\0type\0', ''],
    ['', ''],
    ['null', ''],
    ['{"type":7}', ''],
  ])('of %s is %s', (json, type) => {
    expect(typeOf(json)).toBe(type);
  });

  it('is what a parser finds, whatever surrounds it', () => {
    const name = fc.constantFrom('type', 'a', 'z', '"type', ',"type":"', '}', 'v');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('type', '"type":"x"', ',"type":"x"}', '{"type":"x"}', '\\', '}', '{', ''),
        fc.integer(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(name, tie('value'), { maxKeys: 4 }),
      ),
    }));
    const type = fc.oneof(fc.constantFrom('QuotaReserved', 'a"b', '}', '\\'), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 6 }), type, (members, expected) => {
        expect(typeOf(canonicalJson({ ...members, type: expected }))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
