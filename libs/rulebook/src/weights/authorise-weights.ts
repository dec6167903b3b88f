import type { Reason } from '../determination.js';
import type { WeightsDetermination, WeightsObligation } from './weights-determination.js';
import type { WeightsRules } from './weights-rules.js';

/** The ways in which weights can leave. */
export type WeightsRoute = 'none' | 'aia' | 'licence';

/** What an exporter relies on. */
export interface WeightsReliance {
  /** The route asked for; left out: the first applicable one. */
  readonly route?: Exclude<WeightsRoute, 'none'>;
  /** Number of the licence that was granted for this export. */
  readonly licence?: string;
}

/** Whether an export of weights may be recorded, by which route and with what duties. */
export interface WeightsAuthorisation {
  /** When refused, the one that was asked for or would have been next. */
  readonly route: WeightsRoute;
  readonly obligations: readonly WeightsObligation[];
  readonly refusal: { readonly code: 'route-not-applicable'; readonly reasons: readonly Reason[] } | null;
}

/** A determination that names a route: the control is known, or does not matter. */
export type RoutedDetermination = WeightsDetermination & { readonly route: WeightsRoute };

/** Whether a determination has a route; else the facts in `missing` decide. */
export function isRouted(determination: WeightsDetermination): determination is RoutedDetermination {
  return determination.route !== 'unknown';
}

/**
 * What a determination lets an exporter do. The route asked for must apply; and a licence is one that was granted: its
 * number must be stated, under a presumption of denial as much as under one of approval. 15 CFR 742.6(a)(13), (b)(14).
 */
export function authoriseWeights(
  { licence: citations }: WeightsRules,
  determination: RoutedDetermination,
  { route: asked, licence }: WeightsReliance,
): WeightsAuthorisation {
  const route = asked ?? determination.route;
  const refuse = (reasons: readonly Reason[]): WeightsAuthorisation => ({
    route,
    obligations: [],
    refusal: { code: 'route-not-applicable', reasons },
  });
  const considered = determination.routesConsidered.find((each) => each.route === route);
  if (considered === undefined) {
    const why = determination.routesConsidered.flatMap(({ reasons }) => reasons);
    const text = `Neither a licence nor an exception is needed, so ${route} is not used: leave the route out.`;
    return refuse([{ code: 'no-authorisation-needed', text, citation: citations.requirement }, ...why]);
  }
  if (!considered.applicable) return refuse(considered.reasons);
  if (route !== 'licence') return { route, obligations: determination.obligations, refusal: null };
  if (licence !== undefined) return { route, obligations: [], refusal: null };
  const text = `These weights need a licence before they leave, and the number of none is stated.${reviewText(determination)}`;
  const needed = { code: 'licence-number-missing', text, citation: citations.requirement };
  return refuse([needed, ...determination.presumptionReasons]);
}

function reviewText({ presumption }: WeightsDetermination): string {
  switch (presumption) {
    case 'denial':
      return ' Applications are reviewed under a presumption of denial.';
    case 'approval':
      return ' Applications are reviewed under a presumption of approval.';
    default:
      return '';
  }
}
