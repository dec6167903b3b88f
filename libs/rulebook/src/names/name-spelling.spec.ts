import fc from 'fast-check';
import { formatCharacterIn, normalName } from './name-spelling.js';

describe('the normal form of a name', () => {
  it.each([
    ['Soci\u00e9t\u00e9 Puces', 'Soci\u00e9t\u00e9 Puces'],
    ['Socie\u0301te\u0301 Puces', 'Soci\u00e9t\u00e9 Puces'],
    ['  acme-semi\t', 'acme-semi'],
    ['Acme \u00a0 Semi\u3000Ltd.', 'Acme Semi Ltd.'],
    ['acme\u200b-semi', 'acme-semi'],
    ['\ufeffacme', 'acme'],
    ['ac\u202eme', 'acme'],
    ['e\u200b\u0301', '\u00e9'],
    ['Acme', 'Acme'],
    ['ACME', 'ACME'],
    ['\u2167', '\u2167'],
    ['', ''],
  ])('%p is %p', (name, normal) => {
    expect(normalName(name)).toBe(normal);
  });

  it('is its own normal form', () => {
    const name = fc.string({ unit: fc.constantFrom(' ', 'a', 'e', '\u0301', '\u00e9', '\u00a0', '\u200b', '\u00ad', '\u3000', '\u{1f600}') });
    fc.assert(fc.property(name, (text) => normalName(normalName(text)) === normalName(text)));
  });
});

describe('a format character', () => {
  it.each([
    ['acme\u200b', 'U+200B'],
    ['\u202eacme', 'U+202E'],
    ['a\ufeffb', 'U+FEFF'],
    ['a\u00adb', 'U+00AD'],
    ['a\u{e0001}b', 'U+E0001'],
  ])('is found in %p', (text, code) => {
    expect(formatCharacterIn(text)).toBe(code);
  });

  it.each(['acme', 'Soci\u00e9te\u0301', '\u6771\u4eac', 'a\u00a0b', '\u{1f600}', ''])('is not found in %p', (text) => {
    expect(formatCharacterIn(text)).toBeUndefined();
  });
});
