import type {
  AlertLevel,
  DerivedIndex,
  ExportDebited,
  LineBalance,
  LineCounts,
  ObligationDone,
  PostedExport,
  Position,
  Reservation,
  RulebookAdopted,
  Shares,
  StoredEvent,
  DeclaredHoldings,
  TakenOver,
  WeightsEvent,
} from '#ledger';
import type { ReportFilter, ReportRow } from './reports/report.js';
import type { AnswerOf, QueryOf, QuestionName } from './runner/questions.js';

/**
 * The read side as the API and the CLI see it, however it runs (in a thread of its own, or inline in tests).
 * Line views are mirrored in memory and read synchronously; everything paged is asked for.
 */
export interface Views {
  /** Everything up to here has been applied and saved. */
  readonly position: Position;
  /** `recordedAt` of the event at `position`; null for an empty log. */
  readonly recordedAt: string | null;
  /** What stopped the views (an event that this build cannot read, a full disk); undefined while they follow the log. */
  readonly failure: Error | undefined;
  /** By line, every line with history. */
  readonly lines: ReadonlyMap<string, LineView>;
  /** Adopted rulebooks in order; the last one is in force. */
  readonly rulebooks: readonly AdoptedRulebook[];
  /** Crossings that no alert event records yet, in log order. */
  readonly crossings: readonly Crossing[];
  /** Events that lines of validated end users do not count yet, in log order; see `Ledger.countShipments`. */
  readonly uncounted: readonly UncountedShipment[];
  /** Synchronous look-ups for the write side. */
  readonly index: DerivedIndex;
  /** Resolves when `position` has reached this one; false after `timeoutMs`. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
  /** Resolves when the views have what the log had when they began to follow it; rejects with what stopped them. */
  ready(): Promise<void>;
  /** Called after every applied batch, in order. Returns the function that ends it. */
  subscribe(listener: (applied: Applied) => void): () => void;
  /**
   * Puts a question to the views; a view declares its own.
   * @throws InvalidCursor for a cursor that the list did not hand out
   */
  ask<Name extends QuestionName>(name: Name, query: QueryOf<Name>): Promise<AnswerOf<Name>>;
  /** Folds the log from the start into a new file beside the live one, then switches. Resolves after the switch. */
  rebuild(): Promise<void>;
  close(): Promise<void>;
}

/** The state of a line right after its newest event. */
export interface LineView {
  readonly line: string;
  readonly revision: number;
  readonly position: Position;
  readonly eventId: string;
  readonly recordedAt: string;
  readonly balance: LineBalance;
  readonly counts: LineCounts;
  readonly suspended: boolean;
  /** Only of a `uveu:` line: what each share permits and counts. */
  readonly shares?: Shares;
  /** Only of a closed line: the line that carries on its limit. */
  readonly closedInto?: string;
  /** What of the balance is that of closed lines. */
  readonly takenOver?: TakenOver;
  /** What of the balance the company declares to have from outside of the ledger. */
  readonly declared?: DeclaredHoldings;
  /** Since when utilization has been at or above the critical threshold without a break; null if it is not. */
  readonly criticalSince: string | null;
  readonly exhaustedSince: string | null;
  /** Levels whose alert is open. */
  readonly openLevels: readonly AlertLevel[];
}

/** RFC 3339; null while the line is below the threshold. */
export type ThresholdTimes = Pick<LineView, 'criticalSince' | 'exhaustedSince'>;

export interface AdoptedRulebook {
  readonly event: RulebookAdopted;
  readonly position: Position;
}

/** An event of a line that a line of a validated end user is to count, too. */
export interface UncountedShipment {
  readonly line: string;
  readonly revision: number;
}

export interface Applied {
  readonly position: Position;
  readonly recordedAt: string;
  /** Lines that changed, in their newest state. */
  readonly lines: readonly LineView[];
  /** Alerts that were raised, closed or acknowledged, in log order. */
  readonly alerts: readonly AlertRow[];
  readonly rulebooks: readonly AdoptedRulebook[];
  /** Crossings that have no alert event yet; the alert follower records them. */
  readonly crossings: readonly Crossing[];
  /** All events that lines of validated end users do not count yet at this position. */
  readonly uncounted: readonly UncountedShipment[];
  /** The register of companies has no newer event than this; null if it did not change. */
  readonly registerAt: Position | null;
}

