import type { Authorisation, Company } from './company.js';
import { nearCompanies, type CompanyRegister } from './company-register.js';
import { NearNames } from './near-names.js';
import type { RegisterChanges } from './register-state.js';

/** A register with what a batch has decided so far, before any of it is written: the register below stays as it is. */
export class RegisterBatch implements RegisterChanges {
  readonly #below: CompanyRegister;
  readonly #companies = new Map<string, Company>();
  readonly #owners = new Map<string, string | null>();
  readonly #authorisations = new Map<string, Authorisation>();
  readonly #names = new NearNames();
  #lastRecordedAt: number;

  constructor(below: CompanyRegister) {
    this.#below = below;
    this.#lastRecordedAt = below.lastRecordedAt;
  }

  get lastRecordedAt(): number {
    return this.#lastRecordedAt;
  }

  company(id: string): Company | undefined {
    return this.#companies.get(id) ?? this.#below.company(id);
  }

  meantBy(slug: string): Company | undefined {
    const owner = this.#owners.get(slug);
    if (owner === null) return undefined;
    const id = owner ?? this.#below.meantBy(slug)?.id;
    return id === undefined ? undefined : this.company(id);
  }

  authorisation(id: string): Authorisation | undefined {
    return this.#authorisations.get(id) ?? this.#below.authorisation(id);
  }

  nearTo(slug: string): readonly Company[] {
    const here = nearCompanies(this.#names, slug, this);
    const others = new Set([this.meantBy(slug)?.id, ...here.map(({ id }) => id)]);
    const below = this.#below.nearTo(slug).flatMap(({ id }) => {
      const now = this.company(id);
      return now === undefined || now.mergedInto !== null || others.has(id) ? [] : [now];
    });
    return [...below, ...here];
  }

  put(company: Company): void {
    this.#companies.set(company.id, company);
  }

  putAuthorisation(authorisation: Authorisation): void {
    this.#authorisations.set(authorisation.authorisationId, authorisation);
  }

  claim(slug: string, companyId: string | null): void {
    if (!this.#owners.has(slug)) this.#names.add(slug);
    this.#owners.set(slug, companyId);
  }

  registeredBy(): void {
    // Nobody asks before it is written.
  }

  recordedAt(ms: number): void {
    this.#lastRecordedAt = ms;
  }
}
