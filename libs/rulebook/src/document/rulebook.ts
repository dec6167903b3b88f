import type { DestinationGroup } from '../countries/destination-group.js';
import type { Figure } from './figure.js';
import type { ChipSystem } from '../systems.js';
import type { ControlRules, RouteSettings } from './route-settings.js';
import type { RouteName } from '../determination.js';
import type { WeightsRules } from '../weights/weights-rules.js';

/**
 * The shape of a rulebook file: the regulation as data. Amounts are JSON numbers of TPP, dates are RFC 3339.
 * A rulebook is identified by id and version; its hash is the SHA-256 of its canonical JSON (RFC 8785).
 */
export interface Rulebook {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly citation: string;
  /** What a reader should know before relying on it, such as how far the rule is enforced. */
  readonly note?: string;
  /** The quota period: `start` inclusive, `end` exclusive. */
  readonly period: { readonly start: string; readonly end: string; readonly citation: string };
  /**
   * When the rule took effect: before, it required nothing, and after the period only allocations end. Left out: nothing
   * is determined outside of the period.
   */
  readonly inForce?: { readonly from: string; readonly citation: string };
  readonly allocations: Allocations;
  readonly alerts: AlertThresholds;
  readonly policy: Policy;
  /** Every country that is not named here belongs to `defaultGroup`. */
  readonly defaultGroup: DestinationGroup;
  readonly groups: readonly GroupMembership[];
  readonly itemLevels: ItemLevels;
  readonly chips: readonly Chip[];
  /** Computers and assemblies made of chips of the catalogue. */
  readonly systems?: readonly ChipSystem[];
  /** The Country Groups of Supplement No. 1 to Part 740 that routes and controls ask for. */
  readonly countryGroups?: readonly CountryGroup[];
  /**
   * Destinations that are not on the Country Chart and belong to a country that is. The reading `territories` says whether
   * they have its treatment; left out: none has.
   */
  readonly territories?: readonly Territory[];
  /** Where items below the level of 3A090.a need a licence. */
  readonly controls?: ControlRules;
  /**
   * The routes and what they are made of. Left out, as in files from before routes were data: AIA and licence only.
   * With it, `countryGroups`, `controls` and every reading are required.
   */
  readonly routes?: Readonly<Partial<Record<RouteName, RouteSettings>>>;
  /** The control of model weights. Left out: exports of weights cannot be determined. */
  readonly weights?: WeightsRules;
  /** Numbers that explain the rule and decide nothing here, by name. */
  readonly background?: Readonly<Record<string, Figure>>;
}

/** Countries that belong to a Country Group from `from` (inclusive) until `until` (exclusive). */
export interface CountryGroup {
  /** `A:5`, `B`, `D:1`. */
  readonly group: string;
  readonly countries: readonly string[];
  readonly from?: string;
  readonly until?: string;
  readonly citation: string;
}

/** A territory, possession or department (15 CFR 738.3(b)): `country` is its own code, `of` that of the country it belongs to. */
export interface Territory {
  readonly country: string;
  readonly of: string;
  readonly citation: string;
}

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
  /** Up to which a cap may be raised, and where; left out: no exception is measured against it. */
  readonly ceiling?: { readonly tpp: number; readonly increasePercent: number; readonly citation: string };
  readonly exceptions: readonly AllocationException[];
}

/** The cap of one country that differs, from `from` on (inclusive; left out: always). */
export interface AllocationException {
  readonly country: string;
  readonly tpp: number;
  readonly from?: string;
  readonly citation: string;
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
  /** How the silences of the text are read. */
  readonly readings: Readonly<
    Record<FirstReadingName, Reading> & Partial<Record<RouteReadingName | OptionalReadingName, Reading>>
  >;
}

