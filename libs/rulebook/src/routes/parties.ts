import type { Party, Shipment } from '../determination.js';
import { factOf } from '../route-facts.js';
import type { OperatorPlaces, Parties } from './route-rule.js';

/**
 * Fills in what a caller left out: a consignee or operator without country is in the destination, a party without
 * headquarters has them where it is, a parent without either where its company has them.
 */
export function partiesOf({ destination, consignee, facts }: Shipment): Parties {
  const consigneeCountry = consignee?.country ?? destination;
  const consigneeHeadquarters = consignee?.headquarters ?? consigneeCountry;
  const parent = consignee?.ultimateParent;
  const parentHeadquarters = parent === undefined ? null : headquartersOf(parent, consigneeHeadquarters);
  return {
    consigneeCountry,
    consigneeHeadquarters,
    parentCountry: parent?.country ?? parentHeadquarters,
    parentHeadquarters,
    operator: facts === undefined ? null : operatorOf(destination, facts),
  };
}

function operatorOf(destination: string, facts: NonNullable<Shipment['facts']>): OperatorPlaces | null {
  const operator = factOf(facts, 'operator');
  if (operator === undefined) return null;
  const country = operator.country ?? destination;
  const headquarters = operator.headquarters ?? country;
  const parent = operator.ultimateParent;
  const parentHeadquarters = parent === undefined ? null : headquartersOf(parent, headquarters);
  return { country, headquarters, parentCountry: parent?.country ?? parentHeadquarters, parentHeadquarters };
}

function headquartersOf(parent: Party, ofItsCompany: string): string {
  return parent.headquarters ?? parent.country ?? ofItsCompany;
}
