import type { CountryGroup } from '../document/rulebook.js';

const snapshot = '15 CFR Part 740, Supplement No. 1, Country Group';
const asOf = 'eCFR as issued on 23 July 2026';

/** From this day on the United Arab Emirates are in A:5 and out of D:3 and D:4, and the control of 3A090.b names them. */
export const emiratesMoved = '2026-07-10T00:00:00Z';
export const emiratesRule = '91 FR 43034, FR Doc 2026-14132, effective 10 July 2026';

/** The Country Groups on 23 July 2026, by code. Hong Kong follows China. */
const members = {
  'A:1':
    'AR AT AU BE BG CA CH CZ DE DK EE ES FI FR GB GR HR HU IE IN IS IT JP KR LT LU LV MX NL NO NZ PL PT RO SE SI SK ' +
    'TR US ZA',
  'A:2': 'AR AT AU BE BG BR CA CH CZ DE DK ES FI FR GB GR HU IE IN IS IT JP KR LU NL NO NZ PL PT SE TR UA US ZA',
  'A:3':
    'AR AT AU BE BG CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IN IS IT JP KR LT LU LV MT MX NL NO NZ PL PT RO SE ' +
    'SI SK TR UA US',
  'A:4':
    'AR AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT JP KR KZ LT LU LV MT MX NL NO NZ PL PT RO ' +
    'RS SE SI SK TR UA US ZA',
  'A:5':
    'AR AT AU BE BG CA CH CZ DE DK EE ES FI FR GB GR HR HU IE IN IS IT JP KR LT LU LV NL NO NZ PL PT RO SE SI SK TR',
  'A:6': 'AL CY IL MT MX SG TW ZA',
  B:
    'AD AE AF AG AL AO AR AT AU AW BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BZ CA CD CF CG CH CI CL CM CO CR CV ' +
    'CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FM FR GA GB GD GH GM GN GQ GR GT GW GY HN HR HT HU ID IE ' +
    'IL IN IS IT JM JO JP KE KI KM KN KR KW LB LC LK LR LS LT LU LV MA MC ME MG MH MK ML MR MT MU MV MW MX MY MZ NA ' +
    'NE NG NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV ' +
    'SX SZ TD TG TH TL TN TO TR TT TV TW TZ UA UG US UY VA VC VU WS XK ZA ZM ZW',
  'D:1': 'AM AZ BY CN GE HK IQ KG KH KP KZ LA LY MD MM MN MO NI RU TJ TM UZ VE VN YE',
  'D:2': 'BY CU IL IQ IR KP LY PK RU VE',
  'D:3':
    'AF AM AZ BH BY CN CU EG GE HK IL IQ IR JO KG KP KW KZ LB LY MD MM MN MO OM PK QA RU SA SY TJ TM TW UZ VE VN YE',
  'D:4': 'BH BY CN EG HK IL IQ IR JO KP KW LB LY MO OM PK QA RU SA SY VE YE',
  'D:5': 'AF BY CD CF CN CU ER HK HT IQ IR KP LB LY MM NI RU SD SO SS SY VE ZW',
} as const;

/** The groups that NVEU (748.15(b)(2)(ii)) and the control of 3A090.b (742.6(a)(6)(iii)(B)) ask for. */
export const countryGroups: readonly CountryGroup[] = [
  ...Object.entries(members).map(
    ([group, countries]): CountryGroup => ({
      group,
      countries: countries.split(' '),
      citation: `${snapshot} ${group} (${asOf})`,
    }),
  ),
  { group: 'A:5', countries: ['AE'], from: emiratesMoved, citation: `${snapshot} A:5 (${emiratesRule})` },
  { group: 'D:3', countries: ['AE'], until: emiratesMoved, citation: `${snapshot} D:3, until 10 July 2026 (${emiratesRule})` },
  { group: 'D:4', countries: ['AE'], until: emiratesMoved, citation: `${snapshot} D:4, until 10 July 2026 (${emiratesRule})` },
  {
    group: 'D:5',
    countries: ['KH'],
    until: '2025-11-07T00:00:00Z',
    citation: `${snapshot} D:5, in January 2025; out with 22 CFR 126.1 on 7 November 2025 (note to D:5; table edited on 3 February 2026)`,
  },
];
