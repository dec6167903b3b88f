import type { ClassifiedItem, Consignee, Determination, MilliTpp, ReversalCode } from '#rulebook';
import type { Stated } from '../events/line-event.js';
import type { RulebookReference } from '../events/recorded.js';
import type { AttritionCause, CountedAmounts, CountingLine, ShareLimits } from '../events/line-parts.js';

/** What a caller (or the clock) wants of one quota line. Time and identity arrive in the command; nothing is looked up. */
export type LineCommand =
  | Reserve
  | Amend
  | Release
  | Lapse
  | ExportHold
  | ExportDirect
  | Reverse
  | File
  | SetAllocation
  | Suspend
  | Resume
  | CloseLine
  | TakeOver
  | CountShipment
  | DeclareHoldings
  | RecordAttrition;

export interface Issued {
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly principal: string;
  readonly rulebook: RulebookReference;
  /** Null where no Idempotency-Key was given. */
  readonly identity: CommandIdentity | null;
}

export interface CommandIdentity {
  /** UUIDv5(UUIDv5(namespace, scope), key). */
  readonly commandId: string;
  readonly idempotencyKey: string;
  readonly requestHash: string;
  /**
   * How the same command was identified before names had a normal form, where that differs: by the spelling of its scope
   * and of its body. What it decided then is still its first answer.
   */
  readonly asSpelled?: { readonly commandId: string; readonly requestHash: string };
}

/** The shipment as the rulebook judged it. */
interface Assessed extends Stated {
  readonly determination: Determination;
  readonly destination: string;
  readonly exporter: string;
  readonly consignee: Consignee | null;
  readonly items: readonly ClassifiedItem[];
  readonly reference: string | null;
  /** Only for a `uveu:` line: the shares that count the shipment, and what they permit now. */
  readonly shareLimits?: ShareLimits;
  /** Shares that it may pass: they are only measured on the reporting dates. */
  readonly measuredShares?: readonly string[];
  /** Lines of validated end users that count it besides. */
  readonly countingLines?: readonly CountingLine[];
}

export interface Reserve extends Issued, Assessed {
  readonly type: 'Reserve';
  /** The hold debits at once, for good (policy reading `countAt`). */
  readonly countedAt?: 'licence';
  readonly reservationId: string;
  readonly expiresAt: number;
}

export interface ExportDirect extends Issued, Assessed {
  readonly type: 'ExportDirect';
  /** It counts like a hold that debits at once: for good. */
  readonly countedAt?: 'licence';
  readonly exportId: string;
  readonly exportedAt: number;
  readonly itn: string | null;
}

interface OfReservation {
  readonly reservationId: string;
  /** The reservation's revision that the caller saw; null: any. */
  readonly expectedRevision: ExpectedRevision | null;
}

/** A revision, or several of which the reservation must have one: If-Match takes a list. */
export type ExpectedRevision = number | readonly number[];

export interface Amend extends Issued, OfReservation {
  readonly type: 'Amend';
  /** Null: as they are. The determination is that of the new items. */
  readonly items: { readonly list: readonly ClassifiedItem[]; readonly determination: Determination } | null;
  readonly expiresAt: number | null;
  /** Undefined: as it is. */
  readonly reference: string | null | undefined;
  /** Shares that it may pass. */
  readonly measuredShares?: readonly string[];
  /** Lines that count the hold from now on, if none counted it before. */
  readonly countingLines?: readonly CountingLine[];
}

export interface Release extends Issued, OfReservation {
  readonly type: 'Release';
  readonly reason: string | null;
}

export interface Lapse extends Issued {
  readonly type: 'Lapse';
  readonly reservationId: string;
}

/** What to take of a hold: items by key (chip id or description), an amount of a single-item hold, or all that is left. */
export type ExportPart =
  | { readonly of: 'all' }
  | { readonly of: 'items'; readonly items: readonly { readonly chip: string | null; readonly description: string | null; readonly quantity: number }[] }
  | { readonly of: 'tpp'; readonly milliTpp: MilliTpp };

export interface ExportHold extends Issued, OfReservation {
  readonly type: 'ExportHold';
  readonly exportId: string;
  readonly part: ExportPart;
  readonly final: boolean;
  readonly exportedAt: number;
  readonly itn: string | null;
  /** Non-null if `exportedAt` lies outside the quota period: why. */
  readonly outsidePeriod: Determination['refusal'];
  /** Lines that count the export, if none counted the hold. */
  readonly countingLines?: readonly CountingLine[];
}

export interface Reverse extends Issued {
  readonly type: 'Reverse';
  readonly exportId: string;
  readonly code: ReversalCode;
  readonly reason: string;
  readonly credits: boolean;
  /** Milliseconds; null: no limit for this principal. */
  readonly windowMs: number | null;
}

/** Records the ITN of an export that was recorded without one. */
export interface File extends Issued {
  readonly type: 'File';
  readonly exportId: string;
  readonly itn: string;
}

export interface SetAllocation extends Issued {
  readonly type: 'SetAllocation';
  readonly allocationMilliTpp: MilliTpp | null;
  readonly basis: 'rulebook' | 'order';
  readonly reason: string;
  /** Only for a `uveu:` line: what its shares permit from now on. */
  readonly shareLimits?: ShareLimits;
  /** Shares that limit it no longer. */
  readonly sharesEnded?: readonly string[];
}

export interface Suspend extends Issued {
  readonly type: 'Suspend';
  readonly reason: string;
}

export interface Resume extends Issued {
  readonly type: 'Resume';
  readonly reason: string;
}

/** Companies were merged: the line takes nothing new any more, `into` carries on its limit. */
export interface CloseLine extends Issued {
  readonly type: 'CloseLine';
  readonly into: string;
  readonly reason: string;
}

/** What a closed line has at `fromRevision` counts on the line that carries it on. */
export interface TakeOver extends Issued {
  readonly type: 'TakeOver';
  readonly fromLine: string;
  readonly fromRevision: number;
  readonly exportedMilliTpp: MilliTpp;
  readonly reservedMilliTpp: MilliTpp;
  /** Only of `uveu:` lines, by scope, and what the shares permit here. */
  readonly ofShares?: Readonly<Record<string, CountedAmounts>>;
  readonly shareLimits?: ShareLimits;
}

/** A shipment on another line counts here, too: what one event there moves. Amounts are thousandths of TPP, with a sign. */
export interface CountShipment extends Issued {
  readonly type: 'CountShipment';
  readonly fromLine: string;
  readonly fromRevision: number;
  readonly fromEventId: string;
  readonly shipmentId: string;
  readonly destination: string;
  readonly exportedBy: number;
  readonly reservedBy: number;
  /** Only for a `uveu:` line: the shares that count it, and what they permit now. */
  readonly shareLimits?: ShareLimits;
}

/** What the company declares to have from outside of the ledger, as this line counts it. */
export interface DeclareHoldings extends Issued {
  readonly type: 'DeclareHoldings';
  readonly heldMilliTpp: MilliTpp;
  /** Only for a `uveu:` line, by scope, and what the shares permit. */
  readonly ofShares?: Readonly<Record<string, MilliTpp>>;
  readonly shareLimits?: ShareLimits;
  readonly reason: string;
}

/** Installed items no longer count (policy reading `nveuAttrition`). */
export interface RecordAttrition extends Issued {
  readonly type: 'RecordAttrition';
  readonly milliTpp: MilliTpp;
  readonly cause: AttritionCause;
  /** Milliseconds since 1970, UTC. */
  readonly occurredAt: number;
  readonly reason: string;
}
