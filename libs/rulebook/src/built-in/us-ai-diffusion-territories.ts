import type { Territory } from '../document/rulebook.js';

const nationality = 'British Nationality Act 1981, Schedule 6';
const islands = 'British Nationality Act 1981, section 50(1), "the Islands"';
const constitution = 'Constitution of France of 4 October 1958, article 72-3';

type Row = readonly [country: string, of: string, source: string];

/**
 * Destinations that are neither on the Country Chart (15 CFR Part 738, Supplement No. 1) nor in a Country Group, and the
 * country that each belongs to, with the law of that country that says so. Aruba, Curaçao and Sint Maarten are on the chart;
 * the Cook Islands and Niue are sovereign for the United States since 25 September 2023; Antarctica and Palestine belong to
 * no country.
 */
const rows: readonly Row[] = [
  ['AS', 'US', '48 U.S.C. 1661'],
  ['GU', 'US', '48 U.S.C. 1421a'],
  ['MP', 'US', '48 U.S.C. 1801'],
  ['PR', 'US', '48 U.S.C. 731; 15 CFR 772.1, "United States", which names it'],
  ['UM', 'US', '15 CFR 772.1, "United States": all territories, dependencies and possessions'],
  ['VI', 'US', '48 U.S.C. 1541'],
  ['AI', 'GB', nationality],
  ['BM', 'GB', nationality],
  ['FK', 'GB', nationality],
  ['GI', 'GB', nationality],
  ['GS', 'GB', nationality],
  ['IO', 'GB', nationality],
  ['KY', 'GB', `${nationality}; the example of 15 CFR 738.3(b)`],
  ['MS', 'GB', nationality],
  ['PN', 'GB', nationality],
  ['SH', 'GB', nationality],
  ['TC', 'GB', nationality],
  ['VG', 'GB', nationality],
  ['GG', 'GB', islands],
  ['IM', 'GB', islands],
  ['JE', 'GB', islands],
  ['BL', 'FR', constitution],
  ['GF', 'FR', constitution],
  ['GP', 'FR', constitution],
  ['MF', 'FR', constitution],
  ['MQ', 'FR', constitution],
  ['NC', 'FR', `${constitution}, and title XIII`],
  ['PF', 'FR', constitution],
  ['PM', 'FR', constitution],
  ['RE', 'FR', constitution],
  ['TF', 'FR', constitution],
  ['WF', 'FR', constitution],
  ['YT', 'FR', constitution],
  ['FO', 'DK', 'Home Rule Act of the Faroe Islands, no. 137 of 23 March 1948'],
  ['GL', 'DK', 'Act on Greenland Self-Government, no. 473 of 12 June 2009'],
  ['BQ', 'NL', 'BIS rule of 6 September 2011 on the Netherlands Antilles: Bonaire, Saba and Sint Eustatius as the Netherlands'],
  ['BV', 'NO', 'Act of 27 February 1930 no. 3 on Bouvet Island'],
  ['SJ', 'NO', 'Svalbard Act of 17 July 1925 no. 11; Jan Mayen Act of 27 February 1930 no. 2'],
  ['AX', 'FI', 'Act on the Autonomy of Åland, 1144/1991'],
  ['CC', 'AU', 'Cocos (Keeling) Islands Act 1955'],
  ['CX', 'AU', 'Christmas Island Act 1958'],
  ['HM', 'AU', 'Heard Island and McDonald Islands Act 1953'],
  ['NF', 'AU', 'Norfolk Island Act 1979'],
  ['TK', 'NZ', 'Tokelau Act 1948'],
];

export const territories: readonly Territory[] = rows.map(([country, of, citation]) => ({ country, of, citation }));
