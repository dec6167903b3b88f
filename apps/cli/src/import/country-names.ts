import { countries } from '#rulebook';

/** Names of official lists and everyday use that differ from the short names of the rulebook. */
const otherNames: Readonly<Record<string, string>> = {
  'Bolivia (Plurinational State of)': 'BO',
  'Brunei Darussalam': 'BN',
  'Cabo Verde': 'CV',
  "Côte d'Ivoire": 'CI',
  'Czech Republic': 'CZ',
  'Democratic Republic of the Congo': 'CD',
  'Congo (the Democratic Republic of the)': 'CD',
  'Hong Kong SAR': 'HK',
  'Iran (Islamic Republic of)': 'IR',
  'Korea (Republic of)': 'KR',
  'Republic of Korea': 'KR',
  "Korea (Democratic People's Republic of)": 'KP',
  "Lao People's Democratic Republic": 'LA',
  Macao: 'MO',
  'Micronesia (Federated States of)': 'FM',
  'Moldova (Republic of)': 'MD',
  'Netherlands (Kingdom of the)': 'NL',
  'Palestine, State of': 'PS',
  "People's Republic of China": 'CN',
  'Russian Federation': 'RU',
  'Syrian Arab Republic': 'SY',
  'Taiwan (Province of China)': 'TW',
  'Tanzania, United Republic of': 'TZ',
  Turkey: 'TR',
  Türkiye: 'TR',
  UAE: 'AE',
  UK: 'GB',
  USA: 'US',
  'United Kingdom of Great Britain and Northern Ireland': 'GB',
  'United States of America': 'US',
  'Venezuela (Bolivarian Republic of)': 'VE',
  'Viet Nam': 'VN',
};

const codes = new Map<string, string>();
for (const { code, name } of countries) codes.set(plain(name), code).set(plain(code), code);
for (const [name, code] of Object.entries(otherNames)) codes.set(plain(name), code);

/** The ISO 3166-1 alpha-2 code of a country that is named or coded in a file, or undefined. Case and accents do not matter. */
export function countryCode(name: string): string | undefined {
  return codes.get(plain(name));
}

/** "Philippines (the)" and "The Philippines" are the Philippines. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/’/g, "'")
    .toLowerCase()
    .replace(/\(the\)$|^the /, '')
    .replace(/\s+/g, ' ')
    .trim();
}
