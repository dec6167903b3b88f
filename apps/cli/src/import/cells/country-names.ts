import { countries, countryName } from '#rulebook';
import { alpha2Of } from './alpha-3-codes.js';

/**
 * Names that differ from those of the rulebook: the short names of ISO 3166-1 (Online Browsing Platform) and of the United
 * Nations (M49), and those that other lists and people use. What only differs in order, brackets, articles, accents, dots,
 * "St." or "&" needs no entry. The order of a name in brackets does not matter: "Korea (Republic of)" is "Korea, Republic of".
 */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  AE: ['UAE'],
  BA: ['Bosnia-Herzegovina'],
  BL: ['Saint Barthélemy'],
  BN: ['Brunei Darussalam'],
  BO: ['Bolivia (Plurinational State of)', 'Plurinational State of Bolivia'],
  BQ: ['Caribbean Netherlands'],
  CD: [
    'Congo (the Democratic Republic of the)', 'Democratic Republic of the Congo', 'Congo, Democratic Republic of', 'Congo, Dem. Rep.',
    'Congo (Kinshasa)', 'Congo-Kinshasa', 'Congo - Kinshasa', 'DR Congo', 'DRC', 'Zaire',
  ],
  CG: ['Congo, Republic of the', 'Congo, Republic of', 'Republic of the Congo', 'Congo, Rep.', 'Congo (Brazzaville)', 'Congo-Brazzaville', 'Congo - Brazzaville'],
  CI: ['Ivory Coast'],
  CN: ["People's Republic of China", "China, People's Republic of", 'Mainland China', 'PRC'],
  CV: ['Cabo Verde'],
  CZ: ['Czech Republic'],
  EG: ['Egypt, Arab Rep.'],
  FK: ['Falkland Islands (the) [Malvinas]'],
  FM: ['Micronesia (Federated States of)', 'Federated States of Micronesia', 'Micronesia, Fed. Sts.'],
  FO: ['Faeroe Islands'],
  GB: ['United Kingdom of Great Britain and Northern Ireland', 'Great Britain', 'UK'],
  GR: ['EL'],
  GS: ['South Georgia and South Sandwich Islands'],
  HK: [
    'Hong Kong SAR', 'Hong Kong SAR, China', 'Hong Kong SAR China', 'Hong Kong (China)', 'Hong Kong, China', 'China, Hong Kong SAR',
    'China, Hong Kong Special Administrative Region',
  ],
  HM: ['Heard and McDonald Islands'],
  IE: ['Republic of Ireland'],
  IR: ['Iran (Islamic Republic of)', 'Islamic Republic of Iran', 'Iran, Islamic Rep.'],
  KG: ['Kyrgyz Republic'],
  KP: [
    "Korea (Democratic People's Republic of)", "Democratic People's Republic of Korea", "Korea, Dem. People's Rep.", 'Korea, North', 'DPRK',
  ],
  KR: ['Korea (Republic of)', 'Republic of Korea', 'Korea, Rep.', 'Korea, South', 'ROK'],
  LA: ["Lao People's Democratic Republic", 'Lao PDR'],
  MD: ['Moldova (Republic of)', 'Republic of Moldova'],
  MF: ['Saint Martin (France)'],
  MK: ['Macedonia', 'Republic of North Macedonia', 'The former Yugoslav Republic of Macedonia', 'Macedonia, former Yugoslav Republic of'],
  MM: ['Burma', 'Myanmar (Burma)', 'Burma (Myanmar)'],
  MO: [
    'Macao', 'Macao SAR', 'Macao SAR, China', 'Macao SAR China', 'Macau SAR', 'Macao (China)', 'Macao, China', 'Macau, China', 'China, Macao SAR',
    'China, Macao Special Administrative Region',
  ],
  NL: ['Netherlands (Kingdom of the)', 'Kingdom of the Netherlands'],
  PN: ['Pitcairn'],
  PS: ['Palestine, State of', 'State of Palestine', 'Palestinian Territories', 'Occupied Palestinian Territory', 'Palestinian Territory, Occupied'],
  RU: ['Russian Federation'],
  SH: ['Saint Helena'],
  SJ: ['Svalbard and Jan Mayen Islands'],
  SK: ['Slovak Republic'],
  SX: ['Sint Maarten'],
  SY: ['Syrian Arab Republic'],
  SZ: ['Swaziland'],
  TL: ['East Timor'],
  TR: ['Turkey'],
  TW: ['Taiwan (Province of China)', 'Taiwan, China', 'Chinese Taipei'],
  TZ: ['Tanzania, United Republic of', 'United Republic of Tanzania'],
  UM: ['United States Minor Outlying Islands', 'US Minor Outlying Islands', 'US Outlying Islands'],
  US: ['United States of America', 'USA', 'US'],
  VA: ['Holy See', 'Vatican', 'Vatican City State', 'Holy See (Vatican City State)'],
  VC: ['Saint Vincent and Grenadines'],
  VE: ['Venezuela (Bolivarian Republic of)', 'Bolivarian Republic of Venezuela', 'Venezuela, RB'],
  VG: ['Virgin Islands (British)'],
  VI: ['Virgin Islands (U.S.)', 'United States Virgin Islands'],
  VN: ['Viet Nam'],
  WF: ['Wallis and Futuna Islands'],
  XK: ['Republic of Kosovo', 'XKK'],
  YE: ['Yemen, Rep.'],
};

/** ISO 3166-1 gives one of two countries of a name the name itself, with an article that tells them apart in its list only. */
const exactNames: ReadonlyMap<string, string> = new Map([['congo (the)', 'CG']]);

/** What more than one country is called. */
const sharedNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['congo', ['CG', 'CD']],
  ['korea', ['KR', 'KP']],
  ['saint martin', ['MF', 'SX']],
  ['virgin islands', ['VG', 'VI']],
]);

const codes = new Map<string, string>();
for (const [alpha3, code] of alpha2Of) codes.set(plain(alpha3), code);
for (const { code, name } of countries) codes.set(plain(name), code).set(plain(code), code);
for (const [code, names] of Object.entries(otherNames)) for (const name of names) codes.set(plain(name), code);

/** The code of a country that is named or coded in a file, or undefined. Case, accents and the order of a name do not matter. */
export function countryCode(name: string): string | undefined {
  return exactNames.get(name.trim().toLowerCase()) ?? codes.get(plain(name));
}

/** Countries that a name may mean which is never guessed: `CG (Congo (Republic))`. */
export function countriesCalled(name: string): readonly string[] {
  return (sharedNames.get(plain(name)) ?? []).map((code) => `${code} (${countryName(code)})`);
}

/** "Philippines (the)" and "The Philippines" are the Philippines; "St. Kitts & Nevis" is Saint Kitts and Nevis. */
function plain(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/’/g, "'")
    .replace(/\./g, '')
    .replace(/&/g, ' and ')
    .replace(/[()[\]]/g, ',')
    .toLowerCase()
    .replace(/\bst\b/g, 'saint');
  return words
    .split(',')
    .map((part) => part.replace(/\s+/g, ' ').trim().replace(/^the( |$)/, ''))
    .filter((part) => part !== '')
    .join(', ');
}
