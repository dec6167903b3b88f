import type { MilliTpp } from '#rulebook';

/** What is counted in one share of a `uveu:` line, and what the share permits. */
export interface ShareAmounts {
  readonly limitMilliTpp: MilliTpp;
  readonly exported: MilliTpp;
  readonly reserved: MilliTpp;
}

/** The shares of a `uveu:` line by scope: `outside-partners`, `country:AE`, `outside-home`. */
export type Shares = Readonly<Record<string, ShareAmounts>>;

/** What shares permit, by scope. */
export type ShareLimits = Readonly<Record<string, MilliTpp>>;

export interface CountedAmounts {
  readonly exported: MilliTpp;
  readonly reserved: MilliTpp;
}

/** The amounts of a closed line as its survivor counts them. */
export interface LineTakenOver extends CountedAmounts {
  /** Revision of the closed line at which it had them. */
  readonly revision: number;
  /** Only of `uveu:` lines, by scope. */
  readonly shares?: Readonly<Record<string, CountedAmounts>>;
}

/** By the name of the closed line. */
export type TakenOver = Readonly<Record<string, LineTakenOver>>;

/** Why installed items no longer count. */
export type AttritionCause = 'loss' | 'damage' | 'failure' | 'relocation' | 'resale';

/** How an entry of a line is counted, where that is not the usual way. Repeated by each event about it. */
export interface Counted {
  /** The hold, or a direct export, debited at once, for good: what follows moves no amounts. */
  readonly countedAt?: 'licence';
  /** The shares of a `uveu:` line that count it. */
  readonly scopes?: readonly string[];
}

/** A line of a validated end user on which a shipment counts besides its own. */
export interface CountingLine {
  readonly line: string;
  readonly destination: string;
  /** The shares of a `uveu:` line that count it. */
  readonly scopes?: readonly string[];
}

/**
 * What a shipment has on such a line, in thousandths of TPP at the level of 3A090.a; in an event what the event moves
 * there, negative where less is counted. A `ShipmentCounted` on that line records it.
 */
export interface AlsoCounts extends CountingLine {
  readonly exported: number;
  readonly reserved: number;
}

/** Other lines that count an entry. Repeated by each event about it that moves something there. */
export interface CountedElsewhere {
  readonly alsoCounts?: readonly AlsoCounts[];
}

/** What a company declares to have from outside of the ledger, as its line counts it. */
export interface DeclaredHoldings {
  readonly milliTpp: MilliTpp;
  /** Only of a `uveu:` line, by scope. */
  readonly shares?: Readonly<Record<string, MilliTpp>>;
}
