import type { Shipment } from '../determination.js';
import type { Party } from '../consignee.js';
import { factOf } from '../route-facts.js';
import type { CompanyLookup } from './ports.js';
import type { OperatorPlaces, Parties } from './route-rule.js';

/**
 * Fills in what a caller left out: a consignee or operator without country is in the destination; a party without
 * headquarters has those that are registered for its name, else has them where it is, and a parent without either where
 * its company has them. So nobody passes a test of headquarters by leaving out what the register knows.
 */
export function partiesOf({ destination, consignee, facts }: Shipment, companies?: CompanyLookup): Parties {
  const consigneeCountry = consignee?.country ?? destination;
  const consigneeHeadquarters = consignee === undefined ? destination : knownHeadquarters(consignee, companies) ?? consigneeCountry;
  const parent = consignee?.ultimateParent;
  const parentHeadquarters = parent === undefined ? null : parentsHeadquarters(parent, consigneeHeadquarters, companies);
  return {
    consigneeCountry,
    consigneeHeadquarters,
    parentCountry: parent?.country ?? parentHeadquarters,
    parentHeadquarters,
    operator: facts === undefined ? null : operatorOf(destination, facts, companies),
  };
}

function operatorOf(
  destination: string,
  facts: NonNullable<Shipment['facts']>,
  companies: CompanyLookup | undefined,
): OperatorPlaces | null {
  const operator = factOf(facts, 'operator');
  if (operator === undefined) return null;
  const country = operator.country ?? destination;
  const headquarters = knownHeadquarters(operator, companies) ?? country;
  const parent = operator.ultimateParent;
  const parentHeadquarters = parent === undefined ? null : parentsHeadquarters(parent, headquarters, companies);
  const parentCountry = parent?.country ?? parentHeadquarters;
  return { party: operator, country, headquarters, parentCountry, parentHeadquarters };
}

function parentsHeadquarters(parent: Party, ofItsCompany: string, companies: CompanyLookup | undefined): string {
  return knownHeadquarters(parent, companies) ?? parent.country ?? ofItsCompany;
}

/** As stated, else as registered. */
function knownHeadquarters(party: Party, companies: CompanyLookup | undefined): string | undefined {
  return party.headquarters ?? companies?.(party)?.headquarters ?? undefined;
}
