import type { MilliTpp } from '#rulebook';
import type { Answers, AnswersById, Recorded, RulebookReference } from './recorded.js';

// Events of the stream `companies`: who has a limit of its own, and who may use which authorisation. These shapes are
// stored, for ever. As on a line, an event carries the whole state after it of what it is about.

export type CompanyEvent =
  | CompanyRegistered
  | CompanyAmended
  | CompaniesMerged
  | AuthorisationGranted
  | AuthorisationAmended
  | AuthorisationRevoked;

/** A company under whose id limits are kept. */
export interface CompanyRegistered extends Recorded, AnswersById {
  readonly type: 'CompanyRegistered';
  /** The slug of its name. */
  readonly companyId: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2; null where nobody has said. */
  readonly headquarters: string | null;
  /** Other names that mean it. */
  readonly aliases: readonly string[];
  /** Only where a shipment named it first: the id of that reservation or export. */
  readonly shipmentId?: string;
  /** Registered companies with names so like it that one of them may be meant. Only where there are any. */
  readonly nearMatches?: readonly NearMatch[];
}

export interface NearMatch {
  readonly id: string;
  readonly name: string;
  readonly headquarters: string | null;
}

/** What is known of a company after an event. */
export interface CompanyDetails {
  readonly name: string;
  readonly headquarters: string | null;
  readonly aliases: readonly string[];
  /** TPP at the level of 3A090.a that it owns with parents and subsidiaries; null: not declared. */
  readonly declaredMilliTpp: MilliTpp | null;
  /** What of that it has from outside of the ledger, by country. Only where it declares any. */
  readonly declaredElsewhere?: DeclaredElsewhere;
  readonly createdAt: string;
  /** Only where there are any. */
  readonly authorisations?: readonly GrantedAuthorisation[];
}

/** TPP in thousandths, by country. */
export type DeclaredElsewhere = Readonly<Record<string, MilliTpp>>;

export interface CompanyAmended extends Recorded, AnswersById, CompanyDetails {
  readonly type: 'CompanyAmended';
  readonly companyId: string;
  readonly reason: string;
  /** Only where a shipment stated what was not known before: the id of that reservation or export. */
  readonly shipmentId?: string;
}

/** Two registrations of one company: whatever names `from` means `into` from now on. */
export interface CompaniesMerged extends Recorded, AnswersById {
  readonly type: 'CompaniesMerged';
  readonly from: string;
  readonly into: string;
  readonly reason: string;
  /** What stays of the first one: its names have become aliases of the other. */
  readonly merged: Pick<CompanyDetails, 'name' | 'headquarters' | 'createdAt'>;
  readonly survivor: CompanyDetails;
}

export type AuthorisationKind = 'uveu' | 'nveu';

/** An entry of Supplement No. 7 to 15 CFR Part 748 as it stands. Times are RFC 3339, UTC. */
export interface GrantedAuthorisation {
  readonly authorisationId: string;
  readonly kind: AuthorisationKind;
  /** The one country of an NVEU; null for a UVEU. */
  readonly country: string | null;
  /** In force from here (inclusive) ... */
  readonly from: string;
  /** ... until here (exclusive); null: until it is revoked. */
  readonly until: string | null;
  readonly revokedAt: string | null;
  readonly citation: string | null;
  readonly grantedAt: string;
}

interface OnAuthorisation extends Recorded, GrantedAuthorisation {
  readonly companyId: string;
  /** Why it was granted, amended or revoked. */
  readonly reason: string;
  readonly rulebook: RulebookReference;
}

/** Its id is the identity of the command that granted it. */
export interface AuthorisationGranted extends OnAuthorisation, Answers {
  readonly type: 'AuthorisationGranted';
}

export interface AuthorisationAmended extends OnAuthorisation, AnswersById {
  readonly type: 'AuthorisationAmended';
}

export interface AuthorisationRevoked extends OnAuthorisation, AnswersById {
  readonly type: 'AuthorisationRevoked';
}
