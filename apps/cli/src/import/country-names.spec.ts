import { countries } from '#rulebook';
import { countryCode } from './country-names.js';

describe('a country in a file', () => {
  it.each([
    ['Korea (Republic of)', 'KR'],
    ['Philippines (the)', 'PH'],
    ['the Netherlands', 'NL'],
    ['Taiwan', 'TW'],
    ['United Kingdom of Great Britain and Northern Ireland', 'GB'],
    ['United States of America', 'US'],
    ['Hong Kong', 'HK'],
    ['Russia', 'RU'],
    ['Vietnam', 'VN'],
    ['Viet Nam', 'VN'],
    ['Czechia', 'CZ'],
    ["Cote d'Ivoire", 'CI'],
    ['türkiye', 'TR'],
    ['ae', 'AE'],
  ])('%s is %s', (name, code) => {
    expect(countryCode(name)).toBe(code);
  });

  it('is known by every name of the rulebook', () => {
    expect(countries.filter(({ code, name }) => countryCode(name) !== code || countryCode(code) !== code)).toEqual([]);
  });

  it.each(['', 'Korea', 'Atlantis', 'XX', 'Northern Ireland', 'constructor'])('is not guessed: %p', (name) => {
    expect(countryCode(name)).toBeUndefined();
  });
});
