import type { OptionalReadingName, Reading } from '../document/rulebook.js';

/** Questions that a rulebook may leave out, as version 2025-01-15 of this one did, with the answer that it follows. */
export const optionalAnswers: Readonly<Partial<Record<OptionalReadingName, Reading>>> = {
  customersEmbargoed: {
    question:
      'Items are shipped to another country for customers in Macau or Country Group D:5 (facts.customersOutsideD5: ' +
      'false): 740.28(a) bars License Exception ACM. What of the other routes?',
    value: 'as-destination',
    alternatives: ['bars-acm'],
    reason:
      'Items that end in Macau or D:5 are destined there: licences are presumed denied ((A)(1)), LPP does not reach them ' +
      '(740.29(c)(1)), the consignee under AIA agrees that they go nowhere outside of Supplement No. 5(a) ' +
      '(740.27(b)(2)(iv)), and no data centre of a VEU is there (748.15(b)(2)). What is left is left for them: NAC, for ' +
      'items that are not for datacentres (740.8(a)). `bars-acm` lets the country of the consignee alone decide the rest.',
    citation:
      '15 CFR 742.6(b)(10)(iii)(A)(1) and (iv)(B); 15 CFR 740.27(b)(2)(iv); 15 CFR 740.28(a); 15 CFR 740.29(c)(1)',
  },
  territories: {
    question:
      'The framework names countries. What of a destination that is not on the Country Chart and is a territory, possession ' +
      'or department of a country that is?',
    value: 'as-parent',
    alternatives: ['own-allocation'],
    reason:
      'The regulations accord it "the same licensing treatment as the country": the Cayman Islands that of the United ' +
      'Kingdom, by the example of the text. So it has the group and the Country Groups of its country, as a destination and ' +
      'as a place of headquarters; a territory of the United States is home. A country has one allocation, on which its ' +
      'territories draw: they have none of their own. `own-allocation` takes each for a country of ' +
      'its own, but for those of the United States, which by 772.1 are part of it.',
    citation: '15 CFR 738.3(b); 15 CFR 742.6(b)(10)(iii)(B)(1)',
  },
  aiaOperator: {
    question:
      'License Exception AIA tests the consignee, its place, its headquarters and those of its ultimate parent. What of another ' +
      'company that operates the items for it?',
    value: 'as-consignee',
    alternatives: ['not-tested'],
    reason:
      'The consignee certifies that the items are transferred to no entity "headquartered or located outside of, or whose ' +
      'ultimate parent company is headquartered outside of" Supplement No. 5(a): who operates them has them. `not-tested` ' +
      'takes an operator for one who gets no item, and looks for Macau and D:5 only.',
    citation: '15 CFR 740.27(a) and (b)(2)(iv)',
  },
  redFlag28: {
    question: 'Red flag 28 is guidance for who sells computing to train 4E091 models for outsiders: does a determination name it?',
    value: 'named',
    alternatives: ['not-named'],
    reason:
      'The red flag bars nothing, but asks the provider to inquire whether the customer intends to export the model. Where ' +
      'facts.trainsWeightsForOutsiders is true, the reasons of the route that is taken name it.',
    citation: '15 CFR Part 732, Supplement No. 3, red flag 28',
  },
  planarCircuits: {
    question:
      'The applicable die area counts the logic dies of a process with a non-planar transistor architecture. What of a circuit ' +
      'that has none, whose area is 0?',
    value: 'no-density',
    alternatives: ['not-taken'],
    reason:
      'TPP divided by 0 is no number, so that there is no performance density that could reach a bound: of 3A090 only the bound ' +
      'that asks for TPP alone (3A090.a.1) can hold. An exporter says so with a die area of 0. `not-taken` refuses that, and ' +
      'such a circuit is declared with its ECCN.',
    citation: '15 CFR Part 774, Supplement No. 1, ECCN 3A090, Technical Note 4',
  },
  mixedShipments: {
    question:
      'A shipment has items that License Exception ACA would take by themselves beside items that need a licence: what ' +
      'does the licence debit?',
    value: 'item-by-item',
    alternatives: ['as-one'],
    reason:
      'ACA authorizes the export of "any item" that meets its terms, also beside others, and progress is totalled by the ' +
      'TPP of items "licensed": only what needs the licence (or LPP, or a VEU) is debited. A consumer card beside ' +
      'datacentre items leaves under ACA with 0. A shipment that ACA takes as a whole, for which a licence is asked for by ' +
      'name, is licensed as a whole. `as-one` takes the route of the whole shipment for each of its items.',
    citation: `15 CFR 740.8(a); 15 CFR 742.6(b)(10)(iii)(B)(1)`,
  },
  partnerBeyondCap: {
    question:
      'Applications for entities headquartered in a partner country are presumed approved ((A)(2)); once the allocation of a ' +
      'destination is met there is a policy of denial ((B)(2)). Which of the two, for such an entity in such a destination?',
    value: 'refused',
    alternatives: ['approved'],
    reason:
      'Progress toward the allocation is totalled by destination, whoever receives the items, and (B) has the policy of denial ' +
      'for it. `approved` lets (A)(2) go first: a licence for such an entity that does not fit what is left of the ' +
      'allocation draws on nothing.',
    citation: '15 CFR 742.6(b)(10)(iii)(A)(2) and (B)(2)',
  },
  licenceLife: {
    question: 'A licence for these items is "generally" valid for one year. May a hold that stands for one last longer?',
    value: 'to-period-end',
    alternatives: ['one-year'],
    reason:
      'The rule speaks of what is general, and of licences, not of what a ledger holds for one: whoever asks for a longer hold ' +
      'knows the validity of the licence. `one-year` refuses a hold under a licence, with an item at the level of 3A090.a, ' +
      'that would end more than a year after it was granted.',
    citation: '15 CFR 750.7(g)',
  },
  aiaCertification: {
    question:
      'The certification under AIA is to be obtained "and submitted" ((a)); the reporting requirement is "only applicable" where ' +
      'the consignee receives 253,000,000 TPP ((c)).',
    value: 'filed-at-threshold',
    alternatives: ['filed-always'],
    reason:
      'Paragraph (c) says when the submission that (a) speaks of is required, and that it is required in no other case: below ' +
      'the threshold the certification is kept. `filed-always` takes (a) for a duty of its own, before the first export.',
    citation: '15 CFR 740.27(a) and (c)',
  },
};
