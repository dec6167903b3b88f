import { createRequire } from 'node:module';
import { countries, countryName, isCountry } from './countries.js';

const validator = createRequire(import.meta.url)('validator/lib/isISO31661Alpha2.js') as { CountryCodes: Set<string> };

describe('countries', () => {
  it('are exactly those of ISO 3166-1, and Kosovo', () => {
    expect(countries.map(({ code }) => code)).toEqual([...validator.CountryCodes, 'XK'].sort());
    expect(countries).toHaveLength(250);
  });

  it('have names that differ from each other and from their codes', () => {
    expect(new Set(countries.map(({ name }) => name)).size).toBe(250);
    expect(countries.filter(({ code, name }) => name.length < 4 || name === code)).toEqual([]);
  });

  it.each([
    ['AE', 'United Arab Emirates'],
    ['TW', 'Taiwan'],
    ['KR', 'South Korea'],
    ['RU', 'Russia'],
    ['HK', 'Hong Kong'],
    ['MO', 'Macau'],
    ['GB', 'United Kingdom'],
    ['XK', 'Kosovo'],
  ])('calls %s %s', (code, name) => expect(countryName(code)).toBe(name));

  it('knows no lower case, no withdrawn and no made-up code', () => {
    expect(['ae', 'AN', 'XX', 'UK', 'EU', '', 'constructor'].filter(isCountry)).toEqual([]);
  });
});
