import type { Reason } from '../determination.js';
import { countryName } from '../countries/countries.js';
import type { Answer } from './operations.js';
import type { WeightsConsignee } from './weights-facts.js';
import type { WeightsRulebook } from './weights-rules.js';

/** Where a consignee and its ultimate parent are headquartered, seen from Supplement No. 5(a). */
export interface Headquarters {
  /** Whether any of them is outside of Supplement No. 5(a): 742.6(b)(14). */
  readonly outside: Answer;
  /** Whether this is a partner firm as the reading `partnerFirm` has it. */
  readonly isPartnerFirm: Answer;
  /** One reason for each headquarters that is outside. */
  readonly outsiders: readonly Reason[];
  readonly missing: readonly string[];
}

export function headquartersOf(
  rulebook: WeightsRulebook,
  consignee: WeightsConsignee | undefined,
  atMs: number,
): Headquarters {
  const parent = consignee?.ultimateParent;
  const named = [
    {
      code: 'consignee-headquarters-not-partner',
      what: 'The consignee is headquartered in',
      country: consignee?.headquarters,
    },
    ...(parent === 'none'
      ? []
      : [
          {
            code: 'parent-headquarters-not-partner',
            what: 'Its ultimate parent is headquartered in',
            country: typeof parent === 'object' ? parent.headquarters : undefined,
          },
        ]),
  ];
  const { requirement, review } = rulebook.weights.licence;
  const places = named.map(({ code, what, country }) => {
    if (country === undefined || country === 'unknown') return { inside: 'unknown', isEmbargoed: false } as const;
    const group = rulebook.groupOf(country, atMs);
    const inside = group === 'partner' || group === 'home' ? 'yes' : 'no';
    const reason = {
      code,
      text: `${what} ${countryName(country)} (${country}), outside of Supplement No. 5(a).`,
      citation: `${requirement}; ${review}`,
    };
    return { inside, isEmbargoed: group === 'embargoed', reason } as const;
  });
  const all = allOf(places.map(({ inside }) => inside));
  const isEither = rulebook.weights.readings.partnerFirm.value === 'either';
  const isUnknownMissing = rulebook.weights.readings.unstatedHeadquarters?.value === 'missing';
  const any = places.some(({ isEmbargoed }) => isEmbargoed) ? 'no' : anyOf(places.map(({ inside }) => inside), isUnknownMissing);
  return {
    outside: opposite(all),
    isPartnerFirm: isEither ? any : all,
    outsiders: places.flatMap((place) => (place.inside === 'no' ? [place.reason] : [])),
    missing: missingOf(consignee),
  };
}

function missingOf(consignee: WeightsConsignee | undefined): readonly string[] {
  if (consignee === undefined) return ['/consignee'];
  const { headquarters, ultimateParent } = consignee;
  const missing = headquarters === undefined || headquarters === 'unknown' ? ['/consignee/headquarters'] : [];
  if (ultimateParent === undefined || ultimateParent === 'unknown') return [...missing, '/consignee/ultimateParent'];
  if (ultimateParent === 'none') return missing;
  const isOpen = ultimateParent.headquarters === undefined || ultimateParent.headquarters === 'unknown';
  return isOpen ? [...missing, '/consignee/ultimateParent/headquarters'] : missing;
}

function allOf(answers: readonly Answer[]): Answer {
  if (answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}

/** One that is unknown may be embargoed, which would bar. */
function anyOf(answers: readonly Answer[], isUnknownMissing: boolean): Answer {
  if (isUnknownMissing && answers.includes('unknown')) return 'unknown';
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

function opposite(answer: Answer): Answer {
  return answer === 'yes' ? 'no' : answer === 'no' ? 'yes' : 'unknown';
}
