import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

const json = fc.jsonValue();

/** The same value with the members of every object in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([name, member]) => [name, reordered(member)]));
}

describe('canonicalJson', () => {
  it('is its own canonical form', () => {
    fc.assert(
      fc.property(json, (value) => {
        const canonical = canonicalJson(value);
        expect(canonicalJson(JSON.parse(canonical))).toBe(canonical);
      }),
    );
  });

  it('says the same as the value', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order of members', () => {
    fc.assert(fc.property(json, (value) => expect(canonicalJson(reordered(value))).toBe(canonicalJson(value))));
  });

  it('sorts by UTF-16 code units, as RFC 8785 has it', () => {
    const sample = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(sample)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
  });

  it('prints numbers as ECMAScript does and leaves out what is undefined', () => {
    expect(canonicalJson({ b: [1e21, 0.000001, 1e-7, -0, 4.5], a: undefined })).toBe(
      '{"b":[1e+21,0.000001,1e-7,0,4.5]}',
    );
  });

  it.each([NaN, Infinity, 1n, () => 1, undefined, Symbol('s'), '\ud800', { '\udc00': 1 }])(
    'refuses what JSON cannot carry: case %#',
    (value) => expect(() => canonicalJson(value)).toThrow(TypeError),
  );
});
