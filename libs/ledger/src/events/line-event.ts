import type { ClassifiedItem, Consignee, MilliTpp, Reason, ReversalCode, Route, RouteFacts, RouteName, RuleRefusal } from '#rulebook';
import type { Answers, AnswersById, Recorded, RulebookReference } from './recorded.js';
import type { AttritionCause, Counted, CountedAmounts, CountedElsewhere, DeclaredHoldings, ShareLimits, Shares, TakenOver } from './line-parts.js';

// These names and shapes are what is stored, for ever. Change one only with a new `v`, an upcast and a golden file.

/** An event of a quota line, in the stream `quota-<line>`. */
export type LineEvent =
  | QuotaReserved
  | ReservationAmended
  | ReservationReleased
  | ReservationLapsed
  | ReservationRefused
  | ExportDebited
  | ExportReversed
  | ExportFiled
  | AllocationSet
  | LineSuspended
  | LineResumed
  | LineClosed
  | AmountsTakenOver
  | ShipmentCounted
  | HoldingsDeclared
  | AttritionRecorded;

/** The amounts of a line, right after the event. `allocation` is null on a line without a cap. */
export interface LineBalance {
  readonly allocation: MilliTpp | null;
  readonly exported: MilliTpp;
  readonly reserved: MilliTpp;
}

export interface LineCounts {
  readonly exports: number;
  readonly openReservations: number;
  readonly refusals: number;
}

/**
 * What every event of a line carries: the state of the whole line after it, so that the last event of a
 * stream is its snapshot and any past state is one read.
 */
export interface OnLine extends Recorded {
  readonly balanceMilliTpp: LineBalance;
  readonly counts: LineCounts;
  /** Only on a suspended line. */
  readonly suspended?: true;
  /** Only where the cap is not the rulebook's. */
  readonly capBasis?: 'order';
  /** Only on a `uveu:` line that counts something in a share. */
  readonly shares?: Shares;
  /** Only on a closed line: the line that carries on its limit. */
  readonly closedInto?: string;
  /** Only on a line that carries on closed ones: what of its amounts is theirs. */
  readonly takenOver?: TakenOver;
  /** Only where a company declares what it has from outside of the ledger: what of the line's amounts is that. */
  readonly declared?: DeclaredHoldings;
  readonly rulebook: RulebookReference;
}

export type CapBasis = 'rulebook' | 'order';

/** What the exporter stated besides items and parties: with it the determination can be repeated. */
export interface Stated {
  /** Only where facts were stated. */
  readonly facts?: RouteFacts;
  /** Only where a route was asked for by name. */
  readonly asked?: RouteName;
}

/** What a command with a key brings into being has the command's identity (UUIDv5 of scope and key) as its id. */
export interface QuotaReserved extends OnLine, Answers, Stated, Counted, CountedElsewhere {
  readonly type: 'QuotaReserved';
  /** Limits of the shares that had none or others before. */
  readonly shareLimits?: ShareLimits;
  readonly reservationId: string;
  readonly destination: string;
  readonly exporter: string;
  readonly consignee: Consignee | null;
  readonly route: Route;
  readonly items: readonly ClassifiedItem[];
  readonly milliTpp: MilliTpp;
  readonly debitedMilliTpp: MilliTpp;
  readonly expiresAt: string;
  readonly reference: string | null;
}

/** An event about a reservation names the revision of the event before it on the same reservation. */
interface ChangesReservation {
  readonly reservationId: string;
  readonly reservationRevision: number;
}

/** The reservation as it stands after the change. */
export interface ReservationAmended extends OnLine, AnswersById, ChangesReservation, Counted, CountedElsewhere {
  readonly type: 'ReservationAmended';
  readonly route: Route;
  readonly items: readonly ClassifiedItem[];
  readonly milliTpp: MilliTpp;
  readonly debitedMilliTpp: MilliTpp;
  /** What it held before and holds now: the difference is what the line's `reserved` changes by. */
  readonly previousHeldMilliTpp: MilliTpp;
  readonly heldMilliTpp: MilliTpp;
  readonly expiresAt: string;
  readonly reference: string | null;
}

export interface ReservationReleased extends OnLine, AnswersById, ChangesReservation, Counted, CountedElsewhere {
  readonly type: 'ReservationReleased';
  readonly releasedMilliTpp: MilliTpp;
  readonly reason: string | null;
}

export interface ReservationLapsed extends OnLine, ChangesReservation, Counted, CountedElsewhere {
  readonly type: 'ReservationLapsed';
  readonly lapsedMilliTpp: MilliTpp;
  readonly expiredAt: string;
}

export type RefusalCode = RuleRefusal | 'line-suspended' | 'insufficient-quota';

export type RefusedOperation = 'reserve' | 'export-direct' | 'amend' | 'export';

/**
 * What else a refused request said: with it the decision can be taken again, under another rulebook perhaps. Events
 * from before this was kept have none of it.
 */
export interface RefusedRequest {
  /** `reserve`: when the hold would have ended. */
  readonly expiresAt?: string;
  /** `export-direct` and `export`: the date of the export. */
  readonly exportedAt?: string;
  /** `amend` and `export`: revision of the newest event of the reservation. */
  readonly holdRevision?: number;
}

/**
 * The rules said no. For `reserve` and `export-direct` the id is that of the refused request itself,
 * for `amend` and `export` that of the reservation, which stays as it was.
 */
