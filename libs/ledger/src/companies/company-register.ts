import { companySlug, type CompanyLookup, type RegisteredCompany, type VeuAuthorisation } from '#rulebook';
import { endOf, type Authorisation, type Company } from './company.js';
import { NearNames } from './near-names.js';
import type { NamedByShipment, RegisterChanges } from './register-state.js';

/** All companies and authorisations in memory: what the events of their stream come to. */
export class CompanyRegister implements RegisterChanges {
  readonly #companies = new Map<string, Company>();
  /** As shipments are determined by, made ready: survivors only. */
  readonly #registered = new Map<string, RegisteredCompany>();
  readonly #owners = new Map<string, RegisteredCompany>();
  readonly #otherIds = new Map<string, string>();
  readonly #authorisations = new Map<string, Authorisation>();
  readonly #names = new NearNames();
  /** Slugs that are filed under `#names`: they stay there. */
  readonly #filed = new Set<string>();
  readonly #named = new Map<string, NamedByShipment>();
  #lastRecordedAt = 0;

  get lastRecordedAt(): number {
    return this.#lastRecordedAt;
  }

  get size(): number {
    return this.#companies.size;
  }

  /** In the order of registration. */
  companies(): Iterable<Company> {
    return this.#companies.values();
  }

  /** In the order in which they were granted. */
  authorisations(): Iterable<Authorisation> {
    return this.#authorisations.values();
  }

  /** The company that a party of a shipment is, null if none of that name is registered. Asked with every shipment. */
  readonly lookup: CompanyLookup = ({ name }) => this.#owners.get(companySlug(name)) ?? null;

  company(id: string): Company | undefined {
    return this.#companies.get(id);
  }

  /** As `lookup` finds it, by its id or that of a company that was merged into it. */
  registered(id: string): RegisteredCompany | null {
    return this.#owners.get(id) ?? null;
  }

  meantBy(slug: string): Company | undefined {
    const owner = this.#owners.get(slug);
    return owner && this.#companies.get(owner.id);
  }

  /** Ids of companies by every other slug that means them: of aliases, former names and companies that were merged into them. */
  get otherIds(): ReadonlyMap<string, string> {
    return this.#otherIds;
  }

  authorisation(id: string): Authorisation | undefined {
    return this.#authorisations.get(id);
  }

  /** What was near to a company when this shipment registered it; undefined where it did not, or nothing was. */
  namedBy(shipmentId: string): NamedByShipment | undefined {
    return this.#named.get(shipmentId);
  }

  nearTo(slug: string): readonly Company[] {
    return nearCompanies(this.#names, slug, this);
  }

  put(company: Company): void {
    const { id, mergedInto } = company;
    const before = this.#registered.get(id);
    if (mergedInto !== null) this.#registered.delete(id);
    // In place: every slug that means the company leads to this one object.
    else if (before) Object.assign(before, registeredOf(company));
    else this.#registered.set(id, registeredOf(company));
    this.#companies.set(id, company);
  }

  putAuthorisation(authorisation: Authorisation): void {
    this.#authorisations.set(authorisation.authorisationId, authorisation);
  }

  claim(slug: string, companyId: string | null): void {
    const owner = companyId === null ? undefined : this.#registered.get(companyId);
    if (owner === undefined || owner.id === slug) this.#otherIds.delete(slug);
    else this.#otherIds.set(slug, owner.id);
    if (owner === undefined) {
      this.#owners.delete(slug);
      return;
    }
    this.#owners.set(slug, owner);
    if (this.#filed.has(slug)) return;
    this.#filed.add(slug);
    this.#names.add(slug);
  }

  registeredBy(shipmentId: string, named: NamedByShipment): void {
    this.#named.set(shipmentId, named);
  }

  recordedAt(ms: number): void {
    this.#lastRecordedAt = ms;
  }
}

/** Companies whose names are near a slug: each once, without the one that it means. */
export function nearCompanies(
  names: NearNames,
  slug: string,
  register: Pick<RegisterChanges, 'meantBy'>,
): readonly Company[] {
  const meant = register.meantBy(slug);
  const found = new Map<string, Company>();
  for (const near of names.near(slug)) {
    const company = register.meantBy(near.slug);
    if (company !== undefined && company.id !== meant?.id && !found.has(company.id)) found.set(company.id, company);
  }
  return [...found.values()];
}

function registeredOf({ id, name, headquarters, declaredMilliTpp, declaredElsewhere, authorisations }: Company): RegisteredCompany {
  return { id, name, headquarters, declaredMilliTpp, declaredElsewhere, authorisations: authorisations.map(periodOf) };
}

function periodOf(authorisation: Authorisation): VeuAuthorisation {
  const { authorisationId: id, kind, country, from } = authorisation;
  return { id, kind, country, fromMs: Date.parse(from), untilMs: endOf(authorisation) };
}
