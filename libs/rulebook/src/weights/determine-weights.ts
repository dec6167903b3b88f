import type { Reason, RouteConsidered } from '../determination.js';
import { checkFacts } from './check-facts.js';
import { classifyChecked, controlOf, decidedBy } from './classify-weights.js';
import { jurisdiction } from './jurisdiction.js';
import { missingFacts } from './missing-facts.js';
import { headquartersOf, type Headquarters } from './partner-firm.js';
import { considerAia, embargoedPlaces } from './weights-aia.js';
import type { WeightsDetermination, WeightsProblems } from './weights-determination.js';
import type { WeightsConsignee, WeightsFacts } from './weights-facts.js';
import type { WeightsRulebook, WeightsRules } from './weights-rules.js';

/**
 * What the rules make of giving a model's weights to a consignee at a moment (milliseconds since 1970, UTC): controlled
 * or not, by which route, how an application would be reviewed, and what must be done. 15 CFR 742.6(a)(13), (b)(14),
 * 734.9(l), 740.27(a)(3); ECCN 4E091. Pure, never throws; facts that are not there are named and never guessed.
 */
export function determineWeights(
  rulebook: WeightsRulebook,
  facts: WeightsFacts,
  consignee: WeightsConsignee | undefined,
  atMs: number,
): WeightsDetermination | WeightsProblems {
  const problems = checkFacts(facts, consignee, atMs);
  if (problems.length > 0) return { problems };
  const rules = rulebook.weights;
  const classification = classifyChecked(rules, facts, atMs);
  const subject = classification.control === 'not-controlled' ? undefined : jurisdiction(rules, facts);
  const steps = subject === undefined ? classification.steps : [...classification.steps, subject];
  const control = controlOf(steps);
  const missingControl = [
    ...classification.missing.map(({ member }) => member),
    ...(control === 'unknown' && subject?.frees === 'unknown' ? subject.missing : []),
  ];
  const shown = steps.map(({ step, frees, reason }) => ({ step, frees, reason }));
  const common = {
    control,
    decidedBy: decidedBy(shown),
    classification,
    steps: shown,
    presumption: null,
    presumptionReasons: [],
    obligations: [],
  } as const;

  const free =
    withinHome(rulebook, facts, consignee, atMs) ??
    (control === 'not-controlled' ? notControlled(shown) : toEmployee(rulebook, facts, consignee, atMs));
  if (free !== undefined) {
    return {
      ...common,
      route: 'none',
      routesConsidered: [{ route: 'none', applicable: true, reasons: [free] }],
      missing: [],
    };
  }
  if (control === 'unknown') {
    return { ...common, route: 'unknown', routesConsidered: [openRoute(rules)], missing: missingFacts(missingControl) };
  }
  return { ...common, ...authorised(rulebook, facts, consignee, atMs) };
}

type Routes = Pick<
  WeightsDetermination,
  'route' | 'routesConsidered' | 'presumption' | 'presumptionReasons' | 'obligations' | 'missing'
>;

/** The routes of controlled weights: the exception if it applies, else a licence. */
function authorised(
  rulebook: WeightsRulebook,
  facts: WeightsFacts,
  consignee: WeightsConsignee | undefined,
  atMs: number,
): Routes {
  const { licence } = rulebook.weights;
  const headquarters = headquartersOf(rulebook, consignee, atMs);
  const aia = considerAia(rulebook, facts, consignee, headquarters, atMs);
  const needed: Reason = {
    code: 'licence-required-worldwide',
    text: 'Weights specified in 4E091 need a licence or a licence exception to every destination.',
    citation: licence.requirement,
  };
  const routesConsidered: readonly RouteConsidered[] = [
    { route: 'none', applicable: false, reasons: [needed, ...notTheException(rulebook, facts, headquarters)] },
    { route: 'aia', applicable: aia.applicable, reasons: aia.reasons },
    { route: 'licence', applicable: true, reasons: [needed] },
  ];
  if (aia.applicable) {
    return {
      route: 'aia',
      routesConsidered,
      presumption: null,
      presumptionReasons: [],
      obligations: aia.obligations,
      missing: [],
    };
  }
  const review = reviewOf(rulebook, consignee, headquarters, atMs);
  const openReview = review.presumption === 'unknown' ? headquarters.missing : [];
  const openException = exceptionMissing(facts, headquarters);
  return {
    route: 'licence',
    routesConsidered,
    presumption: review.presumption,
    presumptionReasons: review.reasons,
    obligations: [
      {
        code: 'licence-before-export',
        text: 'Obtain a licence before the weights leave.',
        citation: licence.requirement,
        dueAt: null,
      },
    ],
    missing: missingFacts([...aia.missing, ...openReview, ...openException]),
  };
}

