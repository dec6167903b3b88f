import type { ClassifiedItem, Reason, RouteConsidered } from '../determination.js';
import { routeRules } from './route-rules.js';

const belowLevelA: Reason = {
  code: 'not-controlled',
  text: 'No item is at the level of 3A090.a: nothing here debits an allocation.',
  citation: '15 CFR part 774, Supplement No. 1, ECCN 3A090; 742.6(a)(6)(iii)(A)',
};

const levelB: Reason = {
  code: 'level-b-debits-nothing',
  text: 'Items at the level of 3A090.b debit no allocation; whether they need a licence is not determined here.',
  citation: '15 CFR 742.6(a)(6)(iii)(B); 742.6(b)(10)(iv)',
};

const neededByNone = routeRules.map(
  ({ route }): RouteConsidered => ({ route, applicable: false, reasons: [belowLevelA] }),
);
const uncontrolledOnly: readonly RouteConsidered[] = [
  { route: 'none', applicable: true, reasons: [belowLevelA] },
  ...neededByNone,
];
const someAtLevelB: readonly RouteConsidered[] = [
  { route: 'none', applicable: true, reasons: [belowLevelA, levelB] },
  ...neededByNone,
];

/** The routes of a shipment without any item at the level of 3A090.a: `none`, everywhere. */
export function routesOfUncontrolled(items: readonly ClassifiedItem[]): readonly RouteConsidered[] {
  return items.some(({ level }) => level === 'b') ? someAtLevelB : uncontrolledOnly;
}

/** Why `none` is no route for a shipment with an item at the level of 3A090.a. */
export const noneNotApplicable: RouteConsidered = {
  route: 'none',
  applicable: false,
  reasons: [
    {
      code: 'controlled',
      text: 'An item is at the level of 3A090.a: it needs a licence or a licence exception to every destination.',
      citation: '15 CFR 742.6(a)(6)(iii)(A)',
    },
  ],
};
