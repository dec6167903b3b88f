import type { CompiledRulebook } from '../compiled-rulebook.js';
import type { RouteName } from '../determination.js';
import { aca } from './aca.js';
import { acm } from './acm.js';
import { aia } from './aia.js';
import { licence } from './licence.js';
import { lpp } from './lpp.js';
import { nac } from './nac.js';
import { nveu } from './nveu.js';
import type { RouteRule } from './route-rule.js';
import { uveu } from './uveu.js';
import { bars } from './verdicts.js';

/** Every route, in the order in which the first applicable one is taken: exceptions first, a licence last. */
export const routeRules: readonly RouteRule[] = [aia, aca, nac, acm, uveu, nveu, lpp, licence];

const byRulebook = new WeakMap<CompiledRulebook, readonly RouteRule[]>();

/** The rules that hold under a rulebook: a route that it does not have, or has switched off, bars with that reason. */
export function rulesOf(rulebook: CompiledRulebook): readonly RouteRule[] {
  const known = byRulebook.get(rulebook);
  if (known !== undefined) return known;
  const rules = routeRules.map((rule) => ruleUnder(rulebook, rule));
  byRulebook.set(rulebook, rules);
  return rules;
}

function ruleUnder(rulebook: CompiledRulebook, rule: RouteRule): RouteRule {
  const settings = rulebook.route(rule.route)?.settings;
  if (settings?.enabled === true) return rule;
  // Files from before routes were data know these two.
  if (rulebook.document.routes === undefined && (rule === aia || rule === licence)) return rule;
  const { code, words } = settings
    ? { code: 'route-switched-off', words: 'is switched off in this rulebook' }
    : { code: 'not-in-this-rulebook', words: 'is not determined by this rulebook' };
  const { name, citation } = settings ?? { name: `The route ${rule.route}`, citation: citations[rule.route] };
  const barred = bars(rule.route, [{ code, text: `${name} ${words}.`, citation }]);
  return { route: rule.route, consider: () => barred };
}

const citations: Readonly<Record<RouteName, string>> = {
  aia: '15 CFR 740.27',
  aca: '15 CFR 740.8',
  nac: '15 CFR 740.8',
  acm: '15 CFR 740.28',
  uveu: '15 CFR 748.15(a)(2)',
  nveu: '15 CFR 748.15(a)(2)',
  lpp: '15 CFR 740.29',
  licence: '15 CFR 742.6(a)(6)(iii)',
};
