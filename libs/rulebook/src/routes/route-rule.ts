import type { CompiledRulebook } from '../compiled-rulebook.js';
import type { Reason, Route, RouteConsidered, Shipment } from '../determination.js';
import type { DestinationGroup } from '../rulebook.js';

/** What the routes look at: a shipment with at least one item at the level of 3A090.a, and who takes part in it. */
export interface ShipmentFacts {
  readonly rulebook: CompiledRulebook;
  readonly shipment: Shipment;
  readonly parties: Parties;
  readonly destinationGroup: DestinationGroup;
  /** The moment whose country groups hold, in milliseconds since 1970, UTC. */
  readonly atMs: number;
  /** Why nobody may be licensed here (742.6(b)(10)(iii)(A)(1)); empty where that does not apply. */
  readonly embargo: readonly Reason[];
}

/** Where consignee and ultimate parent are and are headquartered, with what was left out filled in. */
export interface Parties {
  readonly consigneeCountry: string;
  readonly consigneeHeadquarters: string;
  /** Null where no ultimate parent is named. */
  readonly parentCountry: string | null;
  readonly parentHeadquarters: string | null;
}

/** One route of the regulation: whether a shipment may take it, and why. Pure, and never throws. */
export interface RouteRule {
  readonly route: Exclude<Route, 'none'>;
  consider(facts: ShipmentFacts): RouteConsidered;
}
