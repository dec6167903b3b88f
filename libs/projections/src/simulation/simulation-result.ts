import type { LineBalance, Position, RulebookReference, Shares } from '#ledger';
import type { AlertThresholds, DestinationGroup, MilliTpp, Reason, Route } from '#rulebook';
import type { DifferenceKind } from '#wire';

/** What was asked for. */
export type SimulatedOperation = 'reserve' | 'amend' | 'export' | 'export-direct' | 'reverse';

/** One side of a difference: what was decided, or would have been. */
export interface DecisionSide {
  readonly outcome: 'allowed' | 'refused';
  /** Why it is refused; null where it is allowed. */
  readonly code: string | null;
  /** Null where the request does not come as far as a route. */
  readonly route: Route | null;
  readonly line: string | null;
  /** Size of the shipment. */
  readonly milliTpp: MilliTpp | null;
  /** What it takes of the line; less than zero where it gives back. */
  readonly debitedMilliTpp: number;
}

/** A decision of the log that the draft would have taken otherwise. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly position: Position;
  readonly eventId: string;
  readonly operation: SimulatedOperation;
  /** The reservation or export that the decision is about. */
  readonly subject: string;
  readonly recordedAt: string;
  readonly destination: string | null;
  readonly exporter: string | null;
  readonly recorded: DecisionSide;
  readonly simulated: DecisionSide;
  /** Why the draft decides so, by paragraph. */
  readonly reasons: readonly Reason[];
}

/** A line as recorded, or as it would stand. */
export interface LineSide {
  readonly balance: LineBalance;
  readonly suspended: boolean;
  /** Another line carries on its limit. */
  readonly isClosed: boolean;
  /** Only of a `uveu:` line that counts something. */
  readonly shares?: Shares;
  /** Of the country of a country line; null for every other line. */
  readonly group: DestinationGroup | null;
}

export interface LineComparison {
  readonly line: string;
  readonly recorded: LineSide;
  readonly simulated: LineSide;
}

export interface SimulationResult {
  readonly draft: RulebookReference;
  /** In force at the end of what was replayed; null for an empty log. */
  readonly inForce: RulebookReference | null;
  /** Of the last event replayed. */
  readonly position: Position;
  /** When it was recorded; null for an empty log. */
  readonly recordedAt: string | null;
  /** Milliseconds: the moment whose caps `lines` shows. */
  readonly atMs: number;
  readonly replayed: {
    readonly events: number;
    /** Requests that were judged again. */
    readonly decisions: number;
    /** What happened to reservations and exports that the draft would have refused, and so happens to nothing. */
    readonly withoutEffect: number;
    /** Refusals of which the log says too little to judge them again. */
    readonly notJudged: number;
  };
  readonly counts: Readonly<Record<DifferenceKind, number>>;
  /** In the order of the log, those after the cursor, as many as were asked for. */
  readonly differences: readonly Difference[];
  /** There are more after the last of `differences`. */
  readonly more: boolean;
  /** From which shares of the cap a line is critical or exhausted, by the rulebook in force and by the draft. */
  readonly thresholds: { readonly recorded: AlertThresholds | null; readonly simulated: AlertThresholds };
  /** Every line with history, or that would have one; by name. */
  readonly lines: readonly LineComparison[];
}
