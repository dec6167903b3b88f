import type { Database, Statement } from 'better-sqlite3';
import {
  decodeEvent,
  lineOfStream,
  type AmountsTakenOver,
  type ExportDebited,
  type ExportReversed,
  type LineEvent,
  type ObligationFulfilled,
  type Position,
  type QuotaReserved,
  type Reservation,
  type StoredEvent,
} from '#ledger';
import { normalName } from '#rulebook';
import type { DutyBook } from '../duties/duty-book.js';
import { dutiesAfter, dutiesBefore, groupsOf, namesOf, obligationId, type Duty, type RouteOf } from '../duties/duty.js';
import { exportShipment, heldShipment, reservedShipment, shipmentOf, type DutyShipment } from '../duties/duty-shipment.js';
import { DutyGroups } from './duty-groups.js';
import { placeOf, type EntryReader, type ReadEvent } from './entry-reader.js';
import type { Names } from './names.js';
import { ObligationRows, type ObligationPlace } from './obligation-rows.js';
import { RouteUsageTable } from './route-usage.js';

type EventPlaceInLog = Pick<StoredEvent, 'id' | 'position'>;

export interface DutyWriterOptions {
  readonly database: Database;
  readonly names: Names;
  readonly reader: EntryReader;
  readonly readEvent: ReadEvent;
  readonly book: DutyBook;
  /** What is known by this id, an event's own or an obligation's, is found in the event at this position. */
  readonly addPlace: (id: string, position: Position) => void;
}

/**
 * Folds line events into obligations and into what was used of each route. A reservation under a licence, of which most of
 * a log consists, owes nothing before something leaves: it costs one addition. `flush` comes after that of the entries.
 */
export class DutyWriter {
  readonly usage: RouteUsageTable;
  readonly #options: DutyWriterOptions;
  readonly #rows: ObligationRows;
  readonly #groups: DutyGroups;
  readonly #routeOf: RouteOf;
  readonly #reservationOf: Statement<[number]>;
  readonly #exportsOf: Statement<[number]>;
  readonly #addExport: Statement<[string, number, number]>;
  readonly #removeExport: Statement<[string, number, number]>;
  readonly #addAttrition: Statement<[number, number]>;

  #new: ReturnType<ObligationRows['row']>[] = [];
  #earlier: ReturnType<ObligationRows['row']>[] = [];
  #fulfilled: { readonly event: ObligationFulfilled; readonly position: Position }[] = [];
  /** Keys of reservations and exports whose obligations must be worked out from their entries. */
  readonly #reservations = new Set<Position>();
  readonly #exports = new Set<Position>();

