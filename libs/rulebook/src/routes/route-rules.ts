import { aia } from './aia.js';
import { licence } from './licence.js';
import { notInThisRulebook } from './not-in-this-rulebook.js';
import type { RouteRule } from './route-rule.js';

/** Every route, in the order in which the first applicable one is taken: exceptions first, a licence last. */
export const routeRules: readonly RouteRule[] = [
  aia,
  notInThisRulebook('aca', 'License Exception ACA', '15 CFR 740.8'),
  notInThisRulebook('nac', 'License Exception NAC', '15 CFR 740.8'),
  notInThisRulebook('acm', 'License Exception ACM', '15 CFR 740.28'),
  notInThisRulebook('uveu', 'The Universal Validated End-User authorisation', '15 CFR 748.15(a)(2)'),
  notInThisRulebook('nveu', 'The National Validated End-User authorisation', '15 CFR 748.15(a)(2)'),
  notInThisRulebook('lpp', 'License Exception LPP', '15 CFR 740.29'),
  licence,
];
