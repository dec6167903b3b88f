/**
 * The shape of a rulebook file: the regulation as data. Amounts are JSON numbers of TPP, dates are RFC 3339.
 * A rulebook is identified by id and version; its hash is the SHA-256 of its canonical JSON (RFC 8785).
 */
export interface Rulebook {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly citation: string;
  /** The quota period: `start` inclusive, `end` exclusive. */
  readonly period: { readonly start: string; readonly end: string; readonly citation: string };
  readonly allocations: Allocations;
  readonly alerts: AlertThresholds;
  readonly policy: Policy;
  /** Every country that is not named here belongs to `defaultGroup`. */
  readonly defaultGroup: DestinationGroup;
  readonly groups: readonly GroupMembership[];
  readonly itemLevels: ItemLevels;
  readonly chips: readonly Chip[];
}

export type DestinationGroup = 'allocation' | 'partner' | 'embargoed' | 'home';

/** A country belongs to `group` from `from` (inclusive) until `until` (exclusive); left out means without end. */
export interface GroupMembership {
  readonly country: string;
  readonly group: DestinationGroup;
  readonly from?: string;
  readonly until?: string;
  readonly citation: string;
}

/** Caps of the country lines, in TPP, for the whole period. */
export interface Allocations {
  readonly perCountryTpp: number;
  readonly citation: string;
  /** Caps of single countries that differ, from their date on (inclusive). */
  readonly exceptions: readonly { readonly country: string; readonly tpp: number; readonly from?: string; readonly citation: string }[];
}

/** Shares of the cap (0 to 1, exclusive of nothing): an alert is raised when utilization reaches its level. */
export interface AlertThresholds {
  readonly watch: number;
  readonly critical: number;
  readonly exhausted: number;
  /** An alert closes when utilization falls this share of the cap below its level. */
  readonly hysteresis: number;
}

export type ReversalCode = 'misreported' | 'duplicate' | 'returned' | 'not-shipped';

export interface Policy {
  /** Days that a hold lasts when the caller names no `expiresAt`; cut at the end of the period. */
  readonly holdDays: number;
  /** Days after `recordedAt` within which an exporter may reverse its own export. */
  readonly reversalWindowDays: number;
  /** Whether a reversal with this code gives its TPP back to the line. */
  readonly reversalCredits: Readonly<Record<ReversalCode, boolean>>;
}

/** Bounds of 3A090.a and 3A090.b on TPP and performance density (TPP per mm2 of applicable die area). */
export interface ItemLevels {
  readonly citation: string;
  readonly a: readonly ItemBound[];
  readonly b: readonly ItemBound[];
  /** Items neither designed nor marketed for datacentres are not controlled below this TPP (the carve-out note). */
  readonly nonDatacenterBelowTpp: number;
}

/** `Min` inclusive, `Below` exclusive. Without density bounds the density does not matter. */
export interface ItemBound {
  readonly eccn: string;
  readonly tppMin: number;
  readonly tppBelow?: number;
  readonly densityMin?: number;
  readonly densityBelow?: number;
}

export interface Chip {
  /** `<vendor>-<chip>` in kebab case. */
  readonly id: string;
  readonly name: string;
  readonly vendor: string;
  readonly tppPerUnit: number;
  readonly format: string;
  readonly bitLength: number;
  readonly denseTops: number;
  /** Applicable die area in mm2; null where unknown. */
  readonly dieAreaMm2: number | null;
  readonly dieAreaIsEstimate: boolean;
  readonly datacenter: boolean;
  readonly status: string;
  readonly sources: string;
}
