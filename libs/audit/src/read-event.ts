import type { LineEvent } from './line-event.js';

/** An event of any stream, as far as every event is alike. */
export interface AnyEvent {
  readonly type: string;
  readonly prev: string;
}

/** Parts of the limit of a line at which its alerts open, and what must be free again before they close. */
export interface Thresholds {
  readonly watch: number;
  readonly critical: number;
  readonly exhausted: number;
  readonly hysteresis: number;
}

const lineTypes: Readonly<Record<LineEvent['type'], true>> = {
  QuotaReserved: true,
  ReservationAmended: true,
  ReservationReleased: true,
  ReservationLapsed: true,
  ReservationRefused: true,
  ExportDebited: true,
  ExportReversed: true,
  ExportFiled: true,
  AllocationSet: true,
  LineSuspended: true,
  LineResumed: true,
  LineClosed: true,
  AmountsTakenOver: true,
  ShipmentCounted: true,
  HoldingsDeclared: true,
  AttritionRecorded: true,
};

/** Streams of which the chain alone is checked, but for the thresholds of rulebooks. */
const otherTypes = [
  ...['WeightExportRecorded', 'WeightExportRefused', 'RulebookAdopted', 'AlertRaised', 'AlertClosed', 'AlertAcknowledged'],
  ...['CompanyRegistered', 'CompanyAmended', 'CompaniesMerged', 'AuthorisationGranted', 'AuthorisationAmended', 'AuthorisationRevoked'],
  ...['ObligationFulfilled', 'LineChosen', 'LossAccepted'],
];

/** Every `<type>@<version>` that the audit can read. */
export const auditedEvents: readonly string[] = [...Object.keys(lineTypes), ...otherTypes].map((type) => `${type}@1`);

const readable = new Set(auditedEvents);

/** The event that a stored text is; undefined for a type or version that the audit does not know, and for what is no event. */
export function readEvent(json: string): AnyEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return undefined;
  }
  const { type, v } = (value ?? {}) as { readonly type?: unknown; readonly v?: unknown };
  return readable.has(`${String(type)}@${String(v)}`) ? (value as AnyEvent) : undefined;
}

/** The line whose stream this is; undefined for any other stream. */
export function lineOf(stream: string): string | undefined {
  return stream.startsWith('quota-') ? stream.slice('quota-'.length) : undefined;
}

/** The thresholds that apply from this event on; undefined unless it adopts a rulebook. */
export function thresholdsIn(event: AnyEvent): Thresholds | undefined {
  if (event.type !== 'RulebookAdopted') return undefined;
  return (event as AnyEvent & { readonly document: { readonly alerts: Thresholds } }).document.alerts;
}
