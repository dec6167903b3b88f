import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import { namedExceptions, type RouteName } from '../determination.js';
import { aca } from './rules/aca.js';
import { acm } from './rules/acm.js';
import { aia } from './rules/aia.js';
import { licence } from './rules/licence.js';
import { lpp } from './rules/lpp.js';
import { namedException } from './rules/named-exception.js';
import { nac } from './rules/nac.js';
import { nveu } from './rules/nveu.js';
import type { RouteRule } from './route-rule.js';
import { uveu } from './rules/uveu.js';
import { bars } from './verdicts.js';

/** Every route, in the order in which the first applicable one is taken: exceptions first, a licence last. */
const usualRules: readonly RouteRule[] = [aia, aca, nac, acm, uveu, nveu, lpp, licence];
const usualRoutes = usualRules.map(({ route }) => route);
const namedRules = namedExceptions.map(namedException);

const byRulebook = new WeakMap<CompiledRulebook, { readonly usual: readonly RouteRule[]; readonly named: readonly RouteRule[] }>();

/**
 * The rules that hold under a rulebook, and last the license exception that only a shipment which asks for it is measured
 * against. A route that the rulebook does not have, or has switched off, bars with that reason.
 */
export function rulesOf(rulebook: CompiledRulebook, asked: RouteName | undefined): readonly RouteRule[] {
  let known = byRulebook.get(rulebook);
  if (known === undefined) {
    const under = (rule: RouteRule): RouteRule => ruleUnder(rulebook, rule);
    known = { usual: usualRules.map(under), named: namedRules.map(under) };
    byRulebook.set(rulebook, known);
  }
  const named = asked === undefined ? undefined : known.named.find(({ route }) => route === asked);
  return named === undefined ? known.usual : [...known.usual, named];
}

/** The routes that a shipment is measured against, in the order of `rulesOf`. */
export function routesFor(asked: RouteName | undefined): readonly RouteName[] {
  return asked !== undefined && namedRules.some(({ route }) => route === asked) ? [...usualRoutes, asked] : usualRoutes;
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
  tmp: '15 CFR 740.9(a)(6)',
  rpl: '15 CFR 740.10',
  gov: '15 CFR 740.11(b)',
  tsu: '15 CFR 740.13(a) and (c)',
  hbm: '15 CFR 740.25',
};
