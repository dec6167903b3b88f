import type { Reason } from '../determination.js';
import type { Circumstances } from './route-rule.js';

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
 * Why ACA and NAC do not take these items, empty if they do: they take every controlled item except 3A090.c and what
 * is designed or marketed for datacentres and meets 3A090.a. 15 CFR 740.8(a).
 */
export function notForConsumers({ rulebook, shipment, needed }: Circumstances): readonly Reason[] {
  if (needed.c) return memory;
  for (const { level, chip, datacenter } of shipment.items) {
    if (level !== 'a' || datacenter === false) continue;
    if (chip === null || rulebook.isForDatacenters(chip)) return forDatacenters;
  }
  return eligible;
}
