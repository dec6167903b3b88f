import type { Consignee } from './consignee.js';
import type { MilliTpp } from './milli-tpp.js';
import type { RouteFacts } from './route-facts.js';
import type { DueRule } from './document/route-settings.js';

export type Route = 'none' | RouteName;

/** Every way out that a shipment of controlled items can take. */
export type RouteName = 'aia' | 'aca' | 'nac' | 'acm' | 'uveu' | 'nveu' | 'lpp' | 'licence' | NamedException;

/** License exceptions that a shipment takes only where it asks for them by name (15 CFR 740.2(a)(9)(ii)). */
export type NamedException = (typeof namedExceptions)[number];

export const namedExceptions = ['tmp', 'rpl', 'gov', 'tsu', 'hbm'] as const;

/** Why a route applies or not, or why a shipment is refused: a stable code, a sentence, the paragraph it rests on. */
export interface Reason {
  readonly code: string;
  readonly text: string;
  readonly citation: string;
}

/**
 * How the regulation ranks an item: `a` needs a licence or an exception everywhere and its TPP can debit; `b` needs
 * one to some destinations, `c` (high-bandwidth memory) for embargoed ones, and neither ever debits.
 */
export type ItemLevel = 'a' | 'b' | 'c' | 'uncontrolled';

/** An item whose ECCN and TPP are settled. `milliTppPerUnit` is that of one unit. */
export interface ClassifiedItem {
  /** The chip's id in the catalogue, or null for an item that the exporter described. */
  readonly chip: string | null;
  readonly description: string | null;
  /** `3A090.a`, `4A090.a`, ... or `none`. */
  readonly eccn: string;
  readonly level: ItemLevel;
  readonly quantity: number;
  readonly milliTppPerUnit: MilliTpp;
  /** False where the exporter describes an item that is not for datacentres; of a chip the catalogue knows. */
  readonly datacenter?: false;
  /** Where the item leaves under an exception of its own beside others: it debits nothing. Left out: as its shipment. */
  readonly route?: 'aca';
}

export interface Shipment {
  readonly destination: string;
  readonly items: readonly ClassifiedItem[];
  /** Left out: an unnamed entity located and headquartered in the destination. */
  readonly consignee?: Consignee;
  /** The route asked for; left out: the first applicable one. */
  readonly route?: RouteName;
  /** What single routes need to know besides. Anything of the wrong form counts as left out: check it before. */
  readonly facts?: RouteFacts;
}

export interface RouteConsidered {
  readonly route: Route;
  readonly applicable: boolean;
  readonly reasons: readonly Reason[];
}

/** Refusals that follow from the rules alone, in their order of precedence. */
export type RuleRefusal = 'outside-quota-period' | 'no-allocation' | 'route-not-applicable';

export interface Determination {
  /** The chosen route; when refused, the one that would have been next, for the record. */
  readonly route: Route;
  /** The quota line on which the decision is recorded, as `country:AE`. */
  readonly line: string;
  readonly routesConsidered: readonly RouteConsidered[];
  readonly refusal: { readonly code: RuleRefusal; readonly reasons: readonly Reason[] } | null;
  /** Size of the shipment. */
  readonly milliTpp: MilliTpp;
  /** What it takes from the line. */
  readonly debitedMilliTpp: MilliTpp;
}

/** A duty that comes with the chosen route. */
export interface Obligation {
  /** A stable name: `lpp-certification-copy`. */
  readonly kind: string;
  readonly text: string;
  readonly citation: string;
  readonly due: DueRule;
}

/** A fact that a route needs and the shipment does not state, by its path in the request: `facts.noticeGivenAt`. */
export interface MissingRouteFact {
  readonly route: RouteName;
  readonly fact: string;
}

/** What `determine` answers. */
export interface Determined extends Determination {
  /** Those of the shipment, each that leaves by another route than the rest with that route. */
  readonly items: readonly ClassifiedItem[];
  /** Of the chosen route; none where the shipment is refused. `dueAt` says when each is due. */
  readonly obligations: readonly Obligation[];
  /** Facts that cannot both be true. If there are any, nothing may be recorded, whatever else is said here. */
  readonly contradictions: readonly Reason[];
  readonly missingFacts: readonly MissingRouteFact[];
}
