import { companySlug, fromTpp, type Party, type RegisteredCompany, type VeuAuthorisation } from '#rulebook';
import type { NearMatch } from '../events/company-event.js';
import type { CompanyPort } from '../companies/company-port.js';
import type { Rejected } from '../outcome/rejected.js';

/** A register of companies that is set by hand, for specs. */
export class FakeCompanies implements CompanyPort {
  readonly registered: Party[] = [];
  readonly #companies = new Map<string, RegisteredCompany>();
  readonly #merged = new Map<string, string>();

  readonly lookup = ({ name }: Party): RegisteredCompany | null => {
    let id = companySlug(name);
    for (let into = this.#merged.get(id); into !== undefined; into = this.#merged.get(id)) id = into;
    return this.#companies.get(id) ?? null;
  };

  readonly register = (party: Party): Promise<Rejected | undefined> => {
    if (this.lookup(party) === null) {
      this.registered.push(party);
      this.add(party.name, { headquarters: party.headquarters ?? party.country ?? 'AE' });
    }
    return Promise.resolve(undefined);
  };

  readonly nearMatches = ({ name }: Party): readonly NearMatch[] =>
    [...this.#companies.values()].filter((company) => company.id.startsWith(companySlug(name).slice(0, 6)));

  /** @param over `tpp` is what the company declares to own in all */
  add(name: string, over: { headquarters?: string; tpp?: number; authorisations?: readonly VeuAuthorisation[] } = {}): this {
    const { headquarters = 'AE', tpp, authorisations = [] } = over;
    const id = companySlug(name);
    const declaredMilliTpp = tpp === undefined ? null : fromTpp(tpp);
    this.#companies.set(id, { id, name, headquarters, authorisations, declaredMilliTpp });
    return this;
  }

  merge(from: string, into: string): this {
    this.#merged.set(from, into);
    return this;
  }
}

/** An authorisation that is always in force. */
export function authorised(kind: VeuAuthorisation['kind'], country: string | null = null): VeuAuthorisation {
  return { id: `${kind}-${country ?? 'all'}`, kind, country, fromMs: 0, untilMs: 8.64e15 };
}
