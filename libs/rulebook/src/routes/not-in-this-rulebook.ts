import type { RouteConsidered } from '../determination.js';
import type { RouteRule } from './route-rule.js';

/** A route that the regulation has and the ledger does not determine: never applicable, and it says so. */
export function notInThisRulebook(route: RouteRule['route'], name: string, citation: string): RouteRule {
  const considered: RouteConsidered = {
    route,
    applicable: false,
    reasons: [{ code: 'not-in-this-rulebook', text: `${name} is not determined by this rulebook.`, citation }],
  };
  return { route, consider: () => considered };
}
