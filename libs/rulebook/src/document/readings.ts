import type { FirstReadingName, OptionalReadingName, ReadingName, Rulebook } from './rulebook.js';

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
 * Questions that a rulebook may leave out, with the value that it then follows. Those that version 2025-01-15 of the
 * built-in rulebook did not ask keep the meaning that it had: documents in logs and files decide as they always did.
 */
const optionalReadings: Readonly<Record<OptionalReadingName, { readonly values: readonly string[]; readonly absent: string }>> = {
  emiratesInGroupD4: { values: ['no', 'until-named'], absent: 'no' },
  planarCircuits: { values: ['no-density', 'not-taken'], absent: 'not-taken' },
  redFlag28: { values: ['named', 'not-named'], absent: 'not-named' },
  mixedShipments: { values: ['item-by-item', 'as-one'], absent: 'as-one' },
  customersEmbargoed: { values: ['as-destination', 'bars-acm'], absent: 'bars-acm' },
  aiaOperator: { values: ['as-consignee', 'not-tested'], absent: 'not-tested' },
  aiaCertification: { values: ['filed-at-threshold', 'filed-always'], absent: 'filed-at-threshold' },
  licenceLife: { values: ['to-period-end', 'one-year'], absent: 'to-period-end' },
  partnerBeyondCap: { values: ['refused', 'approved'], absent: 'refused' },
  territories: { values: ['as-parent', 'own-allocation'], absent: 'own-allocation' },
  uveuCounts: { values: ['own-shipments', 'whole-company'], absent: 'own-shipments' },
  nveuCounts: { values: ['own-shipments', 'installed-base'], absent: 'own-shipments' },
  uveuSharesBind: { values: ['always', 'outside-home-on-reporting-dates', 'on-reporting-dates'], absent: 'always' },
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
  ...(Object.fromEntries(Object.entries(optionalReadings).map(([name, { values }]) => [name, values])) as Record<
    OptionalReadingName,
    readonly string[]
  >),
};

/** The questions that a rulebook with `routes` must answer. */
export const requiredReadings = Object.keys(readingValues).filter((name) => !isOptional(name)) as readonly ReadingName[];

/**
 * The value that a rulebook follows: its own, else that of an optional question which it leaves out; undefined for a
 * question about routes in a rulebook from before routes were data.
 */
export function readingOf({ policy }: Rulebook, name: ReadingName): string | undefined {
  return policy.readings[name]?.value ?? (isOptional(name) ? optionalReadings[name].absent : undefined);
}

function isOptional(name: string): name is OptionalReadingName {
  return Object.hasOwn(optionalReadings, name);
}
