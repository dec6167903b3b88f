import { canonicalJson, type ClassifiedItem } from '#rulebook';
import type { LedgerEvent, LedgerEventType } from './ledger-event.js';
import type { QuotaReserved } from './line-event.js';

/** The version that this build writes of each stored type. An older one is upcast, an unknown one stops the reader. */
const currentVersions: Readonly<Record<LedgerEventType, 1>> = {
  QuotaReserved: 1,
  ReservationAmended: 1,
  ReservationReleased: 1,
  ReservationLapsed: 1,
  ReservationRefused: 1,
  ExportDebited: 1,
  ExportReversed: 1,
  ExportFiled: 1,
  AllocationSet: 1,
  LineSuspended: 1,
  LineResumed: 1,
  LineClosed: 1,
  AmountsTakenOver: 1,
  ShipmentCounted: 1,
  HoldingsDeclared: 1,
  AttritionRecorded: 1,
  WeightExportRecorded: 1,
  WeightExportRefused: 1,
  RulebookAdopted: 1,
  AlertRaised: 1,
  AlertClosed: 1,
  AlertAcknowledged: 1,
  CompanyRegistered: 1,
  CompanyAmended: 1,
  CompaniesMerged: 1,
  AuthorisationGranted: 1,
  AuthorisationAmended: 1,
  AuthorisationRevoked: 1,
  ObligationFulfilled: 1,
  LineChosen: 1,
  LossAccepted: 1,
};

/** Every type of event that this build knows. */
export const eventTypes = Object.keys(currentVersions) as readonly LedgerEventType[];

type StoredData = Readonly<Record<string, unknown>>;

/** One step per old version, by `<type>@<version>`. Steps are added and never edited. */
const upcasts: Readonly<Record<string, (data: StoredData) => StoredData>> = {};

/** A stored event that this build cannot read: a ledger that skipped it would be a wrong ledger. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
}

/** Every `<type>@<version>` that this build reads: what it writes, and what it brings up to date. */
export const readableEvents: readonly string[] = [
  ...Object.entries(currentVersions).map(([type, version]) => `${type}@${version}`),
  ...Object.keys(upcasts),
];

/** The bytes of an event: canonical JSON (RFC 8785), the form that is stored and hashed. */
export function encodeEvent(event: LedgerEvent): string {
  if (event.type !== 'QuotaReserved') return canonicalJson(event);
  const stored = storedReserved(event);
  // These have members of their own, in any order.
  const isNested = event.consignee !== null || event.facts !== undefined || event.shares !== undefined;
  if (isNested || event.takenOver !== undefined || event.declared !== undefined || event.alsoCounts !== undefined) return canonicalJson(stored);
  // With the members in order JSON.stringify is canonical too, and leaves less behind.
  const json = JSON.stringify(stored);
  // Half a surrogate pair, perhaps, which JSON.stringify lets pass.
  return json.includes('\\ud') ? canonicalJson(stored) : json;
}

/** Most of a log consists of these: in order, and without the members that are null. `restoredReserved` undoes it. */
function storedReserved(event: QuotaReserved) {
  const { allocation, exported, reserved } = event.balanceMilliTpp;
  const { exports, openReservations, refusals } = event.counts;
  const { hash, id, version } = event.rulebook;
  return {
    alsoCounts: event.alsoCounts,
    asked: event.asked,
    balanceMilliTpp: { allocation, exported, reserved },
    capBasis: event.capBasis,
    closedInto: event.closedInto,
    consignee: event.consignee ?? undefined,
    countedAt: event.countedAt,
    counts: { exports, openReservations, refusals },
    debitedMilliTpp: event.debitedMilliTpp,
    declared: event.declared,
    destination: event.destination,
    expiresAt: event.expiresAt,
    exporter: event.exporter,
    facts: event.facts,
    idempotencyKey: event.idempotencyKey,
    items: event.items.map(storedItem),
    milliTpp: event.milliTpp,
    nonce: event.nonce,
    prev: event.prev,
    principal: event.principal,
    recordedAt: event.recordedAt,
    reference: event.reference ?? undefined,
    requestHash: event.requestHash,
    reservationId: event.reservationId,
    route: event.route,
    rulebook: { hash, id, version },
    scopes: event.scopes,
    shareLimits: event.shareLimits,
    shares: event.shares,
    suspended: event.suspended,
    takenOver: event.takenOver,
    type: event.type,
    v: event.v,
  } satisfies Record<keyof QuotaReserved, unknown>;
}

function storedItem({ chip, datacenter, description, eccn, level, milliTppPerUnit, quantity, route }: ClassifiedItem) {
  return {
    chip: chip ?? undefined,
    datacenter,
    description: description ?? undefined,
    eccn,
    level,
    milliTppPerUnit,
    quantity,
    route,
  };
}

type StoredReserved = { -readonly [Member in 'consignee' | 'reference']?: QuotaReserved[Member] } & {
  readonly items: readonly { chip?: string | null; description?: string | null }[];
};

function restoredReserved(stored: StoredReserved): void {
  stored.consignee ??= null;
  stored.reference ??= null;
  for (const item of stored.items) {
    item.chip ??= null;
    item.description ??= null;
  }
}

/**
 * The event that stored bytes stand for, in today's shape.
 * @throws UnknownEvent for a type or version that this build does not know, or bytes that are no event.
 */
export function decodeEvent(json: string): LedgerEvent {
  const data = parse(json);
  const type = data['type'] as LedgerEventType;
  const current = currentVersions[type] as number | undefined;
  if (current === undefined) throw new UnknownEvent(`Unknown event type ${JSON.stringify(type)}: it needs a newer build.`);
  const event = data['v'] === current ? data : upcast(data, type, current);
  if (type === 'QuotaReserved') restoredReserved(event as unknown as StoredReserved);
  return event as unknown as LedgerEvent;
}

function parse(json: string): StoredData {
  try {
    const data: unknown = JSON.parse(json);
    if (typeof data === 'object' && data !== null) return data as StoredData;
  } catch {
    // Answered below, with what it is.
  }
  throw new UnknownEvent(`Not an event: ${json.slice(0, 80)}`);
}

function upcast(stored: StoredData, type: string, current: number): StoredData {
  let data = stored;
  while (data['v'] !== current) {
    const step = upcasts[`${type}@${String(data['v'])}`];
    if (step === undefined) {
      throw new UnknownEvent(`Unknown version ${String(data['v'])} of event type ${type}: it needs another build.`);
    }
    data = step(data);
  }
  return data;
}
