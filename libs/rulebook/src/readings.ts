import type { ReadingName } from './rulebook.js';

/**
 * The values that the ledger can follow for each open question. A rulebook that asks for another one is refused:
 * a setting that changes nothing would be a hidden choice.
 */
export const readingValues: Readonly<Record<ReadingName, readonly string[]>> = {
  orderOfReview: ['order-of-decision'],
  partialApproval: ['whole-or-nothing'],
  unusedHold: ['frees-its-tpp'],
  attrition: ['stays-debited'],
  partnerHeadquarters: ['debits-destination'],
  otherHeadquarters: ['licence-without-cap'],
  reexport: ['debits-new-destination-only'],
  unstatedHeadquarters: ['where-the-party-is'],
};