export interface ReservationRefused extends OnLine, AnswersById, Stated, RefusedRequest {
  readonly type: 'ReservationRefused';
  readonly operation: RefusedOperation;
  readonly reservationId: string;
  readonly code: RefusalCode;
  readonly reasons: readonly Reason[];
  readonly destination: string;
  readonly exporter: string;
  /** Only where one was named. */
  readonly consignee?: Consignee;
  readonly route: Route;
  readonly items: readonly ClassifiedItem[];
  readonly milliTpp: MilliTpp;
  /** What was asked of the line; only the growth for `amend`. */
  readonly requestedMilliTpp: MilliTpp;
  /** What the line had left: also the largest amount that would have passed. Null without a cap. */
  readonly availableMilliTpp: MilliTpp | null;
  readonly reference: string | null;
}

/** What one export took of one item. `quantity` is null where only TPP were reported and they are no whole number of units. */
export interface ExportedItem {
  readonly chip: string | null;
  readonly description: string | null;
  readonly eccn: string;
  readonly level: ClassifiedItem['level'];
  readonly quantity: number | null;
  readonly milliTppPerUnit: MilliTpp;
  readonly milliTpp: MilliTpp;
  readonly datacenter?: false;
  /** The exception of its own under which it left: it debited nothing. */
  readonly route?: 'aca';
}

export interface ExportDebited extends OnLine, Answers, Stated, Counted, CountedElsewhere {
  readonly type: 'ExportDebited';
  /** Limits of the shares that had none or others before. */
  readonly shareLimits?: ShareLimits;
  readonly exportId: string;
  /** Null for a direct export. */
  readonly reservationId: string | null;
  readonly reservationRevision: number | null;
  readonly destination: string;
  readonly exporter: string;
  readonly consignee: Consignee | null;
  readonly route: Route;
  readonly items: readonly ExportedItem[];
  readonly milliTpp: MilliTpp;
  readonly debitedMilliTpp: MilliTpp;
  /** What a final export gave back of the hold. */
  readonly releasedMilliTpp: MilliTpp;
  /** The reservation ends with this export: nothing is left of it, or the rest was released. */
  readonly final: boolean;
  readonly exportedAt: string;
  readonly itn: string | null;
  readonly reference: string | null;
}

export interface ExportReversed extends OnLine, AnswersById, Counted, CountedElsewhere {
  readonly type: 'ExportReversed';
  readonly exportId: string;
  /** Revision of its `ExportDebited`. */
  readonly exportRevision: number;
  readonly code: ReversalCode;
  readonly reason: string;
  readonly creditedMilliTpp: MilliTpp;
}

/** The export declaration was filed after the export was recorded: its Internal Transaction Number. Nothing is debited. */
export interface ExportFiled extends OnLine, AnswersById {
  readonly type: 'ExportFiled';
  readonly exportId: string;
  /** Revision of its `ExportDebited`. */
  readonly exportRevision: number;
  readonly itn: string;
}

export interface AllocationSet extends OnLine, AnswersById {
  readonly type: 'AllocationSet';
  readonly allocationMilliTpp: MilliTpp | null;
  readonly previousMilliTpp: MilliTpp | null;
  readonly basis: CapBasis;
  readonly reason: string;
  /** Only on a `uveu:` line: what its shares permit from now on. */
  readonly shareLimits?: ShareLimits;
  /** Only on a `uveu:` line: shares that limit it no longer. */
  readonly sharesEnded?: readonly string[];
}

export interface LineSuspended extends OnLine, AnswersById {
  readonly type: 'LineSuspended';
  readonly reason: string;
}

export interface LineResumed extends OnLine, AnswersById {
  readonly type: 'LineResumed';
  readonly reason: string;
}

/** Companies were merged: the line takes nothing new any more. What it has goes on, and counts on the line `into`. */
export interface LineClosed extends OnLine, AnswersById {
  readonly type: 'LineClosed';
  readonly into: string;
  readonly reason: string;
}

/** What a closed line has counts here. It takes the place of what an earlier event says of the same line. */
export interface AmountsTakenOver extends OnLine, AnswersById {
  readonly type: 'AmountsTakenOver';
  readonly fromLine: string;
  /** Revision of the closed line at which it had these amounts. */
  readonly fromRevision: number;
  readonly exportedMilliTpp: MilliTpp;
  readonly reservedMilliTpp: MilliTpp;
  /** Only of `uveu:` lines, by scope. */
  readonly ofShares?: Readonly<Record<string, CountedAmounts>>;
  readonly shareLimits?: ShareLimits;
}

/**
 * A shipment to a validated end user that is on another line counts here, too, whatever its authorisation: what one event
 * there moves. Each such event is counted once; its id makes the `commandId` of this one.
 */
export interface ShipmentCounted extends OnLine, AnswersById, Pick<Counted, 'scopes'> {
  readonly type: 'ShipmentCounted';
  readonly fromLine: string;
  readonly fromRevision: number;
  readonly fromEventId: string;
  /** The reservation, or the export that is direct or reversed. */
  readonly shipmentId: string;
  readonly destination: string;
  /** What the amounts change by, in thousandths of TPP; negative where less is counted. */
  readonly exportedByMilliTpp: number;
  readonly reservedByMilliTpp: number;
  readonly shareLimits?: ShareLimits;
}

/** What the company declares to have from outside of the ledger counts here. It takes the place of what it declared before. */
export interface HoldingsDeclared extends OnLine, AnswersById {
  readonly type: 'HoldingsDeclared';
  readonly heldMilliTpp: MilliTpp;
  /** Only on a `uveu:` line, by scope. */
  readonly ofShares?: Readonly<Record<string, MilliTpp>>;
  readonly shareLimits?: ShareLimits;
  readonly reason: string;
}

/** Installed items were lost, broke, or went elsewhere: they no longer count in the installed base of an `nveu:` line. */
export interface AttritionRecorded extends OnLine, AnswersById {
  readonly type: 'AttritionRecorded';
  readonly milliTpp: MilliTpp;
  readonly cause: AttritionCause;
  readonly occurredAt: string;
  readonly reason: string;
}
