import { countries } from '#rulebook';
import { alpha2Of } from './alpha-3-codes.js';
import { countriesCalled, countryCode } from './country-names.js';

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

  // Of all short names those that differ from the rulebook's.
  it.each([
    ['Bahamas (the)', 'BS'], ['Bolivia (Plurinational State of)', 'BO'], ['Brunei Darussalam', 'BN'], ['Cabo Verde', 'CV'],
    ['Central African Republic (the)', 'CF'], ['Cocos (Keeling) Islands (the)', 'CC'], ['Comoros (the)', 'KM'],
    ['Congo (the Democratic Republic of the)', 'CD'], ['Congo (the)', 'CG'], ["Côte d'Ivoire", 'CI'], ['Dominican Republic (the)', 'DO'],
    ['Falkland Islands (the) [Malvinas]', 'FK'], ['Faroe Islands (the)', 'FO'], ['French Southern Territories (the)', 'TF'],
    ['Gambia (the)', 'GM'], ['Holy See (the)', 'VA'], ['Iran (Islamic Republic of)', 'IR'],
    ["Korea (the Democratic People's Republic of)", 'KP'], ['Korea (the Republic of)', 'KR'],
    ["Lao People's Democratic Republic (the)", 'LA'], ['Macao', 'MO'], ['Micronesia (Federated States of)', 'FM'],
    ['Moldova (the Republic of)', 'MD'], ['Netherlands (Kingdom of the)', 'NL'], ['Northern Mariana Islands (the)', 'MP'],
    ['Palestine, State of', 'PS'], ['Pitcairn', 'PN'], ['Russian Federation (the)', 'RU'], ['Saint Barthélemy', 'BL'],
    ['Saint Helena, Ascension and Tristan da Cunha', 'SH'], ['Saint Kitts and Nevis', 'KN'], ['Saint Lucia', 'LC'],
    ['Saint Martin (French part)', 'MF'], ['Saint Pierre and Miquelon', 'PM'], ['Saint Vincent and the Grenadines', 'VC'],
    ['Sao Tome and Principe', 'ST'], ['Sint Maarten (Dutch part)', 'SX'], ['Syrian Arab Republic (the)', 'SY'],
    ['Taiwan (Province of China)', 'TW'], ['Tanzania, the United Republic of', 'TZ'],
    ['United Kingdom of Great Britain and Northern Ireland (the)', 'GB'], ['United States Minor Outlying Islands (the)', 'UM'],
    ['United States of America (the)', 'US'], ['Venezuela (Bolivarian Republic of)', 'VE'], ['Viet Nam', 'VN'],
    ['Virgin Islands (British)', 'VG'], ['Virgin Islands (U.S.)', 'VI'],
  ])('is known by its short name of ISO 3166-1: %s', (name, code) => {
    expect(countryCode(name)).toBe(code);
  });

  it.each([
    ['China, Hong Kong Special Administrative Region', 'HK'], ['China, Macao Special Administrative Region', 'MO'],
    ["Democratic People's Republic of Korea", 'KP'], ['Republic of Korea', 'KR'], ['Democratic Republic of the Congo', 'CD'],
    ['Falkland Islands (Malvinas)', 'FK'], ['Republic of Moldova', 'MD'], ['State of Palestine', 'PS'], ['Saint Helena', 'SH'],
    ['Svalbard and Jan Mayen Islands', 'SJ'], ['United Republic of Tanzania', 'TZ'], ['United States Virgin Islands', 'VI'],
    ['Wallis and Futuna Islands', 'WF'], ['Holy See', 'VA'],
  ])('is known by its short name of the United Nations: %s', (name, code) => {
    expect(countryCode(name)).toBe(code);
  });

  it.each([
    ['Korea, Republic of', 'KR'], ['KOREA, THE REPUBLIC OF', 'KR'], ['Taiwan, Province of China', 'TW'], ['Macao SAR', 'MO'],
    ['Hong Kong SAR, China', 'HK'], ['Iran, Islamic Republic of', 'IR'], ['Slovak Republic', 'SK'], ['Gambia, The', 'GM'],
    ['Great Britain', 'GB'], ['U.A.E.', 'AE'], ['U.S.A.', 'US'], ['EL', 'GR'], ['KOR', 'KR'], ['deu', 'DE'], ['XKX', 'XK'], ['Kosovo', 'XK'],
    ['St Kitts & Nevis', 'KN'], ['Trinidad & Tobago', 'TT'], ['Burma', 'MM'], ['Congo, Dem. Rep.', 'CD'], ['Bahamas, The', 'BS'],
  ])('is known as people write it: %s', (name, code) => {
    expect(countryCode(name)).toBe(code);
  });

  it('has one alpha-3 code each', () => {
    expect([...alpha2Of.values()].sort()).toEqual(countries.map(({ code }) => code).sort());
    for (const [alpha3, code] of alpha2Of) expect([alpha3, countryCode(alpha3)]).toEqual([expect.stringMatching(/^[A-Z]{3}$/), code]);
  });

  it.each([
    ['Congo', ['CG (Congo (Republic))', 'CD (Congo (Democratic Republic))']],
    ['Korea', ['KR (South Korea)', 'KP (North Korea)']],
    ['the Virgin Islands', ['VG (British Virgin Islands)', 'VI (U.S. Virgin Islands)']],
    ['St. Martin', ['MF (St. Martin (French part))', 'SX (Sint Maarten (Dutch part))']],
    ['Atlantis', []],
  ])('is not guessed, but its candidates are named: %s', (name, called) => {
    expect([countryCode(name), countriesCalled(name)]).toEqual([undefined, called]);
  });

  it.each(['', 'Korea', 'Atlantis', 'XX', 'Northern Ireland', 'constructor'])('is not guessed: %p', (name) => {
    expect(countryCode(name)).toBeUndefined();
  });
});
