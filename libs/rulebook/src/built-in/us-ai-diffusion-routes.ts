import type { RouteName } from '../determination.js';
import type { ControlRules, ObligationRule, RouteSettings } from '../document/route-settings.js';
import { emiratesMoved, emiratesRule } from './us-ai-diffusion-country-groups.js';
import { namedExceptions } from './us-ai-diffusion-named-exceptions.js';
import { nveu, uveu } from './us-ai-diffusion-veu.js';

/** Software and technology of 742.6(a)(6)(iii) other than 5D002.z and 5D992.z: 740.8(a) and 740.29(b) do not list it. */
const technology = ['3D001', '3E001', '4D001', '4D090', '4E001', '5E002', '5E992'];

/** 762.6: records are kept for five years. */
const kept: ObligationRule['due'] = { when: 'years-after-export', years: 5 };

const aia: RouteSettings = {
  name: 'License Exception AIA',
  enabled: true,
  citation: '15 CFR 740.27',
  parameters: {
    filingTpp: { value: 253_000_000, unit: 'TPP received cumulatively', citation: '15 CFR 740.27(c)' },
  },
  // 740.27(a)(2)(i) lists the other software and technology of level a, and not this.
  ineligibleEccns: ['3E001'],
  obligations: [
    {
      kind: 'aia-eccn',
      text: 'Furnish the ECCN of each item to the ultimate consignee; for the same item once is enough while it stays accurate.',
      citation: '15 CFR 740.27(b)(1)',
      due: { when: 'before-export' },
      per: 'items',
    },
    {
      kind: 'aia-certification',
      text:
        'Obtain the one-time signed certification of the ultimate consignee: no use or user of part 744, no training ' +
        'of 4E091 models for outsiders, no onward transfer out of Supplement No. 5(a).',
      citation: '15 CFR 740.27(b)(2), for items of (a)(1)',
      due: { when: 'before-export' },
      commoditiesOnly: true,
      per: 'consignee',
    },
    {
      kind: 'aia-shipment-notice',
      text: 'Tell the ultimate consignee in writing that the shipment is made under License Exception AIA.',
      citation: '15 CFR 740.27(b)(3)',
      due: { when: 'with-export' },
    },
    {
      kind: 'aia-certification-filing',
      text: 'Send the certification to EARReports@bis.doc.gov, subject "AIA Certification".',
      citation: '15 CFR 740.27(c)',
      due: { when: 'on-reaching', parameter: 'filingTpp' },
      commoditiesOnly: true,
      per: 'consignee',
    },
    {
      kind: 'aia-records',
      text: 'Keep the records of shipments under License Exception AIA.',
      citation: '15 CFR 762.2(b)(58); 15 CFR 762.6',
      due: kept,
    },
  ],
};

const aca: RouteSettings = {
  name: 'License Exception ACA',
  enabled: true,
  citation: '15 CFR 740.8(a)',
  parameters: {},
  ineligibleEccns: technology,
  obligations: [],
};

const nac: RouteSettings = {
  name: 'License Exception NAC',
  enabled: true,
  citation: '15 CFR 740.8(a) and (c)',
  parameters: {
    noticeDays: { value: 25, unit: 'calendar days before the export', citation: '15 CFR 740.8(c)(1)' },
  },
  ineligibleEccns: technology,
  obligations: [
    {
      kind: 'nac-notification',
      text:
        'Notify in SNAP-R: TPP, performance density, data sheet, earlier approvals, memory bandwidth, and whether ' +
        'the items go into a computing cluster with its aggregate TPP and users.',
      citation: '15 CFR 740.8(c)(1)',
      due: { when: 'before-export', parameter: 'noticeDays' },
      fact: 'noticeGivenAt',
    },
  ],
};

const acm: RouteSettings = {
  name: 'License Exception ACM',
  enabled: true,
  citation: '15 CFR 740.28',
  parameters: {
    accountingMonths: { value: 6, unit: 'months between updates, at most', citation: '15 CFR 740.28(e)' },
  },
  obligations: [
    {
      kind: 'acm-accounting',
      text: 'Account for the items that enter and leave each facility, updated every six months or more often.',
      citation: '15 CFR 740.28(e)',
      due: { when: 'every-months', parameter: 'accountingMonths' },
      per: 'facility',
    },
    {
      kind: 'acm-records',
      text: 'Keep the records of shipments under License Exception ACM.',
      citation: '15 CFR 762.2(b)(59); 15 CFR 762.6',
      due: kept,
    },
  ],
};

