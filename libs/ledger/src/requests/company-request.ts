import type { MilliTpp } from '#rulebook';
import type { AuthorisationKind, DeclaredElsewhere } from '../events/company-event.js';

// Requests to the register as the edge makes them. Times are milliseconds since 1970, UTC.

export interface RegisterCompanyRequest {
  readonly name: string;
  readonly headquarters?: string;
  readonly aliases?: readonly string[];
}

/** What is left out stays as it is. */
export interface AmendCompanyRequest {
  readonly name?: string;
  readonly headquarters?: string;
  readonly aliases?: readonly string[];
  readonly declaredMilliTpp?: MilliTpp;
  readonly declaredElsewhere?: DeclaredElsewhere;
  readonly reason: string;
}

export interface MergeCompaniesRequest {
  readonly into: string;
  readonly reason: string;
}

export interface GrantAuthorisationRequest {
  readonly kind: AuthorisationKind;
  readonly companyId: string;
  readonly country?: string;
  /** Left out: now. */
  readonly from?: number;
  /** Left out: until it is revoked. */
  readonly until?: number;
  readonly reason: string;
  readonly citation?: string;
}

export interface AmendAuthorisationRequest {
  readonly from?: number;
  /** Null: until it is revoked. */
  readonly until?: number | null;
  readonly reason: string;
}

export interface RevokeAuthorisationRequest {
  /** Left out: now. */
  readonly effective?: number;
  readonly reason: string;
}
