// What the audit reads of the events of a line, written a second time on purpose. Amounts in thousandths of TPP.

/** An event of a quota line, in the stream `quota-<line>`. */
export type LineEvent =
  | (OnLine & Counting & { readonly type: 'QuotaReserved'; readonly debitedMilliTpp: number })
  | (OnLine & Counting & { readonly type: 'ReservationAmended'; readonly heldMilliTpp: number; readonly previousHeldMilliTpp: number })
  | (OnLine & Counting & { readonly type: 'ReservationReleased'; readonly releasedMilliTpp: number })
  | (OnLine & Counting & { readonly type: 'ReservationLapsed'; readonly lapsedMilliTpp: number })
  | (OnLine & Counting & ExportDebited)
  | (OnLine & Counting & { readonly type: 'ExportReversed'; readonly creditedMilliTpp: number })
  | (OnLine & Counting & { readonly type: 'ShipmentCounted'; readonly exportedByMilliTpp: number; readonly reservedByMilliTpp: number })
  | (OnLine & { readonly type: 'ReservationRefused' | 'ExportFiled' | 'LineSuspended' | 'LineResumed' })
  | (OnLine & AllocationSet)
  | (OnLine & { readonly type: 'LineClosed'; readonly into: string })
  | (OnLine & AmountsTakenOver)
  | (OnLine & HoldingsDeclared)
  | (OnLine & { readonly type: 'AttritionRecorded'; readonly milliTpp: number });

export interface Amounts {
  readonly exported: number;
  readonly reserved: number;
}

/** Null on a line without a cap. */
export interface Balance extends Amounts {
  readonly allocation: number | null;
}

/** By scope: `outside-partners`, `country:AE`, `outside-home`. */
export type Limits = Readonly<Record<string, number>>;
export type RecordedShares = Readonly<Record<string, Amounts & { readonly limitMilliTpp: number }>>;

/** The state of the line after it, which every event of a line carries. */
export interface OnLine {
  readonly recordedAt: string;
  readonly balanceMilliTpp: Balance;
  readonly counts: { readonly exports: number; readonly openReservations: number; readonly refusals: number };
  readonly suspended?: true;
  readonly closedInto?: string;
  readonly shares?: RecordedShares;
  /** By closed line. */
  readonly takenOver?: Readonly<Record<string, Amounts & { readonly revision: number; readonly shares?: Readonly<Record<string, Amounts>> }>>;
  readonly declared?: { readonly milliTpp: number; readonly shares?: Limits };
}

/** How a shipment is counted. */
export interface Counting {
  readonly countedAt?: 'licence';
  readonly scopes?: readonly string[];
  readonly shareLimits?: Limits;
}

interface ExportDebited {
  readonly type: 'ExportDebited';
  readonly reservationId: string | null;
  readonly debitedMilliTpp: number;
  readonly releasedMilliTpp: number;
  readonly final: boolean;
}

interface AllocationSet {
  readonly type: 'AllocationSet';
  readonly allocationMilliTpp: number | null;
  readonly previousMilliTpp: number | null;
  readonly shareLimits?: Limits;
  readonly sharesEnded?: readonly string[];
}

export interface AmountsTakenOver {
  readonly type: 'AmountsTakenOver';
  readonly fromLine: string;
  readonly fromRevision: number;
  readonly exportedMilliTpp: number;
  readonly reservedMilliTpp: number;
  readonly ofShares?: Readonly<Record<string, Amounts>>;
  readonly shareLimits?: Limits;
}

export interface HoldingsDeclared {
  readonly type: 'HoldingsDeclared';
  readonly heldMilliTpp: number;
  readonly ofShares?: Limits;
  readonly shareLimits?: Limits;
}
