import type { Reading } from '../document/rulebook.js';

/** What counts for a validated end user, and when. */
export const veuReadings = {
  uveuCounts: {
    question: 'What counts in the shares of a UVEU: what goes to it under the authorisation, or all that the company has?',
    value: 'whole-company',
    alternatives: ['own-shipments'],
    reason:
      'The shares are of "its total AI computing power", of the chips "owned by the entity and all its subsidiary and parent ' +
      'entities", whatever authorisation they came under. So what goes to the company, or to one whose ultimate parent it is, ' +
      'by another route counts as well, and so does what it declares to have from elsewhere.',
    citation: '15 CFR Part 748, Supplement No. 10, paragraph 6',
  },
  uveuSharesBind: {
    question: 'Is a shipment between two reporting dates refused that would pass a share?',
    value: 'always',
    alternatives: ['outside-home-on-reporting-dates', 'on-reporting-dates'],
    reason:
      'A UVEU "cannot transfer or install more" than the shares, which says nothing of a time. Only the share outside of the ' +
      'United States is "measured on the reporting dates"; a shipment that passes it could be out of it again by then. The ' +
      'ledger refuses what would pass a share at any time, so that none is passed on a reporting date.',
    citation: '15 CFR Part 748, Supplement No. 10, paragraphs 6 and 10',
  },
  nveuCounts: {
    question: 'What counts in the allocation of an NVEU: what goes to it under the authorisation, or all that it has in the country?',
    value: 'installed-base',
    alternatives: ['own-shipments'],
    reason:
      'The allocation is one of the "installed base", "as measured by the collective computing power of items subject to ECCNs ' +
      '3A090.a, 4A090.a, or corresponding .z paragraphs", and not of what is exported under the authorisation. So what goes to ' +
      'the company in that country by licence or under LPP is part of it, and so is what it declares to have there.',
    citation: '15 CFR 748.15(a)(2)(iii)(B)',
  },
} satisfies Readonly<Record<string, Reading>>;
