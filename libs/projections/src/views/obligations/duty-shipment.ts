import { decodeEvent, type AmountsTakenOver, type ExportDebited, type LineEvent, type Position, type QuotaReserved, type Reservation } from '#ledger';
import {
  addTpp,
  companySlug,
  isDebiting,
  noTpp,
  normalName,
  timesTpp,
  type ClassifiedItem,
  type Consignee,
  type DutyParty,
  type MilliTpp,
  type Route,
  type RouteFacts,
} from '#rulebook';
import { placeOf } from '../entries/entries.js';
import { eventAt, type ReadEvent } from '../view.js';

/** A shipment as its duties see it: an export, or an open hold that will be one. */
export interface DutyShipment {
  /** Of the event that gives rise to what is owed for it. */
  readonly position: Position;
  readonly line: string;
  readonly route: Route;
  readonly rulebookHash: string;
  readonly destination: string;
  /** In the normal form of its name, so that duties in any spelling are those of one exporter. */
  readonly exporter: string;
  /** As the event spells it. */
  readonly exporterAsSpelled: string;
  readonly consignee: Consignee | null;
  readonly facts: RouteFacts | undefined;
  readonly reservationId: string | null;
  /** Null for a hold. */
  readonly exportId: string | null;
  /** When the event was recorded that gives rise to what is owed, in milliseconds since 1970, UTC. */
  readonly recordedAtMs: number;
  /** When it leaves; of a hold when it must have left at the latest. Milliseconds since 1970, UTC. */
  readonly atMs: number;
  /** Of its items at the level of 3A090.a that leave by its route; of a hold of those that it still has. */
  readonly size: MilliTpp;
  /**
   * Its items at that level, each with its ECCN, in one text that does not depend on their order or number; of a hold those
   * that it was made with: its exports say what became of them.
   */
  readonly items: string;
}

/** Who owes a duty or receives a shipment. `id` is an exporter's name, or the slug under which a company is known. */
export interface DutyOwner {
  readonly role: DutyParty;
  readonly id: string;
  readonly name: string;
}

export function exportShipment(event: ExportDebited, line: string, position: Position): DutyShipment {
  const { route, rulebook, destination, exporter, consignee, facts, reservationId, exportId, exportedAt, items } = event;
  const size = items.reduce((sum, item) => (isDebiting(item) ? addTpp(sum, item.milliTpp) : sum), noTpp);
  return {
    position, line, route, rulebookHash: rulebook.hash, destination, ...exporterOf(exporter), consignee, facts, reservationId, exportId,
    recordedAtMs: Date.parse(event.recordedAt), atMs: Date.parse(exportedAt), size, items: itemsText(items),
  };
}

/** A hold right after the event that made it. */
export function reservedShipment(event: QuotaReserved, line: string, position: Position): DutyShipment {
  const { route, rulebook, destination, exporter, consignee, facts, reservationId, expiresAt, items } = event;
  const size = items.reduce(
    (sum, item) => (isDebiting(item) ? addTpp(sum, timesTpp(item.milliTppPerUnit, item.quantity)) : sum),
    noTpp,
  );
  return {
    position, line, route, rulebookHash: rulebook.hash, destination, ...exporterOf(exporter), consignee, facts, reservationId,
    exportId: null, recordedAtMs: Date.parse(event.recordedAt), atMs: Date.parse(expiresAt), size, items: itemsText(items),
  };
}

/** What an event has to do with obligations; undefined if nothing. */
export function shipmentOf(event: LineEvent, line: string, position: Position): DutyShipment | undefined {
  switch (event.type) {
    case 'ExportDebited':
      return exportShipment(event, line, position);
    case 'QuotaReserved':
      return reservedShipment(event, line, position);
    case 'AmountsTakenOver':
      return takenOverShipment(event, line, position);
    default:
      return undefined;
  }
}

/**
 * The shipment of the event at a position: an export, or a hold as it was made.
 * @throws Error if the log has no such event there
 */
