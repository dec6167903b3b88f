import type { FirstReadingName, ReadingName, Rulebook } from './rulebook.js';

/** The questions of every rulebook. */
export const firstReadings: Readonly<Record<FirstReadingName, readonly string[]>> = {
  orderOfReview: ['order-of-decision'],
  partialApproval: ['whole-or-nothing'],
  unusedHold: ['frees-its-tpp'],
  attrition: ['stays-debited'],
  partnerHeadquarters: ['debits-destination', 'debits-nothing'],
  otherHeadquarters: ['licence-without-cap', 'debits-headquarters-country'],
  reexport: ['debits-new-destination-only'],
  unstatedHeadquarters: ['where-the-party-is'],
};

/**
 * The values that the ledger can follow for each open question. A rulebook that asks for another one is refused:
 * a setting that changes nothing would be a hidden choice.
 */
export const readingValues: Readonly<Record<ReadingName, readonly string[]>> = {
  ...firstReadings,
  countAt: ['export', 'licence'],
  presumptionOfDenial: ['refused'],
  levelCReview: ['as-level-b', 'not-determined'],
  emiratesInGroupD4: ['no', 'until-named'],
  declaredBelowCatalogue: ['as-declared', 'contradictory'],
  beforeCompliance: ['determined'],
  uveuHeadquarters: ['as-registered'],
  aiaFilingAt: ['at-or-above'],
  lppNoticeAt: ['at-or-above', 'above'],
  lppInGroupsD1D4: ['not-usable', 'usable'],
  lppSecurityItems: ['not-eligible', 'eligible'],
  lppYear: ['utc'],
  uveuTotal: ['as-declared'],
  nveuAttrition: ['gives-back'],
  approvedDesigners: ['not-required'],
  tf32BitLength: ['not-used'],
};

/** The value that a rulebook follows; undefined for a question that it does not have. */
export function readingOf(rulebook: Rulebook, name: ReadingName): string | undefined {
  return rulebook.policy.readings[name]?.value;
}