/** A threshold that a line crossed at an event, or at the end of a reporting date: what `AlertRaised` or `AlertClosed` must say. */
export interface Crossing {
  readonly line: string;
  readonly level: AlertLevel;
  readonly direction: 'raised' | 'closed';
  readonly alertId: string;
  readonly threshold: number;
  readonly utilization: number;
  readonly balance: LineBalance;
  readonly eventId: string;
  readonly position: Position;
  readonly recordedAt: string;
  /** Only of level `measured`: the reporting date, `YYYY-MM-DD`. */
  readonly measuredOn?: string;
}

export interface Page<Row> {
  readonly items: readonly Row[];
  /** Opaque; null at the end. */
  readonly nextCursor: string | null;
  /** What the page reflects. */
  readonly position: Position;
}

interface PageQuery {
  readonly limit: number;
  readonly cursor?: string;
}

export interface ReservationQuery extends PageQuery {
  readonly destination?: string;
  readonly status?: string;
  readonly exporter?: string;
  readonly line?: string;
}

export interface ExportQuery extends PageQuery {
  readonly destination?: string;
  readonly status?: string;
  readonly exporter?: string;
  readonly line?: string;
  readonly reservationId?: string;
}

export interface WeightExportQuery extends PageQuery {
  readonly exporter?: string;
  readonly status?: 'recorded' | 'refused';
}

export interface AlertQuery extends PageQuery {
  readonly line?: string;
  readonly level?: string;
  readonly state?: 'open' | 'closed';
}

/** `position` is that of the newest event, `balance` the line's right after it. */
export interface ReservationRow {
  readonly reservation: Reservation;
  readonly position: Position;
  readonly balance: LineBalance;
}

export interface ExportRow {
  readonly event: ExportDebited;
  readonly posted: PostedExport;
  readonly line: string;
  readonly position: Position;
}

/** What became of a request to record an export of model weights; it never changes. */
export interface WeightExportRow {
  readonly event: WeightsEvent;
  readonly revision: number;
  readonly position: Position;
}

export interface AlertRow {
  readonly id: string;
  readonly line: string;
  readonly level: AlertLevel;
  readonly threshold: number;
  readonly utilization: number;
  readonly position: Position;
  readonly eventId: string;
  /** Only of level `measured`: the reporting date, `YYYY-MM-DD`. */
  readonly measuredOn?: string;
  readonly raisedAt: string;
  readonly closedAt: string | null;
  readonly acknowledgedBy: string | null;
}

export type ObligationStatus = 'open' | 'done' | 'overdue';

export interface ObligationQuery extends PageQuery {
  readonly exporter?: string;
  /** Ids and names, any of which is who owes it. */
  readonly parties?: readonly string[];
  readonly kind?: string;
  readonly route?: string;
  readonly status?: ObligationStatus;
  /** Exclusive, milliseconds since 1970. */
  readonly dueBeforeMs?: number;
  readonly nowMs: number;
}

/** `position` is that of the newest event about it. */
export interface ObligationRow extends ObligationDone {
  readonly id: string;
  readonly status: ObligationStatus;
  readonly fulfilment: Fulfilment | null;
  readonly position: Position;
}

/** By an event of its own, or by a fact that the shipment stated: then it has no reference. */
export interface Fulfilment {
  readonly eventId: string;
  readonly position: Position;
  readonly fulfilledAt: string;
  readonly reference: string | null;
  readonly note: string | null;
  readonly principal: string;
}

/** Sums of all that happened by one route on one line for one exporter, in thousandths of TPP. */
export interface RouteUsage {
  readonly line: string;
  /** In the normal form of its name. */
  readonly exporter: string;
  /** Reservations and direct exports, and what they were given. */
  readonly holds: number;
  readonly granted: number;
  /** Released, lapsed, or left over by a final export. */
  readonly unused: number;
  readonly exports: number;
  readonly exported: number;
  readonly reversals: number;
  readonly credited: number;
}

export interface ReportQuery extends ReportFilter {
  readonly name: string;
  /** Ids of registered companies by what else means them: aliases, former names, companies that were merged into them. */
  readonly otherIds?: ReadonlyMap<string, string>;
  readonly nowMs: number;
}

/** What a report is made of. `rows` is null where that would be more shipments than it may be: `shipments` says how many. */
export interface ReportMade {
  readonly rows: readonly ReportRow[] | null;
  readonly shipments: number;
  readonly position: Position;
}

/** A report in pages, each a JSON array of rows: all of them at once would be much work in one turn for who reads it. */
export interface ReportAnswer extends Omit<ReportMade, 'rows'> {
  readonly pages: readonly string[] | null;
}

export interface LineDay {
  readonly day: string;
  readonly position: Position;
  readonly balance: LineBalance;
  readonly counts: LineCounts;
}

/** A page of a stream or of the log, for callers that read events themselves. */
export type EventPage = readonly StoredEvent[];
