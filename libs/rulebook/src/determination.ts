import type { MilliTpp } from './milli-tpp.js';

export type Route = 'none' | 'aia' | 'aca' | 'nac' | 'acm' | 'uveu' | 'nveu' | 'lpp' | 'licence';

/** Why a route applies or not, or why a shipment is refused: a stable code, a sentence, the paragraph it rests on. */
export interface Reason {
  readonly code: string;
  readonly text: string;
  readonly citation: string;
}

/** How the regulation ranks an item: `a` debits a cap, `b` and `uncontrolled` do not (yet). */
export type ItemLevel = 'a' | 'b' | 'uncontrolled';

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
}

export interface Party {
  readonly name: string;
  readonly country?: string;
  readonly headquarters?: string;
}

export interface Consignee extends Party {
  readonly ultimateParent?: Party;
}

export interface Shipment {
  readonly destination: string;
  readonly items: readonly ClassifiedItem[];
  /** Left out: an unnamed entity located and headquartered in the destination. */
  readonly consignee?: Consignee;
  /** The route asked for; left out: the first applicable one. */
  readonly route?: Exclude<Route, 'none'>;
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
