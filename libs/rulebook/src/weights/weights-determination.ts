import type { Reason, RouteConsidered } from '../determination.js';
import type { FactProblem } from './check-facts.js';
import type { Answer } from './operations.js';

/** `unknown` is an answer of its own: the facts that are there settle it neither way. */
export type Control = 'controlled' | 'not-controlled' | 'unknown';

export type WeightsStepName =
  | 'in-force'
  | 'published'
  | 'training-operations'
  | 'synthetic-data'
  | 'threshold'
  | 'derivative'
  | 'moving-floor'
  | 'jurisdiction';

/** One step of the rule: what it found, and whether that alone takes the weights out of the control. */
export interface WeightsStep {
  readonly step: WeightsStepName;
  readonly frees: Answer;
  readonly reason: Reason;
}

/** A fact that would settle what is open: a JSON pointer into the facts, or below `/consignee` into the consignee. */
export interface MissingFact {
  readonly member: string;
  readonly text: string;
}

/** Whether weights are specified in ECCN 4E091, whoever they go to. */
export interface WeightsClassification {
  readonly control: Control;
  /** What decided: the first step that frees the weights, the first that is open, else `threshold`. */
  readonly decidedBy: WeightsStepName;
  /** Operations counted, synthetic data included; `most` is null without an upper bound. Doubles, for people. */
  readonly operations: { readonly least: number; readonly most: number | null };
  readonly steps: readonly WeightsStep[];
  /** Empty unless `control` is unknown. */
  readonly missing: readonly MissingFact[];
}

export interface WeightsObligation {
  readonly code: string;
  readonly text: string;
  readonly citation: string;
  /** By when, RFC 3339; null for what holds from the first day on. */
  readonly dueAt: string | null;
}

/** What the rules make of sending weights to somebody. */
export interface WeightsDetermination {
  /** Specified in 4E091 and subject to the EAR. */
  readonly control: Control;
  /** As in the classification, with jurisdiction. */
  readonly decidedBy: WeightsStepName;
  readonly classification: WeightsClassification;
  /** The steps of the classification, then that of jurisdiction where it matters. */
  readonly steps: readonly WeightsStep[];
  /** `none`: no authorisation is needed. */
  readonly route: 'none' | 'aia' | 'licence' | 'unknown';
  readonly routesConsidered: readonly RouteConsidered[];
  /** How an application is reviewed; null where the route is not a licence. */
  readonly presumption: 'approval' | 'denial' | 'not-stated' | 'unknown' | null;
  readonly presumptionReasons: readonly Reason[];
  readonly obligations: readonly WeightsObligation[];
  /** Every fact that is missing for a better answer; a route that lacks one is not applicable. */
  readonly missing: readonly MissingFact[];
}

/** Facts that cannot be or contradict each other: nothing is determined. */
export interface WeightsProblems {
  readonly problems: readonly FactProblem[];
}