  constructor(options: DutyWriterOptions) {
    const { database, names, book } = options;
    this.#options = options;
    this.#routeOf = ({ rulebookHash, route }) => book.route(rulebookHash, route);
    this.usage = new RouteUsageTable(database, names);
    this.#rows = new ObligationRows(database, names);
    this.#groups = new DutyGroups({
      database,
      names,
      rows: this.#rows,
      routeOf: this.#routeOf,
      shipmentAt: (position) => this.#shipmentAt(position),
      onNamed: (duty, position) => this.#addName(duty, position),
    });
    this.#reservationOf = database.prepare<[number]>('SELECT reservation FROM exports WHERE position = ?').pluck();
    this.#exportsOf = database
      .prepare<[number]>('SELECT position FROM exports WHERE reservation = ? ORDER BY position')
      .pluck();
    this.#addExport = database.prepare('INSERT INTO route_exports (route, at, position) VALUES (?, ?, ?)');
    this.#addAttrition = database.prepare('INSERT INTO attritions (line, position) VALUES (?, ?)');
    this.#removeExport = database.prepare('DELETE FROM route_exports WHERE route = ? AND at = ? AND position = ?');
  }

  reserved(stored: EventPlaceInLog, line: string, event: QuotaReserved): void {
    this.usage.reserved(event, line);
    if (!isCounted(event)) return;
    const shipment = reservedShipment(event, line, stored.position);
    this.#addNames(shipment, stored.id);
    this.#groups.hold(shipment);
    this.#reservations.add(stored.position);
  }

  /** A change that is no export. `key` is the position of the event that made the reservation. */
  changed(key: Position, before: Reservation, after: Reservation): void {
    this.usage.changed(before, after);
    if (isCounted(before)) this.#unhold(key, before);
    if (isCounted(after)) {
      const shipment = this.#held(key, after);
      if (shipment) this.#groups.hold(shipment);
    }
    if (isCounted(before) || isCounted(after)) this.#reservations.add(key);
  }

  /** @param of the reservation that it is of, before and after, and its key; undefined for a direct export */
  exported(
    { id, position }: EventPlaceInLog,
    line: string,
    event: ExportDebited,
    of: { readonly key: Position; readonly before: Reservation; readonly after: Reservation } | undefined,
  ): void {
    this.usage.exported(event, line);
    const shipment = exportShipment(event, line, position);
    if (isCounted(event)) this.#count(shipment, event, of);
    else if (event.route === 'none') return;
    this.#addNames(shipment, id);
    const owed = dutiesAfter(shipment, this.#routeOf);
    for (const duty of owed) this.#new.push(this.#rows.row(position, duty));
    if (of === undefined) {
      for (const duty of dutiesBefore([shipment], this.#routeOf)) this.#new.push(this.#rows.row(position, duty));
    } else if (isCounted(event)) this.#reservations.add(of.key);
    else for (const duty of dutiesBefore([shipment], this.#routeOf)) this.#earlier.push(this.#rows.row(of.key, duty));
  }

  reversed(exportKey: Position, posted: ExportDebited, line: string, event: ExportReversed): void {
    this.usage.reversed(posted, line, event);
    if (posted.route === 'none') return;
    const isGone = event.code !== 'returned';
    if (isCounted(posted)) {
      const shipment = exportShipment(posted, line, exportKey);
      this.#groups.reversed(shipment, event, isGone);
      if (isGone) this.#removeExport.run(posted.route, shipment.atMs, exportKey);
    }
    if (isGone) this.#exports.add(exportKey);
  }

  /** Of a line that goes on for a company that was merged into its holder. */
  takenOver({ id, position }: EventPlaceInLog, line: string, event: AmountsTakenOver): void {
    const shipment = shipmentOf(event, line, position);
    if (!shipment) return;
    this.#options.addPlace(id, position);
    this.#groups.takenOver(shipment, event.balanceMilliTpp.exported);
  }

  attrition(line: string, position: Position): void {
    this.#addAttrition.run(this.#options.names.number(line), position);
  }

  fulfilled(event: ObligationFulfilled, position: Position): void {
    this.#options.addPlace(event.obligationId, position);
    this.#fulfilled.push({ event, position });
  }

  /** Once the entries of the batch and all places are in their tables. */
  flush(): void {
    this.usage.flush();
    this.#rows.insertNew(this.#new);
    for (const row of this.#earlier) this.#rows.insertEarlier(row);
    for (const key of this.#exports) this.#redoExport(key);
    for (const key of this.#reservations) this.#redoReservation(key);
    for (const { event, position } of this.#fulfilled) this.#fulfil(event, position);
    this.#clear();
  }

  /** After a rollback. */
  forget(): void {
    this.#clear();
    this.usage.forget();
    this.#rows.forget();
  }

  /** Where the obligation with this id stands, if this event gives rise to it; a period is what the id was made for. */
  placeIn(stored: StoredEvent, id: string, periodFromMs?: number): ObligationPlace | undefined {
    const line = lineOfStream(stored.stream);
    const shipment = line && shipmentOf(decodeEvent(stored.json) as LineEvent, line, stored.position);
    if (!shipment) return undefined;
    const period = periodFromMs ?? 0;
    const isIt = (duty: Pick<Duty, 'kind' | 'about'>): boolean => obligationId(duty, periodFromMs) === id;
    const own = namesOf(shipment, this.#routeOf).find(isIt);
    if (own) {
      const isAboutReservation = own.about === shipment.reservationId && shipment.exportId !== null;
      const reservation = isAboutReservation ? (this.#reservationOf.get(stored.position) as Position | null) : null;
      return { subject: reservation ?? stored.position, kind: own.kind, period };
    }
    for (const group of groupsOf(shipment, this.#routeOf)) {
      const subject = this.#groups.subjectOf(group.name);
      const rule = group.rules.find(({ obligation: { kind } }) =>
        [group.name, group.nameAsSpelled].some((about) => isIt({ kind, about })),
      );
      if (rule && subject !== undefined) return { subject, kind: rule.obligation.kind, period };
    }
    return undefined;
  }

  #clear(): void {
    this.#new = [];
    this.#earlier = [];
    this.#fulfilled = [];
    this.#reservations.clear();
    this.#exports.clear();
  }

  #count(
    shipment: DutyShipment,
    event: ExportDebited,
    of: { readonly key: Position; readonly before: Reservation; readonly after: Reservation } | undefined,
  ): void {
    this.#addExport.run(shipment.route, shipment.atMs, shipment.position);
    this.#groups.exported(shipment, event);
    if (of !== undefined && this.#held(of.key, of.after) === undefined) this.#unhold(of.key, of.before);
  }

  #unhold(key: Position, before: Reservation): void {
    const shipment = this.#held(key, before);
    if (shipment) this.#groups.unhold(shipment);
  }

  /** What a reservation still has; `key` is the position of the event that made it. */
  #held(key: Position, reservation: Reservation): DutyShipment | undefined {
    return heldShipment(reservation, this.#shipmentAt(key));
  }

  #redoExport(key: Position): void {
    this.#rows.clear(key);
    const reservation = this.#reservationOf.get(key) as Position | null;
    if (reservation !== null) this.#reservations.add(reservation);
    const shipment = this.#standing(key);
    if (!shipment) return;
    const before = reservation === null ? dutiesBefore([shipment], this.#routeOf) : [];
    for (const duty of [...before, ...dutiesAfter(shipment, this.#routeOf)]) this.#rows.insert(key, duty);
  }

  #redoReservation(key: Position): void {
    const row = this.#options.reader.reservationAt(key);
    if (!row) return;
    this.#rows.clear(key);
    const left = (this.#exportsOf.all(key) as Position[]).flatMap((position) => this.#standing(position) ?? []);
    left.sort((a, b) => a.atMs - b.atMs || a.position - b.position);
    const held = isCounted(row.reservation) ? this.#held(key, row.reservation) : undefined;
    const shipments = held === undefined ? left : [...left, held];
    for (const duty of dutiesBefore(shipments, this.#routeOf)) this.#rows.insert(key, duty);
  }

  /** The export, unless it was reversed because it never took place. */
  #standing(key: Position): DutyShipment | undefined {
    const row = this.#options.reader.exportAt(key);
    if (!row) return undefined;
    if (row.posted.status === 'reversed') {
      const reversal = this.#eventAt(row.position).event;
      if (reversal.type !== 'ExportReversed' || reversal.code !== 'returned') return undefined;
    }
    return exportShipment(row.event, row.line, key);
  }

  #fulfil({ obligation, obligationId: id }: ObligationFulfilled, position: Position): void {
    const { kind, route, exporter, party, dueAt, period, raisedBy } = obligation;
    const from = period === null ? undefined : Date.parse(period.from);
    const source = this.#options.reader.positionOf(raisedBy);
    const stored = source === undefined ? undefined : this.#options.readEvent(source);
    // Without its event it is known by that of its fulfilment alone.
    const place = (stored && this.placeIn(stored, id, from)) ?? { subject: -position, kind, period: from ?? 0 };
    const owners = { exporter: exporter === null ? null : normalName(exporter), party: normalName(party.id) };
    const duty = { kind, route, ...owners, source: source ?? position, dueMs: Date.parse(dueAt) };
    this.#rows.fulfil(place, duty, position);
  }

  /** An event that may give rise to something is found by its own id, too: that of a fulfilment names it. */
  #addNames(shipment: DutyShipment, eventId: string): void {
    const names = namesOf(shipment, this.#routeOf);
    for (const duty of names) this.#addName(duty, shipment.position);
    if (names.length > 0 || isCounted(shipment)) this.#options.addPlace(eventId, shipment.position);
  }

  #addName(duty: Pick<Duty, 'kind' | 'about'>, position: Position): void {
    this.#options.addPlace(obligationId(duty), position);
  }

  #shipmentAt(position: Position): DutyShipment {
    const { event, stored } = this.#eventAt(position);
    const shipment = shipmentOf(event, placeOf(stored).line, position);
    if (!shipment) throw new Error(`The ${event.type} at position ${position} is no shipment.`);
    return shipment;
  }

  #eventAt(position: Position): { readonly event: LineEvent; readonly stored: StoredEvent } {
    const stored = this.#options.readEvent(position);
    if (!stored) throw new Error(`The log has no event at position ${position}, which the views have seen there.`);
    return { event: decodeEvent(stored.json) as LineEvent, stored };
  }
}

/** Whether holds owe something and exports are counted by consignee and company: every route but a licence. */
function isCounted({ route }: Pick<Reservation, 'route'>): boolean {
  return route !== 'licence' && route !== 'none';
}