export function shipmentAt(readEvent: ReadEvent, position: Position): DutyShipment {
  const stored = eventAt(readEvent, position);
  const shipment = shipmentOf(decodeEvent(stored.json) as LineEvent, placeOf(stored).line, position);
  if (!shipment) throw new Error(`The ${stored.type} at position ${position} gives rise to no obligation.`);
  return shipment;
}

/** What a line takes over of a company that was merged counts as received with it: nobody's export in particular. */
function takenOverShipment(event: AmountsTakenOver, line: string, position: Position): DutyShipment {
  const [route] = line.split(':');
  return {
    position, line, route: route as Route, rulebookHash: event.rulebook.hash, destination: '', ...exporterOf(''), consignee: null,
    facts: undefined, reservationId: null, exportId: null, recordedAtMs: Date.parse(event.recordedAt),
    atMs: Date.parse(event.recordedAt), size: event.exportedMilliTpp, items: '',
  };
}

/** What an open reservation, made with these items at a position, still has; undefined for one that is closed. */
export function heldShipment(
  reservation: Reservation,
  { position, items: named, recordedAtMs }: Pick<DutyShipment, 'position' | 'items' | 'recordedAtMs'>,
): DutyShipment | undefined {
  const { status, line, route, rulebook, destination, exporter, consignee, facts, id, expiresAt, items } = reservation;
  if ((status !== 'held' && status !== 'partly-exported') || expiresAt === null) return undefined;
  let size = 0;
  for (const item of items) {
    if (isDebiting(item)) size += timesTpp(item.milliTppPerUnit, item.quantity) - item.exportedMilliTpp;
  }
  return {
    position, line, route, rulebookHash: rulebook.hash, destination, ...exporterOf(exporter), consignee, facts, reservationId: id,
    exportId: null, recordedAtMs, atMs: Date.parse(expiresAt), size: Math.max(0, size) as MilliTpp, items: named,
  };
}

function exporterOf(name: string): Pick<DutyShipment, 'exporter' | 'exporterAsSpelled'> {
  return { exporter: normalName(name), exporterAsSpelled: name };
}

function itemsText(items: readonly Pick<ClassifiedItem, 'chip' | 'description' | 'eccn' | 'level' | 'route'>[]): string {
  const named = items.filter(({ level, route }) => level === 'a' && route === undefined).map(({ chip, description, eccn }) => `${chip ?? description ?? ''} (${eccn})`);
  return [...new Set(named)].sort().join(', ');
}

/** The ultimate consignee; one without a name is whoever has none in the destination. */
export function consigneeOf({ consignee, destination }: Pick<DutyShipment, 'consignee' | 'destination'>): {
  readonly id: string;
  readonly name: string;
} {
  const id = companySlug(consignee?.name ?? '');
  return id === '' ? { id: `unnamed-${destination}`, name: `unnamed, in ${destination}` } : { id, name: consignee?.name ?? id };
}

/** The company whose line the shipment is on: `lpp:falcon:2026`, `nveu:falcon:AE`, `uveu:falcon`; undefined for a country's. */
export function holderOf(line: string): string | undefined {
  const [kind, holder] = line.split(':');
  return kind === 'country' ? undefined : holder;
}

/** Who owes a duty that is put on this role: a company's own line says which company it is. */
export function ownerOf(role: DutyParty, shipment: DutyShipment): DutyOwner {
  if (role === 'exporter') return { role, id: shipment.exporter, name: shipment.exporter };
  const holder = holderOf(shipment.line);
  if (holder === undefined) return { role, ...consigneeOf(shipment) };
  const { consignee, facts } = shipment;
  const named = [facts?.operator?.ultimateParent, facts?.operator, consignee?.ultimateParent, consignee].find(
    (party) => party && companySlug(party.name) === holder,
  );
  return { role, id: holder, name: named?.name ?? holder };
}

/** Whether holds owe something and exports are counted by consignee and company: every route but a licence. */
export function isCounted({ route }: Pick<Reservation, 'route'>): boolean {
  return route !== 'licence' && route !== 'none';
}
