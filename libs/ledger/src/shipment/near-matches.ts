import type { Party } from '#rulebook';
import type { CompanyPort } from '../companies/company-port.js';
import type { NearMatches } from '../requests/ledger-outcome.js';
import type { ShipmentRequest } from '../requests/ledger-request.js';

/**
 * Companies whose names are near those of parties that are not registered. A misspelt ultimate parent would otherwise
 * become a second limit unnoticed.
 */
export function nearMatchesOf({ consignee, facts }: ShipmentRequest, companies: CompanyPort | undefined): readonly NearMatches[] {
  const { nearMatches } = companies ?? {};
  if (companies === undefined || nearMatches === undefined) return [];
  const parties: readonly (readonly [string, Party | undefined])[] = [
    ['/ultimateConsignee', consignee],
    ['/ultimateConsignee/ultimateParent', consignee?.ultimateParent],
    ['/facts/operator', facts?.operator],
    ['/facts/operator/ultimateParent', facts?.operator?.ultimateParent],
  ];
  return parties.flatMap(([pointer, party]) => {
    if (party === undefined || companies.lookup(party) !== null) return [];
    const near = nearMatches(party);
    return near.length === 0 ? [] : [{ pointer, name: party.name, companies: near }];
  });
}
