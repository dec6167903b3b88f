import type { NearMatch } from '../events/company-event.js';
import type { Authorisation, Company } from './company.js';

/** The register as a decision sees it. */
export interface RegisterState {
  /** By id, merged ones too. */
  company(id: string): Company | undefined;
  /** The company that a name with this slug means; never a merged one. */
  meantBy(slug: string): Company | undefined;
  authorisation(id: string): Authorisation | undefined;
  /** Companies that may be meant by a name with this slug, the nearest first. The one that it does mean is none of them. */
  nearTo(slug: string): readonly Company[];
  /** `recordedAt` of the last event, in milliseconds: time never goes back within a stream. */
  readonly lastRecordedAt: number;
}

/** What a shipment called a company that it registered, and who else may be meant. */
export interface NamedByShipment {
  readonly name: string;
  readonly companies: readonly NearMatch[];
}

/** What the fold writes. */
export interface RegisterChanges extends RegisterState {
  put(company: Company): void;
  putAuthorisation(authorisation: Authorisation): void;
  /** From now on the slug means this company; null: none. */
  claim(slug: string, companyId: string | null): void;
  /** A shipment registered a company whose name is near those of others. */
  registeredBy(shipmentId: string, named: NamedByShipment): void;
  recordedAt(ms: number): void;
}