/** How an application is reviewed, 15 CFR 742.6(b)(14); what that leaves open is a reading. */
function reviewOf(
  rulebook: WeightsRulebook,
  consignee: WeightsConsignee | undefined,
  { outside, outsiders }: Headquarters,
  atMs: number,
): { readonly presumption: NonNullable<WeightsDetermination['presumption']>; readonly reasons: readonly Reason[] } {
  const { readings, licence } = rulebook.weights;
  if (outside === 'yes') return { presumption: 'denial', reasons: outsiders };
  const embargoed = embargoedPlaces(rulebook, consignee, atMs);
  if (embargoed.length > 0 && readings.partnerInEmbargoedPlace.value === 'denial') {
    const { citation } = readings.partnerInEmbargoedPlace;
    return { presumption: 'denial', reasons: embargoed.map((reason) => ({ ...reason, citation })) };
  }
  if (outside === 'unknown') {
    const text = 'Where the end user or its ultimate parent is headquartered is not known.';
    return { presumption: 'unknown', reasons: [{ code: 'headquarters-unknown', text, citation: licence.review }] };
  }
  const { value, citation } = readings.partnerReview;
  const text = `The end user and its ultimate parent are headquartered in Supplement No. 5(a): ${
    value === 'approval' ? 'approval is presumed' : 'no presumption is stated'
  }.`;
  return { presumption: value, reasons: [{ code: 'partner-end-user', text, citation }] };
}

function notControlled(steps: WeightsDetermination['steps']): Reason | undefined {
  return steps.find(({ frees }) => frees === 'yes')?.reason;
}

/** Why a release to a person needs no licence whatever the weights are; undefined if it may need one. */
function toEmployee(
  rulebook: WeightsRulebook,
  facts: WeightsFacts,
  consignee: WeightsConsignee | undefined,
  atMs: number,
): Reason | undefined {
  if (facts.release !== 'deemed-export' || facts.permanentRegularEmployee !== true) return undefined;
  if (headquartersOf(rulebook, consignee, atMs).isPartnerFirm !== 'yes') return undefined;
  const text = "A deemed export to a 'permanent regular employee' of a partner firm needs no licence.";
  return { code: 'permanent-regular-employee', text, citation: rulebook.weights.deemedExport.citation };
}

/** Why weights that stay at home are no export, whatever they are; undefined where they may leave. */
function withinHome(
  rulebook: WeightsRulebook,
  facts: WeightsFacts,
  consignee: WeightsConsignee | undefined,
  atMs: number,
): Reason | undefined {
  if (facts.release === 'deemed-export') return undefined;
  const country = consignee?.country;
  const places = [country, consignee?.facility?.country ?? country];
  if (places.some((place) => place === undefined || place === 'unknown' || rulebook.groupOf(place, atMs) !== 'home'))
    return undefined;
  return {
    code: 'not-an-export',
    text: 'To the United States nothing is exported or reexported.',
    citation: rulebook.weights.notAnExport.citation,
  };
}

/** Why the exception for deemed exports does not help, where it was asked for. */
function notTheException(
  { weights }: WeightsRulebook,
  facts: WeightsFacts,
  headquarters: Headquarters,
): readonly Reason[] {
  if (facts.release !== 'deemed-export') return [];
  const { citation } = weights.deemedExport;
  if (facts.permanentRegularEmployee === false) {
    return [
      { code: 'no-permanent-regular-employee', text: "The person is no 'permanent regular employee'.", citation },
    ];
  }
  if (headquarters.isPartnerFirm === 'no') return headquarters.outsiders.map((reason) => ({ ...reason, citation }));
  return [
    { code: 'fact-missing', text: 'Employment or headquarters are not stated, so they cannot be relied on.', citation },
  ];
}

function exceptionMissing(facts: WeightsFacts, headquarters: Headquarters): readonly string[] {
  if (facts.release !== 'deemed-export' || facts.permanentRegularEmployee === false) return [];
  if (headquarters.isPartnerFirm === 'no') return [];
  return [
    ...(facts.permanentRegularEmployee === true ? [] : ['/permanentRegularEmployee']),
    ...(headquarters.isPartnerFirm === 'unknown' ? headquarters.missing : []),
  ];
}

function openRoute({ licence }: WeightsRules): RouteConsidered {
  const text = 'Whether the weights are controlled is not known, so neither is what they need.';
  return {
    route: 'none',
    applicable: false,
    reasons: [{ code: 'control-unknown', text, citation: licence.requirement }],
  };
}