/** A question that the text leaves open: the answer that the ledger follows, and why. */
export interface Reading {
  /** What is not said, in a sentence. */
  readonly question?: string;
  readonly value: string;
  /** What else the text could mean, whether or not the ledger can follow it. */
  readonly alternatives?: readonly string[];
  /** Those of the alternatives that the ledger can follow as `value`; a file that asks for another one is refused. */
  readonly followed?: readonly string[];
  readonly reason: string;
  /** The paragraph that is silent or ambiguous. */
  readonly citation?: string;
}

export type ReadingName = FirstReadingName | RouteReadingName | OptionalReadingName;

/** Questions about allocations, in every rulebook. */
export type FirstReadingName =
  | 'orderOfReview'
  | 'partialApproval'
  | 'unusedHold'
  | 'attrition'
  | 'partnerHeadquarters'
  | 'otherHeadquarters'
  | 'reexport'
  | 'unstatedHeadquarters';

/** Questions about items and single routes, in every rulebook that has `routes`. */
export type RouteReadingName =
  | 'countAt'
  | 'presumptionOfDenial'
  | 'levelCReview'
  | 'declaredBelowCatalogue'
  | 'beforeCompliance'
  | 'uveuHeadquarters'
  | 'aiaFilingAt'
  | 'lppNoticeAt'
  | 'lppInGroupsD1D4'
  | 'lppSecurityItems'
  | 'lppYear'
  | 'uveuTotal'
  | 'nveuAttrition'
  | 'approvedDesigners'
  | 'tf32BitLength';

/** Questions that a rulebook may leave out: `readings.ts` says what it then follows. */
export type OptionalReadingName =
  | 'emiratesInGroupD4'
  | 'customersEmbargoed'
  | 'territories'
  | 'aiaOperator'
  | 'mixedShipments'
  | 'aiaCertification'
  | 'licenceLife'
  | 'partnerBeyondCap'
  | 'redFlag28'
  | 'planarCircuits'
  | 'uveuCounts'
  | 'nveuCounts'
  | 'uveuSharesBind';

/** Bounds of 3A090.a and 3A090.b on TPP and performance density (TPP per mm2 of applicable die area). */
export interface ItemLevels {
  readonly citation: string;
  /** The first bound that holds decides, those of `a` before those of `b`. */
  readonly a: readonly ItemBound[];
  readonly b: readonly ItemBound[];
  /** The ECCN paragraphs (each with all below it) that count as `a` or `b` when an exporter declares one. */
  readonly declared: {
    readonly a: readonly string[];
    readonly b: readonly string[];
    /** High-bandwidth memory; left out: none. */
    readonly c?: readonly string[];
    /** Software that shares the controls of a and b and has no TPP. */
    readonly softwareA?: readonly string[];
    readonly softwareB?: readonly string[];
    /** Software and technology whose ECCN does not tell what it is for: declared as `3E001 (for 3A090.a)`. */
    readonly technology?: readonly TechnologyEccn[];
    readonly citation: string;
  };
  /** Items neither designed nor marketed for datacentres are not controlled below this TPP (the carve-out note). */
  readonly nonDatacenterBelowTpp: number;
  /** The numbers of the technical notes and of 3A090.c, by name. */
  readonly figures?: Readonly<Record<string, Figure>>;
}

/**
 * Software or technology for items of several levels; `of` names the items (each with all below it) that count. With
 * `always` its entry is for them alone, as 4D090 is for 4A090: declared for anything else it is refused.
 */
export interface TechnologyEccn {
  readonly eccn: string;
  readonly of: readonly string[];
  readonly always?: true;
}

/** `Min` inclusive, `Below` exclusive. Without density bounds the density does not matter. */
export interface ItemBound {
  /** As it is reported: `3A090.a`. */
  readonly eccn: string;
  /** The sub-paragraph that sets this bound: `3A090.a.1`. */
  readonly paragraph: string;
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
  /** How well the figures are attested: `VERIFIED` means seen in the sources named. */
  readonly status: string;
  /** Keys of the sources, with what they say where they differ. */
  readonly sources: string;
}
