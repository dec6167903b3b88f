import { companySlug } from '../names/company-slug.js';
import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import { countryName } from '../countries/countries.js';
import type { Reason, Shipment } from '../determination.js';
import type { Consignee, Party } from '../consignee.js';
import { factOf } from '../route-facts.js';
import type { CompanyLookup } from './ports.js';

const none: readonly Reason[] = [];

/**
 * Facts of a shipment that cannot both be true, by what they say of each other and of registered companies. Nothing
 * may be recorded for such a shipment: any answer would rest on a guess. `operator` is that of the facts, if it has its form.
 */
export function contradictionsOf(
  rulebook: CompiledRulebook,
  { consignee, facts }: Shipment,
  operator: Consignee | undefined,
  atMs: number,
  companies: CompanyLookup | undefined,
): readonly Reason[] {
  if (consignee === undefined && facts === undefined) return none;
  const parent = consignee?.ultimateParent;
  // Nearly every shipment: two parties at home in one place, or one party.
  if (facts === undefined && companies === undefined && parent?.country === undefined) {
    if (parent === undefined || parent.headquarters === consignee?.headquarters) return none;
  }
  const reasons: Reason[] = [];
  const parties: readonly (readonly [string, Party | undefined])[] = [
    ['ultimateConsignee', consignee],
    ['ultimateConsignee.ultimateParent', parent],
    ['facts.operator', operator],
    ['facts.operator.ultimateParent', operator?.ultimateParent],
  ];
  contradictNames(parties, reasons);
  for (const each of [parent, operator?.ultimateParent]) {
    if (each !== undefined) contradictParent(rulebook, each, atMs, reasons);
  }
  if (companies !== undefined) contradictRegister(parties, companies, reasons);
  if (factOf(facts, 'governmentOwned') === true && factOf(facts, 'privateSector') === true) {
    const text = 'facts.privateSector and facts.governmentOwned cannot both be true.';
    reasons.push(contradiction(text, '15 CFR 740.28(d)'));
  }
  if (factOf(facts, 'cluster') === false && factOf(facts, 'clusterTpp') !== undefined) {
    const text = 'facts.clusterTpp is stated for items that facts.cluster says are for no cluster.';
    reasons.push(contradiction(text, '15 CFR 740.8(c)(1)(vi)'));
  }
  return reasons.length === 0 ? none : reasons;
}

const headquartersRule = '15 CFR 742.6(b)(10)(iii)';

/** One company has one headquarters. */
function contradictNames(parties: readonly (readonly [string, Party | undefined])[], reasons: Reason[]): void {
  for (let later = 1; later < parties.length; later += 1) {
    const [path, party] = parties[later] as (typeof parties)[number];
    if (party?.headquarters === undefined) continue;
    for (let earlier = 0; earlier < later; earlier += 1) {
      const [otherPath, other] = parties[earlier] as (typeof parties)[number];
      if (other?.headquarters === undefined || other.headquarters === party.headquarters) continue;
      const slug = companySlug(party.name);
      if (slug === '' || companySlug(other.name) !== slug) continue;
      const text =
        `${otherPath} and ${path} are both '${slug}', headquartered in ${countryName(other.headquarters)} and in ` +
        `${countryName(party.headquarters)}.`;
      reasons.push(contradiction(text, headquartersRule));
      break;
    }
  }
}

/** An ultimate parent has nobody above it: one in an embargoed country is not headquartered in another. */
function contradictParent(rulebook: CompiledRulebook, parent: Party, atMs: number, reasons: Reason[]): void {
  const { country, headquarters } = parent;
  if (country === undefined || headquarters === undefined || country === headquarters) return;
  const isEmbargoed = (where: string): boolean => rulebook.groupOf(where, atMs) === 'embargoed';
  if (!isEmbargoed(country) || isEmbargoed(headquarters)) return;
  const text =
    `The ultimate parent is in ${countryName(country)} (${country}), which is embargoed, and said to be ` +
    `headquartered in ${countryName(headquarters)} (${headquarters}).`;
  reasons.push(contradiction(text, headquartersRule));
}

function contradictRegister(
  parties: readonly (readonly [string, Party | undefined])[],
  companies: CompanyLookup,
  reasons: Reason[],
): void {
  for (const [path, party] of parties) {
    if (party?.headquarters === undefined) continue;
    const registered = companies(party);
    if (registered === null || registered.headquarters === null) continue;
    if (registered.headquarters === party.headquarters) continue;
    const text =
      `${path} is said to be headquartered in ${countryName(party.headquarters)}; ${registered.name} is registered ` +
      `with headquarters in ${countryName(registered.headquarters)}.`;
    reasons.push(contradiction(text, headquartersRule));
  }
}

function contradiction(text: string, citation: string): Reason {
  return { code: 'contradictory-facts', text, citation };
}
