import { readingOf } from './readings.js';
import type { ObligationRule } from './route-settings.js';
import type { Rulebook } from './rulebook.js';

/**
 * The routes of a rulebook with the duties that its readings give them. Under `aiaCertification: filed-always` the
 * certification of AIA goes to BIS before the first export to a consignee (15 CFR 740.27(a)), whatever it receives.
 */
export function routesUnderReadings(document: Rulebook): NonNullable<Rulebook['routes']> {
  const { routes = {} } = document;
  const { aia } = routes;
  if (aia === undefined || readingOf(document, 'aiaCertification') !== 'filed-always') return routes;
  const obligations = aia.obligations.map((rule): ObligationRule => {
    return rule.due.when === 'on-reaching' ? { ...rule, due: { when: 'before-export' } } : rule;
  });
  return { ...routes, aia: { ...aia, obligations } };
}
