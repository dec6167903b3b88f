import type { Shipment } from '../determination.js';
import type { Parties } from './route-rule.js';

/**
 * Fills in what a caller left out: a consignee without country is in the destination, a party without headquarters
 * has them where it is, a parent without either where the consignee has them.
 */
export function partiesOf({ destination, consignee }: Shipment): Parties {
  const consigneeCountry = consignee?.country ?? destination;
  const consigneeHeadquarters = consignee?.headquarters ?? consigneeCountry;
  const parent = consignee?.ultimateParent;
  if (parent === undefined) {
    return { consigneeCountry, consigneeHeadquarters, parentCountry: null, parentHeadquarters: null };
  }
  const parentHeadquarters = parent.headquarters ?? parent.country ?? consigneeHeadquarters;
  return {
    consigneeCountry,
    consigneeHeadquarters,
    parentCountry: parent.country ?? parentHeadquarters,
    parentHeadquarters,
  };
}
