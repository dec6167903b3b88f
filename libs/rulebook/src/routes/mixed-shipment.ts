import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { ClassifiedItem, Reason } from '../determination.js';
import { milliTpp, toTpp } from '../milli-tpp.js';
import { readingOf } from '../document/readings.js';
import { factOf } from '../route-facts.js';
import { isTakenByConsumerException } from './rules/consumer-items.js';
import { sizesOf } from './found.js';
import type { Circumstances } from './route-rule.js';

const ownException = '15 CFR 740.8(a)';
const licensed = '15 CFR 742.6(b)(10)(iii)(B)(1)';

/**
 * What the routes after ACA look at: the shipment without the items that need a licence and leave under ACA by themselves,
 * if others are left that do not. Undefined where no item does, all do, or ACA reaches nobody here.
 */
export function besideAca(circumstances: Circumstances): Circumstances | undefined {
  const { rulebook, shipment, needed, embargo, facts } = circumstances;
  if (embargo.length > 0 || rulebook.route('aca')?.settings.enabled !== true) return undefined;
  if (factOf(facts, 'prohibitedEndUse') === true || !isItemByItem(rulebook)) return undefined;
  const leavesUnderAca = (item: ClassifiedItem): boolean =>
    isNeeded(item, needed) && isTakenByConsumerException(rulebook, 'aca', item);
  if (!shipment.items.some(leavesUnderAca)) return undefined;
  const items = shipment.items.filter((item) => !leavesUnderAca(item));
  const { has, levelA } = sizesOf(items);
  const rest = { a: has.a && needed.a, b: has.b && needed.b, c: has.c && needed.c };
  if (!rest.a && !rest.b && !rest.c) return undefined;
  return { ...circumstances, shipment: { ...shipment, items }, needed: rest, debit: levelA };
}

/** Whether each item of a shipment is judged by itself where ACA takes some of them. */
export function isItemByItem({ document }: CompiledRulebook): boolean {
  return readingOf(document, 'mixedShipments') === 'item-by-item';
}

/** The items of a shipment, those that leave under ACA beside `rest` with that as their own route. */
export function withOwnRoutes(items: readonly ClassifiedItem[], rest: Circumstances): readonly ClassifiedItem[] {
  const others = new Set(rest.shipment.items);
  return items.map((item) => (others.has(item) || item.level === 'uncontrolled' || item.level === 'c' ? item : { ...item, route: 'aca' }));
}

/** What each item of a shipment debits, where some do and some do not, in alphabetical order; empty where all are alike. */
export function itemReasons(items: readonly ClassifiedItem[], needed: Circumstances['needed']): readonly Reason[] {
  const debiting = items.filter(isDebiting).length;
  if (debiting === 0 || debiting === items.length) return [];
  const reasons = items.map((item): Reason => {
    const what = `${item.quantity} ${item.chip ?? item.description ?? item.eccn}`;
    if (item.route === 'aca') {
      const text = `${what}: leaves under License Exception ACA and debits nothing.`;
      return { code: 'leaves-under-aca', text, citation: ownException };
    }
    if (isDebiting(item)) {
      const text = `${what}: debits ${toTpp(milliTpp(item.milliTppPerUnit * item.quantity))} TPP.`;
      return { code: 'item-debits', text, citation: licensed };
    }
    const why = isNeeded(item, needed) ? 'has no TPP at the level of 3A090.a' : 'needs no licence here';
    return { code: 'item-debits-nothing', text: `${what}: ${why} and debits nothing.`, citation: licensed };
  });
  return reasons.sort((a, b) => (a.text < b.text ? -1 : 1));
}

function isNeeded({ level }: ClassifiedItem, needed: Circumstances['needed']): boolean {
  return level !== 'uncontrolled' && needed[level];
}

/** Whether the TPP of an item count where its shipment debits: at the level of 3A090.a, under the shipment's route. */
export function isDebiting({ level, route, milliTppPerUnit }: Pick<ClassifiedItem, 'level' | 'route' | 'milliTppPerUnit'>): boolean {
  return level === 'a' && route === undefined && milliTppPerUnit > 0;
}
