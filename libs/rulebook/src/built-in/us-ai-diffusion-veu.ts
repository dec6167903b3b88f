import type { ObligationRule, RouteSettings, ScheduleStep } from '../document/route-settings.js';

const veu = '15 CFR 748.15';
const guidelines = '15 CFR Part 748, Supplement No. 10';
const table = `${veu}(a)(2)(iii)(B), Table 1`;

/** Duties of both kinds of Data Center VEU. */
const obligations: readonly ObligationRule[] = [
  {
    kind: 'veu-certification',
    text: 'The validated end-user certifies its compliance with Supplement No. 10 before the first shipment.',
    citation: `${veu}(a)(2); ${guidelines}`,
    due: { when: 'before-export' },
    by: 'veu',
    per: 'party',
  },
  {
    kind: 'veu-security-certification',
    text: 'The owner certifies paragraphs 14 (baseline security), 15 (AI-specific cybersecurity) and 18 (personnel).',
    citation: `${veu}(a)(2)(ii)(A) and (iii)(A); ${guidelines}, paragraphs 14, 15 and 18`,
    due: { when: 'by', date: '2026-01-15' },
    by: 'veu',
    per: 'party',
  },
  {
    kind: 'veu-report',
    text:
      'The end user reports inventory and dates of receipt (NVEU: customers too) for January to June by 15 July and for ' +
      'July to December by 15 January.',
    citation: `${veu}(f)(1)(ii) and (iii)`,
    due: { when: 'yearly', dates: ['01-15', '07-15'], upTo: ['01-01', '07-01'] },
    by: 'veu',
    per: 'party',
  },
  {
    kind: 'veu-chip-accounting',
    text: 'The validated end-user accounts for its chips by facility, attrition included.',
    citation: `${guidelines}, paragraph 10`,
    due: { when: 'yearly', dates: ['02-01', '08-01'] },
    by: 'veu',
    per: 'party',
  },
  {
    kind: 'veu-transit-report',
    text: 'Theft, loss or tampering in transit is reported to BIS within 30 days.',
    citation: `${guidelines}, paragraph 16`,
    due: { when: 'after-incident', days: 30 },
    by: 'veu',
  },
  {
    kind: 'veu-records',
    text: 'The validated end-user keeps all records for five years.',
    citation: `${guidelines}, paragraph 11`,
    due: { when: 'years-after-export', years: 5 },
    by: 'veu',
  },
  {
    kind: 'veu-shipment-report',
    text:
      'Who exports or reexports under the authorisation reports, for each validated end-user, its name and address, the ' +
      'destination, quantity, value and ECCNs: for January to June by 15 July, for July to December by 15 January.',
    citation: `${veu}(f)(1)(i) and (iii)`,
    due: { when: 'yearly', dates: ['01-15', '07-15'], upTo: ['01-01', '07-01'] },
    per: 'party',
  },
  {
    kind: 'veu-requirement-notice',
    text: 'The validated end-user notifies BIS if at any time a requirement of Supplement No. 10 was not met.',
    citation: `${guidelines}, paragraph 11`,
    due: { when: 'after-incident', days: 0 },
    by: 'veu',
  },
  {
    kind: 'veu-security-attestation',
    text:
      'A Third-Party Assessment Organization (3PAO) attests each year that the data centres comply with NIST 800-53; ' +
      'BIS may see it.',
    citation: `${guidelines}, paragraph 14.b`,
    due: { when: 'every-months', months: 12 },
    by: 'veu',
    per: 'party',
  },
  {
    kind: 'veu-ties',
    text:
      'The validated end-user, with its parents and subsidiaries, is free of ties to military and military-intelligence end ' +
      'users: research and development agreements and joint activities are ties.',
    citation: `${guidelines}, paragraph 2`,
    due: { when: 'before-export' },
    by: 'veu',
    per: 'party',
  },
  {
    kind: 'veu-cooperation-notice',
    text:
      'The validated end-user notifies the U.S. Government of every cooperative activity, such as a joint venture, with entities ' +
      'headquartered in Macau or Country Group D:5 or with parties on the Entity List or the SDN List.',
    citation: `${guidelines}, paragraph 3`,
    due: { when: 'after-incident', days: 0 },
    by: 'veu',
  },
  {
    kind: 'veu-equity-report',
    text:
      'The validated end-user reports to BIS the equity that entities headquartered in Macau or Country Group D:5, or parties on ' +
      'the Entity List or the SDN List, hold in it, and debt of that kind. Left out may be less than 1 percent or $1 million, ' +
      'whichever is lower, in a company listed in a partner country.',
    citation: `${guidelines}, paragraph 3`,
    due: { when: 'after-incident', days: 0 },
    by: 'veu',
  },
  {
    kind: 'veu-chip-transfer',
    text:
      'The validated end-user asks BIS for an authorisation before it transfers chips to entities located or headquartered in ' +
      'Macau or Country Group D:5, to persons who work for listed parties or for governments there, or to persons who ' +
      'present a high risk of diversion.',
    citation: `${guidelines}, paragraph 4`,
    due: { when: 'before-transfer', days: 0 },
    by: 'veu',
  },
  {
    kind: 'veu-weight-storage',
    text:
      'The validated end-user stores weights of ECCN 4E091 only in partner countries, or outside of Macau and Country Group D:5 ' +
      'in facilities of entities headquartered in partner countries that comply with paragraphs 14, 15 and 18.',
    citation: `${guidelines}, paragraph 8`,
    due: { when: 'by', date: '2026-01-15' },
    by: 'veu',
    per: 'party',
  },
  {
    kind: 'veu-shipment-plan',
    text:
      'The validated end-user has a shipment security plan with the provider of the chips: validated carriers, chain of custody, ' +
      'protection against theft and tampering, inspection on receipt.',
    citation: `${guidelines}, paragraph 16`,
    due: { when: 'before-export' },
    by: 'veu',
    per: 'consignee',
  },
  {
    kind: 'veu-disposal',
    text: 'The validated end-user has verifiable procedures for the sanitization and disposal of chips at the end of their life.',
    citation: `${guidelines}, paragraph 17`,
    due: { when: 'before-export' },
    by: 'veu',
    per: 'party',
  },
];

