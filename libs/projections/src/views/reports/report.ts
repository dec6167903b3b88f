import type { AttritionRecorded, ExportDebited, ExportReversed, LineBalance, Position } from '#ledger';
import type { CompiledRoute, RouteName } from '#rulebook';
import type { UveuLine } from '../lines/lines.js';
import type { DutyShipment, ObligationRow } from '../obligations/obligations.js';
import type { RouteUsage } from '../usage/usage.js';

export type ReportCell = string | number | boolean | null;
export type ReportRow = Readonly<Record<string, ReportCell>>;

/** What a report can be narrowed to. Which of these a report takes, it says. */
export interface ReportFilter {
  readonly exporter?: string;
  /** Ids and names, any of which is the consignee, the ultimate parent or the VEU. */
  readonly parties?: readonly string[];
  readonly country?: string;
  /** `2026`. */
  readonly year?: number;
}

export type ReportParameter = 'exporter' | 'party' | 'country' | 'year';

/** A report that the regulation asks for, or what one is made of. */
export interface Report {
  readonly name: string;
  readonly title: string;
  readonly citation: string;
  readonly parameters: readonly ReportParameter[];
  /** In this order in CSV; every row has them all. */
  readonly columns: readonly string[];
  rows(source: ReportSource, filter: ReportFilter): Promise<readonly ReportRow[]>;
}

/** An export that stands: it was not reversed, or came back. */
export interface ReportShipment {
  readonly event: ExportDebited;
  readonly position: Position;
  readonly line: string;
  /** Only of one that came back. */
  readonly returned: ExportReversed | null;
  readonly shipment: DutyShipment;
  readonly route: CompiledRoute | undefined;
}

/** What reports are made of: the exports that stand, sums, and what became of the obligations. */
export interface ReportSource {
  readonly nowMs: number;
  /** Lets other work have its turn: to be awaited now and then. */
  pause(): Promise<void>;
  /** In order of the log. */
  shipments(route: RouteName): Promise<readonly ReportShipment[]>;
  usage(route: RouteName): readonly RouteUsage[];
  uveuLines(): readonly UveuLine[];
  /** In order of the log, by line. */
  attritions(line: string): readonly AttritionRecorded[];
  /** The line at the end of a UTC day, `YYYY-MM-DD`; undefined if it had no events by then. */
  balanceOn(line: string, day: string): LineBalance | undefined;
  /** The id of the company that an id or a name made into one means; of one that is not registered its own. */
  companyId(id: string): string;
  /** The line that carries on the limit of this one, after mergers; itself if none does. */
  survivorOf(line: string): string;
  /** The obligation of this kind that a shipment has a part in; of one that comes back, that of the period. */
  obligation(kind: string, shipment: DutyShipment, periodFromMs?: number): ObligationRow | undefined;
}

/** More shipments than one report may be made of: narrow it down, or read them page by page from /v1/exports. */
export class ReportTooLarge extends Error {
  override readonly name = 'ReportTooLarge';
}

/** Shipments of a report at most. */
export const reportShipmentsMax = 50_000;

/** What a shipment counts for: what it debited, less what its way back was credited with. In thousandths of TPP. */
export function countedMilliTpp({ event, returned }: Pick<ReportShipment, 'event' | 'returned'>): number {
  return event.debitedMilliTpp - (returned?.creditedMilliTpp ?? 0);
}

/** Units of an item; of one whose amount was reported in TPP alone a fraction. */
export function unitsOf({ quantity, milliTpp, milliTppPerUnit }: ExportDebited['items'][number]): number {
  if (quantity !== null) return quantity;
  return milliTppPerUnit > 0 ? Math.round((milliTpp / milliTppPerUnit) * 1000) / 1000 : 0;
}

/** Thousandths as TPP. */
export function tppOf(milliTpp: number): number {
  return milliTpp / 1000;
}
