import type { MilliTpp } from '#rulebook';
import type { AuthorisationKind, DeclaredElsewhere } from '../events/company-event.js';
import type { Issued } from '../line/line-command.js';

/** What a caller wants of the register. Times are milliseconds since 1970, UTC. */
export type CompanyCommand =
  | RegisterCompany
  | AmendCompany
  | MergeCompanies
  | NameParty
  | GrantAuthorisation
  | AmendAuthorisation
  | RevokeAuthorisation;

export interface RegisterCompany extends Issued {
  readonly type: 'RegisterCompany';
  readonly name: string;
  readonly headquarters: string | null;
  readonly aliases: readonly string[];
}

/** What is undefined stays as it is. */
export interface AmendCompany extends Issued {
  readonly type: 'AmendCompany';
  readonly companyId: string;
  readonly name: string | undefined;
  readonly headquarters: string | undefined;
  /** All of them, as they shall be. */
  readonly aliases: readonly string[] | undefined;
  readonly declaredMilliTpp: MilliTpp | undefined;
  /** All of it, as it shall be; a country with nothing is left out. */
  readonly declaredElsewhere: DeclaredElsewhere | undefined;
  readonly reason: string;
}

export interface MergeCompanies extends Issued {
  readonly type: 'MergeCompanies';
  readonly from: string;
  readonly into: string;
  readonly reason: string;
}

/** A shipment names a company that has a limit of its own: it is registered if nobody has named it before. */
export interface NameParty extends Issued {
  readonly type: 'NameParty';
  readonly name: string;
  readonly headquarters: string | null;
  /** The reservation or export that names it. */
  readonly shipmentId: string;
}

export interface GrantAuthorisation extends Issued {
  readonly type: 'GrantAuthorisation';
  readonly authorisationId: string;
  readonly kind: AuthorisationKind;
  readonly companyId: string;
  readonly country: string | null;
  readonly from: number;
  readonly until: number | null;
  readonly reason: string;
  readonly citation: string | null;
}

/** Undefined stays as it is; null: without an end. */
export interface AmendAuthorisation extends Issued {
  readonly type: 'AmendAuthorisation';
  readonly authorisationId: string;
  readonly from: number | undefined;
  readonly until: number | null | undefined;
  readonly reason: string;
}

export interface RevokeAuthorisation extends Issued {
  readonly type: 'RevokeAuthorisation';
  readonly authorisationId: string;
  /** When it ends; undefined: now. */
  readonly effective: number | undefined;
  readonly reason: string;
}
