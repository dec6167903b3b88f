import { readingValues } from '../document/readings.js';
import type { FirstReadingName, OptionalReadingName, Reading, ReadingName, RouteReadingName } from '../document/rulebook.js';
import { optionalAnswers } from './us-ai-diffusion-optional-readings.js';
import { veuReadings } from './us-ai-diffusion-veu-readings.js';

const allocations = '15 CFR 742.6(b)(10)(iii)(B)';

/** Each question that the text leaves open, with the answer that the ledger follows. */
const answers: Readonly<
  Record<FirstReadingName | RouteReadingName, Reading> & Partial<Record<OptionalReadingName, Reading>>
> = {
  orderOfReview: {
    question: 'Nothing says who is served first.',
    value: 'order-of-decision',
    alternatives: ['order-of-application'],
    reason: 'The text names no order. Whoever is decided first draws first, and the log shows who that was.',
    citation: `${allocations}(1)`,
  },
  partialApproval: {
    question: 'An application that crosses the cap: denied whole, or approved for the rest?',
    value: 'whole-or-nothing',
    alternatives: ['approve-the-remainder'],
    reason:
      'Applications are approved "up to" the cap and denied once it is met; nothing speaks of a part. ' +
      'The refusal names the amount that still fits, so that the applicant can split.',
    citation: `${allocations}(1) and (2)`,
  },
  unusedHold: {
    question: 'The cap counts TPP "licensed", and no rule credits what a licence leaves unused.',
    value: 'frees-its-tpp',
    alternatives: ['stays-debited'],
    reason:
      'The text totals TPP "licensed" and has no rule for what a licence leaves unused. A hold is a claim on the ' +
      'cap and not yet an export: released or lapsed it adds nothing to the "installed base" that the cap limits.',
    citation: `${allocations}(1)`,
  },
  countAt: {
    question: 'The cap counts TPP "licensed", and calls itself an installed base: when does a shipment count?',
    value: 'export',
    alternatives: ['licence'],
    reason:
      'The text totals TPP "licensed" and calls the cap an "installed base". The export debits, the hold stands for ' +
      'the licence: together they never exceed the cap. Under `licence` a hold on a country line debits at once, and ' +
      'nothing of it is ever credited back: not by release, lapse, a smaller amendment or a reversal. Nor is a direct ' +
      'export, for which a licence was used as well.',
    citation: `${allocations}(1)`,
  },
  attrition: {
    question: 'Loss, failure and resale leave the count for National VEUs only: what of countries?',
    value: 'stays-debited',
    alternatives: ['credited'],
    reason:
      'Loss, failure, resale and return are left out of the count for National VEUs only (748.15); for country ' +
      'allocations nothing is given back.',
    citation: `${allocations}(1); 15 CFR 748.15(a)(2)(iii)(B)`,
  },
  partnerHeadquarters: {
    question:
      'A company that is headquartered in a partner country, or whose ultimate parent is, receives items in an ' +
      'allocation country under a licence: is the destination debited?',
    value: 'debits-destination',
    alternatives: ['debits-nothing'],
    reason:
      'Progress is totalled by destination ((B)(1)), also where (A)(2) presumes approval because the consignee or its ' +
      'ultimate parent is headquartered in a partner country.',
    citation: `15 CFR 742.6(b)(10)(iii)(A)(2); ${allocations}(1)`,
  },
  otherHeadquarters: {
    question: 'A company headquartered in an allocation country, located in a partner country: which allocation?',
    value: 'licence-without-cap',
    alternatives: ['debits-headquarters-country'],
    reason:
      'A consignee in a partner country with headquarters elsewhere needs a licence, but "licensed to each ' +
      'destination" names no allocation that it could draw on.',
    citation: allocations,
  },
  reexport: {
    question: 'A reexport from one allocation country to another: is the old debit released?',
    value: 'debits-new-destination-only',
    alternatives: ['releases-old-destination'],
    reason: 'A reexport needs a licence that debits the new destination; nothing releases the old one.',
    citation: `${allocations}(1)`,
  },
  unstatedHeadquarters: {
    question: '"Headquartered" is not defined, and not everybody states it.',
    value: 'where-the-party-is',
    alternatives: ['refuse-without-headquarters'],
    reason:
      'The text does not define "headquartered". A party that names no headquarters is taken to have them in its ' +
      'country, an unnamed consignee in the destination.',
    citation: '15 CFR 742.6(b)(10)(iii); 15 CFR 740.27(a)',
  },
  presumptionOfDenial: {
    question: 'A presumption of denial is no prohibition: is such an application recorded?',
    value: 'refused',
    alternatives: ['recorded-as-pending'],
    reason: 'A presumption of denial is no prohibition, but a ledger that held such applications would promise much.',
    citation: '15 CFR 742.6(b)(10)(iii)(A)(1) and (iv)(B)',
  },
  levelCReview: {
    question: 'For 3A090.c the text has a requirement and no review policy.',
    value: 'as-level-b',
    alternatives: ['not-determined'],
    reason:
      'For high-bandwidth memory (3A090.c) the text at hand states the requirement of 744.23(a)(3)(i)(B) and no ' +
      'review policy. It is judged like 3A090.b: denied where anyone is embargoed. It never debits.',
    citation: '15 CFR 744.23(a)(3)(i)(B)',
  },
  declaredBelowCatalogue: {
    question: 'An exporter declares a chip of the catalogue below the level that its figures come to: who is right?',
    value: 'as-declared',
    alternatives: ['contradictory'],
    reason:
      'The exporter classifies its own items. The declaration is taken, and the reasons of the route say what the ' +
      'catalogue computes, so that an audit finds it. `contradictory` refuses it (`contradictory-facts`).',
    citation: '15 CFR Part 774, Supplement No. 1, ECCN 3A090 with Technical Note 2',
  },
  beforeCompliance: {
    question:
      'The rule took effect on 13 January 2025 and asked compliance from 15 May 2025: what of shipments in between?',
    value: 'determined',
    alternatives: ['free-before-compliance'],
    reason:
      'Progress is totalled "cumulatively beginning in 2025", so that every shipment is determined from the day on which ' +
      'the rule took effect, licence exceptions included. Before that day the rule required nothing; a licence of the ' +
      'time that is asked for by name counts if it is from 2025.',
    citation: `90 FR 4544, dates; ${allocations}(1)`,
  },
  aiaFilingAt: {
    question: '"A cumulative TPP of 253,000,000": at it, or above it?',
    value: 'at-or-above',
    alternatives: ['above'],
    reason:
      'The certification is filed if the consignee receives "a cumulative ... TPP of 253,000,000": with it reached.',
    citation: '15 CFR 740.27(c)',
  },
  lppNoticeAt: {
    question: '"Any shipment with an aggregate TPP of 3,200,000": at it, or above it?',
    value: 'at-or-above',
    alternatives: ['above'],
    reason:
      'Notice is due of "any shipment with an aggregate TPP of 3,200,000": taken literally hardly any would have it.',
    citation: '15 CFR 740.29(g)(3)',
  },
  lppInGroupsD1D4: {
    question: '740.29(c) allows LPP to D:1 and D:4, 740.2(a)(9)(ii) leaves it out of the exceptions for them.',
    value: 'not-usable',
    alternatives: ['usable'],
    reason:
      '740.29(c) excludes Macau and D:5 only, but 740.2(a)(9)(ii) restricts every licence exception to D:1 and D:4 ' +
      '(outside of A:5 and A:6) to a list without LPP. A restriction on all exceptions goes first.',
    citation: '15 CFR 740.2(a)(9)(ii); 15 CFR 740.29(c)',
  },
  lppSecurityItems: {
    question: '5A002.z is not among the eligible items of LPP and is in its certification.',
    value: 'not-eligible',
    alternatives: ['eligible'],
    reason:
      '5A002.z is absent from the list of eligible items (b) and named in the certification (f)(iii): (b) decides.',
    citation: '15 CFR 740.29(b); 15 CFR 740.29(f)(iii)',
  },
  lppYear: {
    question: '"Calendar year": whose?',
    value: 'utc',
    alternatives: ['washington-time'],
    reason: 'A "calendar year" has no time zone in the text. The ledger keeps every date in UTC.',
    citation: '15 CFR 740.29(a) and (d)',
  },
  uveuTotal: {
    question: 'Does a shipment on its way count in the total that the shares are of?',
    value: 'as-declared',
    alternatives: ['declared-plus-shipment'],
    reason:
      'The shares are of the TPP that the company owns. A shipment on its way is not owned yet: the company declares ' +
      'its total, and the shipment must fit the shares of that.',
    citation: '15 CFR Part 748, Supplement No. 10, paragraph 6',
  },
  ...veuReadings,
  uveuHeadquarters: {
    question:
      'The shares bind "entities headquartered" in 5(a), the third "U.S.-headquartered entities"; 748.15(b)(2)(i) also ' +
      'admits companies whose ultimate parent alone is headquartered there.',
    value: 'as-registered',
    alternatives: ['entity-alone', 'home-parent-too'],
    reason:
      'Every UVEU owes its status to a headquarters in 5(a), its own or that of its parent, and the total is of "the ' +
      'entity and all its subsidiary and parent entities": the shares of 25 and 7 percent bind each. That of 50 percent ' +
      'binds a company that is registered with headquarters in the United States, as the text says of no parent.',
    citation: '15 CFR Part 748, Supplement No. 10, paragraph 6; 15 CFR 748.15(b)(2)(i)',
  },
  nveuAttrition: {
    question: 'Lost, failed, relocated and resold circuits "do not count": from when on, and on whose word?',
    value: 'gives-back',
    alternatives: ['gives-back-by-report'],
    reason: 'Lost, damaged, failed, relocated and resold circuits "do not count": what was reported so is free again.',
    citation: '15 CFR 748.15(a)(2)(iii)(B)',
  },
  approvedDesigners: {
    question: 'The rule of 16 January 2025 adds approved designers to AIA.',
    value: 'not-required',
    alternatives: ['required'],
    reason:
      'The due-diligence rule of 16 January 2025 adds to AIA that some items be "designed by an approved or ' +
      'authorized integrated circuit designer". Its list is not part of this rulebook, which is the framework as ' +
      'published.',
    citation: '90 FR 5312; 15 CFR 740.27',
  },
  tf32BitLength: {
    question: 'Does an input in TF32 count 19 or 32 bits?',
    value: 'not-used',
    alternatives: ['19-bits', '32-bits'],
    reason:
      'Whether a TF32 input counts 19 or 32 bits is not said. No chip of the catalogue is classified by TF32; it ' +
      'would matter to Trainium1 only (3,610 or 6,080 TPP).',
    citation: '15 CFR Part 774, Supplement No. 1, ECCN 3A090, Technical Note 2 to 3A090.a and .b, 1.c',
  },
  ...optionalAnswers,
};

/** With those of the alternatives that the ledger can follow, so that none is promised that a file may not ask for. */
export const readings = Object.fromEntries(
  Object.entries(answers).map(([name, answer]): readonly [string, Reading] => {
    const { value, reason, citation, ...asked } = answer;
    const followed = readingValues[name as ReadingName].filter((each) => each !== value);
    return [name, { ...asked, value, followed, reason, ...(citation !== undefined && { citation }) }];
  }),
) as typeof answers;