const lpp: RouteSettings = {
  name: 'License Exception LPP',
  enabled: true,
  citation: '15 CFR 740.29',
  parameters: {
    perYearTpp: {
      value: 26_900_000, unit: 'TPP per calendar year and ultimate parent, over all exporters',
      citation: '15 CFR 740.29(a), (d) and (h)',
    },
    noticeTpp: { value: 3_200_000, unit: 'TPP of one shipment', citation: '15 CFR 740.29(g)(3)' },
    copyDays: { value: 30, unit: 'days after the export', citation: '15 CFR 740.29(g)(1)' },
  },
  ineligibleEccns: ['5A002.z', '5D002.z', '5D992.z', ...technology],
  obligations: [
    {
      kind: 'lpp-certification',
      text: 'Obtain the signed certification of the ultimate consignee that it has not received its limit this year.',
      citation: '15 CFR 740.29(f)',
      due: { when: 'before-export' },
    },
    {
      kind: 'lpp-notice',
      text: 'E-mail EARReports@bis.doc.gov, subject "LPP Shipment", before this shipment.',
      citation: '15 CFR 740.29(g)(3)',
      due: { when: 'before-export' },
      shipmentFrom: 'noticeTpp',
    },
    {
      kind: 'lpp-certification-copy',
      text: 'Send a copy of the certification to EARReports@bis.doc.gov, subject "LPP Shipment", within 30 days.',
      citation: '15 CFR 740.29(g)(1)',
      due: { when: 'after-export', parameter: 'copyDays' },
    },
    {
      kind: 'lpp-limit-reached',
      text: 'The consignee e-mails BIS, subject "LPP TPP Limit Reached", once it has received its limit of the year.',
      citation: '15 CFR 740.29(g)(2)',
      due: { when: 'on-reaching', parameter: 'perYearTpp' },
      by: 'consignee',
      per: 'party',
    },
    {
      kind: 'lpp-records',
      text: 'Keep the records of shipments under License Exception LPP.',
      citation: '15 CFR 762.2(b)(60); 15 CFR 762.6',
      due: kept,
    },
  ],
};

const licence: RouteSettings = {
  name: 'A licence',
  enabled: true,
  citation: '15 CFR 742.6(a)(6)(iii)',
  parameters: {},
  obligations: [],
  application: [
    {
      text: 'The purchase order or contract goes with it; the licence is generally limited to its quantity.',
      citation: '15 CFR Part 748, Supplement No. 2, (c)(3)',
    },
    {
      text: 'It states the TPP of each export item, the sum of its circuits, in block 22(j); one per country.',
      citation: '15 CFR Part 748, Supplement No. 2, (c)(4)',
    },
  ],
};

export const routes: Readonly<Record<RouteName, RouteSettings>> = {
  aia, aca, nac, acm, uveu, nveu, lpp, licence, ...namedExceptions(technology),
};

/** Licence requirements below the level of 3A090.a. */
export const controls: ControlRules = {
  b: {
    groups: ['D:1', 'D:4', 'D:5'],
    exceptGroups: ['A:5', 'A:6'],
    named: [
      {
        country: 'AE',
        since: emiratesMoved,
        citation: `15 CFR Part 774, Supplement No. 1, ECCN 3A090, which names the United Arab Emirates (${emiratesRule})`,
      },
    ],
    citation: '15 CFR 742.6(a)(6)(iii)(B)',
    headquartersCitation: '15 CFR 744.23(a)(3)(i)(A)',
    reviewCitation: '15 CFR 742.6(b)(10)(iv)',
  },
  c: {
    citation: '15 CFR Part 774, Supplement No. 1, ECCN 3A090.c',
    headquartersCitation: '15 CFR 744.23(a)(3)(i)(B)',
    reviewCitation: '15 CFR 744.23(a)(3)(i)(B)',
  },
};
