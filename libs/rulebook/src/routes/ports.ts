import type { Party } from '../consignee.js';
import type { MilliTpp } from '../milli-tpp.js';

/** What a determination asks of the ledger. Without a port the routes that need it are not applicable. */
export interface DeterminationPorts {
  readonly lines?: LineLookup;
  readonly companies?: CompanyLookup;
}

/**
 * What a limited line has left, null where no limit is kept on it. `scope` names one share of a `uveu:` line
 * (`outside-partners`, `country:AE`, `outside-home`). Limits by date are those at recorded time.
 */
export type LineLookup = (line: string, atMs: number, scope?: string) => MilliTpp | null;

/** The registered company whose id or alias matches the party, null if none does. */
export type CompanyLookup = (party: Party) => RegisteredCompany | null;

export interface RegisteredCompany {
  /** The slug under which its lines are kept. */
  readonly id: string;
  readonly name: string;
  /** Null where nobody has said: then no authorisation can be granted. */
  readonly headquarters: string | null;
  readonly authorisations: readonly VeuAuthorisation[];
  /** TPP at the level of 3A090.a that it declares to own, with parents and subsidiaries; null: not declared. */
  readonly declaredMilliTpp: MilliTpp | null;
  /** What of that it has from outside of the ledger, by country; left out: nothing that is known. */
  readonly declaredElsewhere?: Readonly<Record<string, MilliTpp>>;
}

/** An entry of Supplement No. 7 to Part 748, in force from `fromMs` (inclusive) until `untilMs` (exclusive). */
export interface VeuAuthorisation {
  readonly id: string;
  readonly kind: 'uveu' | 'nveu';
  /** The one country of an NVEU; null for a UVEU. */
  readonly country: string | null;
  readonly fromMs: number;
  readonly untilMs: number;
}
