import type { Figure } from './figure.js';

/** One route of the regulation as a rulebook has it. */
export interface RouteSettings {
  /** As people call it: `License Exception LPP`. */
  readonly name: string;
  readonly enabled: boolean;
  readonly citation: string;
  /** The numbers that decide, by the names that `routeParameters` lists. */
  readonly parameters: Readonly<Record<string, Figure>>;
  readonly obligations: readonly ObligationRule[];
  /** What an application must carry: done before the ledger hears of the shipment, so no obligation of it. */
  readonly application?: readonly { readonly text: string; readonly citation: string }[];
  /** ECCNs, each with all below it, that the route does not take although they are at the level of 3A090.a. */
  readonly ineligibleEccns?: readonly string[];
  /** The only ECCNs, each with all below it, that the route takes. Left out: all but the ineligible. */
  readonly eligibleEccns?: readonly string[];
  /** Country Groups of which the consignee must belong to one (NVEU). */
  readonly eligibleGroups?: readonly string[];
  /** Limits that rise at dates (NVEU): each holds until the next one. */
  readonly schedule?: readonly ScheduleStep[];
}

/** `tpp` is the permitted cumulative installed base from `from` (RFC 3339, inclusive) on. */
export interface ScheduleStep {
  readonly name: string;
  readonly from: string;
  readonly tpp: number;
  readonly citation: string;
}

/** The parameters that each route needs; a rulebook that has the route and lacks one is refused. */
export const routeParameters = {
  aia: ['filingTpp'],
  aca: [],
  nac: ['noticeDays'],
  acm: ['accountingMonths'],
  uveu: [
    'outsidePartnersPercent', 'singleCountryPercent', 'outsideHomePercent', 'siteNoticeDays', 'transferNoticeDays',
  ],
  nveu: [],
  lpp: ['perYearTpp', 'noticeTpp', 'copyDays'],
  licence: [],
  tmp: [],
  rpl: [],
  gov: [],
  tsu: [],
  hbm: [],
} as const;

/** What the figure of a parameter counts. */
export type Measure = 'TPP' | 'percent' | 'days' | 'months';

/** The measure of a parameter, which its name ends with: `filingTpp`, `outsideHomePercent`, `noticeDays`, `accountingMonths`. */
export function measureOf(parameter: string): Measure {
  if (parameter.endsWith('Tpp')) return 'TPP';
  if (parameter.endsWith('Percent')) return 'percent';
  return parameter.endsWith('Months') ? 'months' : 'days';
}

/** A duty as a rulebook states it. */
export interface ObligationRule {
  readonly kind: string;
  readonly text: string;
  readonly citation: string;
  readonly due: ObligationDue;
  /** The parameter (TPP) from which on the duty arises with a shipment of that size; left out: with every one. */
  readonly shipmentFrom?: string;
  /** Only with commodities at the level of 3A090.a, not with software alone, which has no TPP. */
  readonly commoditiesOnly?: true;
  /** Who owes it; left out: the exporter. */
  readonly by?: DutyParty;
  /** How often it arises; left out: with each shipment, a duty that comes back once for each who owes it. */
  readonly per?: DutyScope;
  /** The fact of a shipment that says when it was done. */
  readonly fact?: 'noticeGivenAt';
}

export const dutyParties = ['exporter', 'consignee', 'veu'] as const;

/** `consignee` under LPP is the ultimate parent to whose limit the items are applied; `veu` the authorised company. */
export type DutyParty = (typeof dutyParties)[number];

export const dutyScopes = ['shipment', 'consignee', 'items', 'facility', 'party'] as const;

/**
 * `shipment`: each one. `consignee`: once for each exporter and ultimate consignee. `items`: the same, for the items at the
 * level of 3A090.a that are shipped together, each with its ECCN: others bring it anew. `facility`: by country of the
 * consignee. `party`: once for each who owes it, whoever exports.
 */
export type DutyScope = (typeof dutyScopes)[number];

/** When a duty falls due. A number that a parameter of the route states is named by it: days, months, or TPP. */
export type ObligationDue =
  | Exclude<DueRule, { readonly when: 'on-reaching' }>
  | { readonly when: (typeof duesByParameter)[number]; readonly parameter: string };

export const duesByParameter = ['before-export', 'after-export', 'before-transfer', 'every-months', 'on-reaching'] as const;

export type DueRule =
  /** `days` calendar days before the shipment leaves; 0 or left out: before it leaves. */
  | { readonly when: 'before-export'; readonly days?: number }
  | { readonly when: 'with-export' }
  | { readonly when: 'after-export'; readonly days: number }
  /** Before the holder of an authorisation moves items to another country: so many calendar days. */
  | { readonly when: 'before-transfer'; readonly days: number }
  /** If something happens: so many calendar days after it did; 0: at once. */
  | { readonly when: 'after-incident'; readonly days: number }
  | { readonly when: 'years-after-export'; readonly years: number }
  /**
   * Every year on these days, `MM-DD`. What is due covers what happened before the day in the same place of `upTo`;
   * left out: up to the day on which it is due.
   */
  | { readonly when: 'yearly'; readonly dates: readonly string[]; readonly upTo?: readonly string[] }
  | { readonly when: 'every-months'; readonly months: number }
  /** A day, `2026-01-15`, counts to its end; a date-time is the last moment itself. */
  | { readonly when: 'by'; readonly date: string }
  /** Once the consignee has received this much, in TPP. */
  | { readonly when: 'on-reaching'; readonly tpp: number };

/** The duties that come back. */
export type RecurringDue = Extract<DueRule, { readonly when: 'yearly' | 'every-months' }>;

/** Where items below the level of 3A090.a need a licence. */
export interface ControlRules {
  readonly b: {
    /** A licence is needed to the countries of these Country Groups, unless they are in one of `exceptGroups`. */
    readonly groups: readonly string[];
    readonly exceptGroups: readonly string[];
    /** The text names them from `since` on; what held before, `countryGroups` say (or the reading `emiratesInGroupD4`). */
    readonly named: readonly { readonly country: string; readonly since: string; readonly citation: string }[];
    readonly citation: string;
    /** The end-use control of entities headquartered in embargoed countries, wherever they are. */
    readonly headquartersCitation: string;
    readonly reviewCitation: string;
  };
  readonly c: { readonly citation: string; readonly headquartersCitation: string; readonly reviewCitation: string };
}
