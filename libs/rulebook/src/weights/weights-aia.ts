import { countryName } from '../countries/countries.js';
import type { Reason } from '../determination.js';
import { isPartner } from '../routes/rules/aia.js';
import type { Headquarters } from './partner-firm.js';
import { dayOf, dueOf, hasBegun } from './weights-dates.js';
import type { WeightsObligation } from './weights-determination.js';
import type { WeightsConsignee, WeightsFacts } from './weights-facts.js';
import type { FacilityParagraph, WeightsRulebook } from './weights-rules.js';

export interface AiaConsidered {
  readonly applicable: boolean;
  readonly reasons: readonly Reason[];
  /** Facts that the exception needs and nobody stated: without them it is not applicable. */
  readonly missing: readonly string[];
  readonly obligations: readonly WeightsObligation[];
}

const paragraphs: readonly FacilityParagraph[] = ['paragraph14', 'paragraph15', 'paragraph18'];

/**
 * License Exception AIA for weights, 15 CFR 740.27(a)(3): to partner firms located outside Macau and Country Group D:5
 * that store them in a facility which complies with paragraphs 14, 15 and 18 of Supplement No. 10 to Part 748; in Country
 * Groups D:1 and D:4 outside of A:5 and A:6 by 740.2(a)(9)(ii) only to those headquartered in 5(a) themselves. Until
 * those paragraphs must be complied with, the facility is a duty with a date and no condition.
 */
export function considerAia(
  rulebook: WeightsRulebook,
  facts: WeightsFacts,
  consignee: WeightsConsignee | undefined,
  headquarters: Headquarters,
  atMs: number,
): AiaConsidered {
  const { aia, readings, facilitySecurity } = rulebook.weights;
  if (facts.release === 'deemed-export') {
    const text = 'License Exception AIA is not used for the release to a person.';
    return refused([{ code: 'deemed-export', text, citation: readings.deemedExportUnderAia.citation }], []);
  }
  const reasons: Reason[] = [];
  const missing: string[] = [];
  if (headquarters.isPartnerFirm === 'no') reasons.push(...headquarters.outsiders);
  if (headquarters.isPartnerFirm === 'unknown') missing.push(...headquarters.missing);
  reasons.push(...embargoedPlaces(rulebook, consignee, atMs));
  const restricted = restrictedPlaces(rulebook, consignee, atMs);
  if (restricted.length > 0) {
    const own = consignee?.headquarters;
    if (own === undefined || own === 'unknown') missing.push('/consignee/headquarters');
    else if (!isPartner(rulebook.groupOf(own, atMs))) reasons.push(...restricted);
  }
  if (consignee !== undefined && (consignee.country === undefined || consignee.country === 'unknown'))
    missing.push('/consignee/country');
  if (hasBegun(facilitySecurity, atMs)) {
    for (const paragraph of paragraphs) {
      const complies = consignee?.facility?.[paragraph];
      if (complies === false) {
        const text = `The facility does not comply with ${paragraph.replace('paragraph', 'paragraph ')}.`;
        reasons.push({ code: `facility-${paragraph}`, text, citation: aia.facilityCitation });
      } else if (complies !== true) {
        missing.push(`/consignee/facility/${paragraph}`);
      }
    }
  }
  if (missing.length > 0) {
    const text = `Not stated, so it cannot be relied on: ${[...new Set(missing)].sort().join(', ')}.`;
    reasons.push({ code: 'fact-missing', text, citation: aia.citation });
  }
  if (reasons.length > 0) return refused(reasons, missing);
  const code = 'partner-firm';
  const text = 'A partner firm located outside Macau and Country Group D:5, with a facility as the exception asks for.';
  const day = dayOf(facilitySecurity);
  const until = `A partner firm located outside Macau and Country Group D:5; its facility must comply by ${day}.`;
  const isLater = !hasBegun(facilitySecurity, atMs);
  return {
    applicable: true,
    reasons: [{ code, text: isLater ? until : text, citation: aia.citation }],
    missing: [],
    obligations: obligations(rulebook, isLater),
  };
}

/** Where the consignee or its facility is, if that is Macau or Country Group D:5. */
export function embargoedPlaces(
  rulebook: WeightsRulebook,
  consignee: WeightsConsignee | undefined,
  atMs: number,
): readonly Reason[] {
  return placesOf(consignee).flatMap(({ who, what, country }) => {
    if (rulebook.groupOf(country, atMs) !== 'embargoed') return [];
    const text = `${what} ${countryName(country)} (${country}): Macau or Country Group D:5.`;
    return [{ code: `${who}-embargoed`, text, citation: `${rulebook.weights.aia.citation}(i)` }];
  });
}

/** Where they are, if 740.2(a)(9)(ii) leaves AIA there to entities that are headquartered in partner countries themselves. */
function restrictedPlaces(
  rulebook: WeightsRulebook,
  consignee: WeightsConsignee | undefined,
  atMs: number,
): readonly Reason[] {
  const reading = rulebook.weights.readings.aiaInGroupsD1D4;
  if (reading?.value !== 'own-headquarters') return [];
  return placesOf(consignee).flatMap(({ who, what, country }) => {
    if (!rulebook.isRestricted(country, atMs) || rulebook.groupOf(country, atMs) === 'embargoed') return [];
    const text =
      `${what} ${countryName(country)} (${country}), in Country Group D:1 or D:4: AIA reaches entities there only if they ` +
      'are headquartered in Supplement No. 5(a) themselves.';
    return [{ code: `${who}-restricted`, text, citation: reading.citation }];
  });
}

interface Place {
  readonly who: 'consignee' | 'facility';
  readonly what: string;
  readonly country: string;
}

/** Where the consignee and its facility are, as far as it is stated. */
function placesOf(consignee: WeightsConsignee | undefined): readonly Place[] {
  const places = [
    { who: 'consignee', what: 'The consignee is located in', country: consignee?.country },
    { who: 'facility', what: 'The weights would be stored in', country: consignee?.facility?.country },
  ] as const;
  return places.flatMap(({ country, ...place }) => (country === undefined || country === 'unknown' ? [] : [{ ...place, country }]));
}

function obligations(
  { weights: { aia, facilitySecurity } }: WeightsRulebook,
  isLater: boolean,
): readonly WeightsObligation[] {
  const dueAt = isLater ? dueOf(facilitySecurity) : null;
  return [
    ...aia.duties.map(({ code, text, citation }) => ({ code, text, citation, dueAt })),
    { code: 'records', ...aia.records, dueAt: null },
  ];
}

function refused(reasons: readonly Reason[], missing: readonly string[]): AiaConsidered {
  return { applicable: false, reasons, missing, obligations: [] };
}
