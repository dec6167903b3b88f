import type { MilliTpp } from '#rulebook';
import type { CompanyDetails, DeclaredElsewhere, GrantedAuthorisation } from '../events/company-event.js';

/** An authorisation as it stands. */
export interface Authorisation extends GrantedAuthorisation {
  /** Whose it is now: after a merger the survivor's. */
  readonly companyId: string;
  readonly reason: string;
  /** Revision of its newest event in the stream of the register. */
  readonly revision: number;
}

/** A company as it stands: the fold of its events. */
export interface Company {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2; null where nobody has said. */
  readonly headquarters: string | null;
  readonly aliases: readonly string[];
  readonly declaredMilliTpp: MilliTpp | null;
  /** What of that it has from outside of the ledger, by country; empty: nothing that it declares. */
  readonly declaredElsewhere: DeclaredElsewhere;
  /** The company that it turned out to be; null for one of its own. */
  readonly mergedInto: string | null;
  readonly authorisations: readonly Authorisation[];
  readonly createdAt: string;
  /** Slugs that mean it for ever: its id, its former names, and what mergers brought. No amendment takes one away. */
  readonly keptSlugs: readonly string[];
  /** Revision of its first and of its newest event in the stream of the register. */
  readonly createdRevision: number;
  readonly revision: number;
}

export type AuthorisationStatus = 'planned' | 'in-force' | 'ended' | 'revoked';

/** What an authorisation is worth at a moment (milliseconds). One that is to be revoked later is in force until then. */
export function statusOf({ from, until, revokedAt }: GrantedAuthorisation, atMs: number): AuthorisationStatus {
  if (revokedAt !== null && atMs >= Date.parse(revokedAt)) return 'revoked';
  if (until !== null && atMs >= Date.parse(until)) return 'ended';
  return atMs < Date.parse(from) ? 'planned' : 'in-force';
}

/** When it ends, by its term or by revocation, in milliseconds; Infinity if it does not. */
export function endOf({ until, revokedAt }: GrantedAuthorisation): number {
  return Math.min(msOf(until), msOf(revokedAt));
}

function msOf(time: string | null): number {
  return time === null ? Infinity : Date.parse(time);
}

/** What an event says of a company after it. */
export function detailsOf(company: Company): CompanyDetails {
  const { name, headquarters, aliases, declaredMilliTpp, declaredElsewhere, createdAt, authorisations } = company;
  const granted = authorisations.map(grantOf);
  const elsewhere = Object.keys(declaredElsewhere).length > 0 && { declaredElsewhere };
  const details = { name, headquarters, aliases, declaredMilliTpp, ...elsewhere, createdAt };
  return granted.length === 0 ? details : { ...details, authorisations: granted };
}

/** What an event says of an authorisation after it. */
export function grantOf(authorisation: GrantedAuthorisation): GrantedAuthorisation {
  const { authorisationId, kind, country, from, until, revokedAt, citation, grantedAt } = authorisation;
  return { authorisationId, kind, country, from, until, revokedAt, citation, grantedAt };
}
