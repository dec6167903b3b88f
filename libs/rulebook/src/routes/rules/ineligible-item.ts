import type { RouteName } from '../../determination.js';
import { isBelow } from '../../items/declared-eccn.js';
import type { Circumstances } from '../route-rule.js';

/**
 * The ECCN, first in alphabetical order, of the items that need a licence here and that a route does not list:
 * `ineligibleEccns`, each with all below it. Undefined if it takes them all.
 * @param pardoned an ECCN that is taken although it is listed as ineligible
 */
export function ineligibleItem(
  { rulebook, shipment, needed }: Circumstances,
  route: RouteName,
  pardoned?: string,
): string | undefined {
  const settings = rulebook.route(route);
  if (settings === undefined) return undefined;
  let first: string | undefined;
  for (const { level, eccn } of shipment.items) {
    if (level === 'uncontrolled' || !needed[level] || (first !== undefined && eccn >= first)) continue;
    if (settings.isIneligible(eccn) && !(pardoned !== undefined && isBelow(eccn, pardoned))) first = eccn;
  }
  return first;
}
