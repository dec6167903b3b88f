import type { Reason, RouteName } from '../determination.js';
import type { Verdict } from './route-rule.js';
import { bars } from './verdicts.js';

const ofItself = '15 CFR part 744';

/** Part 744 forbids of itself what no licence under it permits; four of the routes say so in their own words too. */
const citations: Readonly<Record<RouteName, string>> = {
  aia: `${ofItself}; 15 CFR 740.27(b)(2)(ii)`,
  aca: ofItself,
  nac: ofItself,
  acm: ofItself,
  uveu: '15 CFR 748.15(d)(2); 15 CFR Part 748, Supplement No. 10, paragraph 9.a',
  nveu: '15 CFR 748.15(d)(2); 15 CFR Part 748, Supplement No. 10, paragraph 9.a',
  lpp: '15 CFR 740.29(e)',
  licence: ofItself,
  tmp: ofItself,
  rpl: ofItself,
  gov: ofItself,
  tsu: ofItself,
  hbm: ofItself,
};

/**
 * What becomes of a route's verdict where the items are for an end use or end user that part 744 prohibits: it bars.
 * Such a licence is reviewed under that part and not under 742.6(b)(10), so none is presumed approved here. Facts that
 * are missing besides would open nothing.
 */
export function withProhibitedUse(route: RouteName, { considered }: Verdict): Verdict {
  const others = considered.applicable ? [] : considered.reasons.filter(({ code }) => !isCurable(code));
  return bars(route, [prohibited[route], ...others]);
}

function isCurable(code: string): boolean {
  return code === 'missing-fact' || code === 'exceeds-line';
}

const prohibited = Object.fromEntries(
  Object.entries(citations).map(([route, citation]): readonly [string, Reason] => {
    const text =
      route === 'licence'
        ? 'An end use or end user of part 744 needs a licence under that part, which no presumption of approval covers.'
        : 'The items are for an end use or end user that part 744 prohibits.';
    return [route, { code: 'prohibited-end-use', text, citation }];
  }),
) as Readonly<Record<RouteName, Reason>>;
