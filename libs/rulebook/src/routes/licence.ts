import type { RouteConsidered } from '../determination.js';
import type { RouteRule } from './route-rule.js';

const withinAllocation: RouteConsidered = {
  route: 'licence',
  applicable: true,
  reasons: [
    {
      code: 'within-allocation',
      text: "A licence is presumed approved up to the destination's allocation, which its TPP debits.",
      citation: '15 CFR 742.6(a)(6)(iii)(A); 742.6(b)(10)(iii)(B)(1)',
    },
  ],
};

const partnerDestination: RouteConsidered = {
  route: 'licence',
  applicable: true,
  reasons: [
    {
      code: 'partner-destination',
      text: 'A licence to a partner destination is presumed approved; it is counted there, without a cap.',
      citation: '15 CFR 742.6(a)(6)(iii)(A); 742.6(b)(10)(iii)(A)(2)',
    },
  ],
};

/** A licence, 15 CFR 742.6(a)(6)(iii)(A): needed worldwide for items at the level of 3A090.a. */
export const licence: RouteRule = {
  route: 'licence',
  consider({ destinationGroup, embargo }) {
    if (embargo.length > 0) return { route: 'licence', applicable: false, reasons: embargo };
    return destinationGroup === 'allocation' ? withinAllocation : partnerDestination;
  },
};
