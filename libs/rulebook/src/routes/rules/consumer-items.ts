import type { CompiledRulebook } from '../../compiled/compiled-rulebook.js';
import type { ClassifiedItem, Reason } from '../../determination.js';
import { ineligibleItem } from './ineligible-item.js';
import type { Circumstances } from '../route-rule.js';

const citation = '15 CFR 740.8(a)';

const forDatacenters: readonly Reason[] = [
  {
    code: 'designed-for-datacenters',
    text: 'An item at the level of 3A090.a is designed or marketed for datacentres: ACA and NAC do not take it.',
    citation,
  },
];
const memory: readonly Reason[] = [
  { code: 'item-not-eligible', text: 'ACA and NAC take no high-bandwidth memory (3A090.c).', citation },
];
const eligible: readonly Reason[] = [];

/**
 * Why ACA and NAC do not take these items, empty if they do: they take every controlled item except 3A090.c, listed
 * software and technology, and what is designed or marketed for datacentres and meets 3A090.a. 15 CFR 740.8(a).
 */
export function notForConsumers(circumstances: Circumstances, route: 'aca' | 'nac'): readonly Reason[] {
  const { rulebook, shipment, needed } = circumstances;
  if (needed.c) return memory;
  const ineligible = ineligibleItem(circumstances, route);
  if (ineligible !== undefined) {
    return [{ code: 'item-not-eligible', text: `ACA and NAC do not take ${ineligible}.`, citation }];
  }
  return shipment.items.some((item) => isForDatacenters(rulebook, item)) ? forDatacenters : eligible;
}

/** Whether the item alone could leave under ACA or NAC, as `notForConsumers` says of a whole shipment. */
export function isTakenByConsumerException(rulebook: CompiledRulebook, route: 'aca' | 'nac', item: ClassifiedItem): boolean {
  if (item.level !== 'a' && item.level !== 'b') return false;
  return !isForDatacenters(rulebook, item) && rulebook.route(route)?.isIneligible(item.eccn) === false;
}

function isForDatacenters(rulebook: CompiledRulebook, { level, chip, datacenter }: ClassifiedItem): boolean {
  return level === 'a' && datacenter !== false && (chip === null || rulebook.isForDatacenters(chip));
}
