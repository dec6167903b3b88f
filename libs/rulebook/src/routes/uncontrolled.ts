import type { Reason, RouteConsidered, RouteName } from '../determination.js';
import type { NeededLevels } from './route-rule.js';
import { routesFor } from './route-rules.js';

/** To Macau and D:5 by its own entry, for entities headquartered there elsewhere by the end-use control. */
const memory = '15 CFR Part 774, Supplement No. 1, ECCN 3A090.c; 15 CFR 744.23(a)(3)(i)(B)';

const belowLevelA: Reason = {
  code: 'not-controlled',
  text: 'No item is at the level of 3A090.a: nothing here debits an allocation.',
  citation: '15 CFR part 774, Supplement No. 1, ECCN 3A090; 742.6(a)(6)(iii)(A)',
};

const levelB: Reason = {
  code: 'level-b-not-controlled-here',
  text:
    'Items at the level of 3A090.b need a licence to Country Groups D:1, D:4 and D:5 (outside of A:5 and A:6) and ' +
    'for entities headquartered in Macau or D:5; nobody here is such.',
  citation: '15 CFR 742.6(a)(6)(iii)(B); 15 CFR 744.23(a)(3)(i)(A)',
};

const levelBUndetermined: Reason = {
  code: 'level-b-debits-nothing',
  text: 'Items at the level of 3A090.b debit no allocation; whether they need a licence is not determined here.',
  citation: '15 CFR 742.6(a)(6)(iii)(B); 742.6(b)(10)(iv)',
};

const levelC: Reason = {
  code: 'level-c-not-controlled-here',
  text: 'High-bandwidth memory (3A090.c) needs a licence where somebody involved is in Macau or Country Group D:5.',
  citation: memory,
};

const neededByNone = barredElsewhere(belowLevelA);

/** The routes of a shipment without any item that needs a licence here: `none`. */
export function routesOfUncontrolled(
  has: NeededLevels,
  isDetermined: boolean,
  asked: RouteName | undefined,
): readonly RouteConsidered[] {
  const reasons = [belowLevelA];
  if (has.b) reasons.push(isDetermined ? levelB : levelBUndetermined);
  if (has.c) reasons.push(levelC);
  return [{ route: 'none', applicable: true, reasons }, ...neededByNone(asked)];
}

const notSubject: Reason = {
  code: 'not-subject-to-ear',
  text:
    'By the word of the exporter the items are not subject to the EAR: foreign-made, and no direct product of the ' +
    'technology, software or plants that the advanced computing rule names. The framework does not reach them.',
  citation: '15 CFR 734.9(h); 15 CFR 734.3',
};
const notSubjectElsewhere = barredElsewhere(notSubject);

/** The routes of items that are not subject to the EAR: `none`, whatever they are and wherever they go. */
export function routesOfNotSubject(asked: RouteName | undefined): readonly RouteConsidered[] {
  return [{ route: 'none', applicable: true, reasons: [notSubject] }, ...notSubjectElsewhere(asked)];
}

/** Every route but `none`, each barred for one reason; made once, for nearly no shipment asks for a route by name. */
function barredElsewhere(reason: Reason): (asked: RouteName | undefined) => readonly RouteConsidered[] {
  const barred = (route: RouteName): RouteConsidered => ({ route, applicable: false, reasons: [reason] });
  const usualRoutes = routesFor(undefined);
  const usual = usualRoutes.map(barred);
  return (asked) => [...usual, ...routesFor(asked).slice(usualRoutes.length).map(barred)];
}

const controlledAtA = noneBarred(
  'controlled',
  'An item is at the level of 3A090.a: it needs a licence or a licence exception to every destination.',
  '15 CFR 742.6(a)(6)(iii)(A)',
);

const controlledAtB = noneBarred(
  'level-b-controlled',
  'An item is at the level of 3A090.b: it needs a licence or a licence exception to this destination or entity.',
  '15 CFR 742.6(a)(6)(iii)(B); 15 CFR 744.23(a)(3)(i)(A)',
);

const controlledAtC = noneBarred(
  'level-c-controlled',
  'An item is high-bandwidth memory (3A090.c): it needs a licence for this destination or entity.',
  memory,
);

/** Why `none` is no route for a shipment with an item that needs a licence. */
export function noneNotApplicable({ a, b }: NeededLevels): RouteConsidered {
  if (a) return controlledAtA;
  return b ? controlledAtB : controlledAtC;
}

function noneBarred(code: string, text: string, citation: string): RouteConsidered {
  return { route: 'none', applicable: false, reasons: [{ code, text, citation }] };
}