const transferNotice: ObligationRule = {
  kind: 'uveu-transfer-notice',
  text:
    'The UVEU notifies BIS before it moves chips between countries, or plans a data centre in a country that no earlier ' +
    'notification named.',
  citation: `${guidelines}, paragraph 5`,
  due: { when: 'before-transfer', parameter: 'transferNoticeDays' },
  by: 'veu',
};

export const uveu: RouteSettings = {
  name: 'The Universal Validated End-User authorisation',
  enabled: true,
  citation: `${veu}(a)(2)(ii); ${veu}(b)(2)(i)`,
  parameters: {
    outsidePartnersPercent: {
      value: 25, unit: 'percent of the total outside of Supplement No. 5(a) together',
      citation: `${guidelines}, paragraph 6`,
    },
    singleCountryPercent: {
      value: 7, unit: 'percent of the total in any one country outside of Supplement No. 5(a)',
      citation: `${guidelines}, paragraph 6`,
    },
    outsideHomePercent: {
      value: 50, unit: 'percent of the total outside of the United States, for companies headquartered there',
      citation: `${guidelines}, paragraph 6`,
    },
    siteNoticeDays: {
      value: 180, unit: 'days before a new data centre receives items', citation: `${veu}(a)(2)(ii)(A)`,
    },
    transferNoticeDays: {
      value: 60, unit: 'days before chips move between countries', citation: `${guidelines}, paragraph 5`,
    },
  },
  obligations: [...obligations, transferNotice],
};

export const nveu: RouteSettings = {
  name: 'The National Validated End-User authorisation',
  enabled: true,
  citation: `${veu}(a)(2)(iii); ${veu}(b)(2)(ii)`,
  parameters: {},
  eligibleGroups: ['A:1', 'A:2', 'A:3', 'A:4', 'A:5', 'A:6', 'B', 'D:1', 'D:2', 'D:3', 'D:4'],
  schedule: schedule([
    ['2025 Q1', '2025-01-01', 633_000_000],
    ['2025 Q2', '2025-04-01', 949_500_000],
    ['2025 Q3', '2025-07-01', 1_266_000_000],
    ['2025 Q4', '2025-10-01', 1_582_500_000],
    ['2026 Q1', '2026-01-01', 1_899_000_000],
    ['2026 Q2', '2026-04-01', 2_690_250_000],
    ['2026 Q3', '2026-07-01', 3_481_500_000],
    ['2026 Q4', '2026-10-01', 4_272_750_000],
    ['2027 Q1-Q4', '2027-01-01', 5_064_000_000],
  ]),
  obligations,
};

function schedule(steps: readonly (readonly [name: string, day: string, tpp: number])[]): readonly ScheduleStep[] {
  return steps.map(([name, day, tpp]) => ({ name, from: `${day}T00:00:00Z`, tpp, citation: table }));
}
