import { Injectable } from '@nestjs/common';
import { Ledger, type Company } from '#ledger';
import { companySlug } from '#rulebook';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Who a party of obligations and reports is by the register as it stands: what it is called, and what it was ever called. */
@Injectable()
export class PartyBook {
  constructor(private readonly ledger: Ledger) {}

  /**
   * Every id and name under which the log may know the party: those of the company that it means, former ones and those of
   * companies that were merged into it; of one that is not registered its own.
   */
  meantBy(party: string): readonly string[] {
    const company = this.ledger.companies.meantBy(party);
    const names = company === undefined ? [] : [company.name, ...company.aliases, ...this.#slugsOf(company)];
    return [...new Set([party, companySlug(party), ...names])];
  }

  /** The company that goes on, by its registered name; whoever is not registered stays as the log has it. */
  named<Party extends Named>(party: Party): Party {
    const company = this.ledger.companies.meantBy(party.id);
    return company === undefined ? party : { ...party, id: company.id, name: company.name };
  }

  #slugsOf(company: Company): readonly string[] {
    const slugs = [...company.keptSlugs, companySlug(company.name), ...company.aliases.map(companySlug)];
    // A name that was free once may be another company's by now.
    return slugs.filter((slug) => this.ledger.companies.meantBy(slug)?.id === company.id);
  }
}
