import type { CompiledRulebook } from '../compiled/compiled-rulebook.js';
import type { Reason, RouteConsidered, RouteName, Shipment } from '../determination.js';
import type { Consignee } from '../consignee.js';
import type { MilliTpp } from '../milli-tpp.js';
import type { RouteFacts } from '../route-facts.js';
import type { DestinationGroup } from '../countries/destination-group.js';
import type { DeterminationPorts } from './ports.js';

/** What the routes look at: a shipment with at least one item that needs a licence here, and who takes part in it. */
export interface Circumstances {
  readonly rulebook: CompiledRulebook;
  readonly shipment: Shipment;
  readonly facts: RouteFacts | undefined;
  readonly parties: Parties;
  readonly destinationGroup: DestinationGroup;
  /** The moment whose country groups hold, in milliseconds since 1970, UTC. */
  readonly atMs: number;
  /** Why everything is presumed denied (742.6(b)(10)(iii)(A)(1) and (iv)(B)); empty where that does not apply. */
  readonly embargo: readonly Reason[];
  /** Which levels need a licence or an exception here. */
  readonly needed: NeededLevels;
  /** The TPP of the items at the level of 3A090.a: all that can ever debit. */
  readonly debit: MilliTpp;
  readonly ports: DeterminationPorts;
}

export interface NeededLevels {
  readonly a: boolean;
  readonly b: boolean;
  readonly c: boolean;
}

/** Where consignee, operator and ultimate parents are and are headquartered, with what was left out filled in. */
export interface Parties {
  readonly consigneeCountry: string;
  readonly consigneeHeadquarters: string;
  /** Null where no ultimate parent is named. */
  readonly parentCountry: string | null;
  readonly parentHeadquarters: string | null;
  /** Null where no operator is stated. */
  readonly operator: OperatorPlaces | null;
}

/** Where who operates the items, and its ultimate parent (null: none named), are and are headquartered. */
export interface OperatorPlaces {
  /** As it is stated. */
  readonly party: Consignee;
  readonly country: string;
  readonly headquarters: string;
  readonly parentCountry: string | null;
  readonly parentHeadquarters: string | null;
}

/** What a route says of a shipment. */
export interface Verdict {
  readonly considered: RouteConsidered;
  /** The line that it draws on; null for that of the destination. */
  readonly line: string | null;
  readonly debits: boolean;
  /** Not applicable for no other reason than that the line has too little left: asked for by name, the line decides. */
  readonly beyondLine: boolean;
  /** Paths of facts that the route needs and does not have. */
  readonly missing: readonly string[];
}

/** One route of the regulation: whether a shipment may take it, and why. Pure, and never throws. */
export interface RouteRule {
  readonly route: RouteName;
  consider(circumstances: Circumstances): Verdict;
}
