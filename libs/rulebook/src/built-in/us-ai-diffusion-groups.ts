import type { GroupMembership } from '../document/rulebook.js';

const supplement5a = '15 CFR Part 740, Supplement No. 5, paragraph (a) (90 FR 4544)';
const groupD5 = '15 CFR Part 740, Supplement No. 1, Country Group D:5';

const partners = [
  'AU', 'BE', 'CA', 'DE', 'DK', 'ES', 'FI', 'FR', 'GB', 'IE', 'IT', 'JP', 'KR', 'NL', 'NO', 'NZ', 'SE', 'TW',
];

/** Country Group D:5 as it was in January 2025 and on 23 July 2026, without Cambodia, Hong Kong and Macau. */
const embargoed = [
  'AF', 'BY', 'CD', 'CF', 'CN', 'CU', 'ER', 'HT', 'IQ', 'IR', 'KP', 'LB', 'LY', 'MM', 'NI', 'RU', 'SD', 'SO', 'SS',
  'SY', 'VE', 'ZW',
];

/** The destination groups of the framework; every country that is not named has an allocation. */
export const groups: readonly GroupMembership[] = [
  { country: 'US', group: 'home', citation: supplement5a },
  ...partners.map((country): GroupMembership => ({ country, group: 'partner', citation: supplement5a })),
  ...embargoed.map((country): GroupMembership => ({ country, group: 'embargoed', citation: groupD5 })),
  {
    country: 'HK',
    group: 'embargoed',
    citation: `${groupD5}, China: the regulations know no separate destination Hong Kong since 23 December 2020`,
  },
  {
    country: 'MO',
    group: 'embargoed',
    citation: '15 CFR 742.6(b)(10)(iii)(A)(1), which names Macau beside Country Group D:5',
  },
  {
    // The State Department struck Cambodia on 7 November 2025. Where its list and the table of D:5 differ, its list
    // controls, so the change did not wait for the rule of 3 February 2026 that edited the table.
    country: 'KH',
    group: 'embargoed',
    until: '2025-11-07T00:00:00Z',
    citation: `${groupD5}, in January 2025; out with its removal from 22 CFR 126.1 on 7 November 2025 (note to D:5; table edited on 3 February 2026)`,
  },
];
