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
import type { Page } from '../../tables/page.js';
import { commands } from '../commands/commands.js';
import { entries, type ChangedReservation } from '../entries/entries.js';
import { rulebooks } from '../rulebooks/rulebooks.js';
import { eventAt, type Folds, type View, type ViewParts } from '../view.js';
import { DutyGroups } from './duty-groups.js';
import { exportShipment, heldShipment, isCounted, reservedShipment, shipmentAt, shipmentOf, type DutyShipment } from './duty-shipment.js';
import { dutiesAfter, dutiesBefore, groupsOf, namesOf, obligationId, type Duty, type RouteOf } from './duty.js';
import { ObligationPages } from './obligation-pages.js';
import { ObligationReader } from './obligation-reader.js';
import type { ObligationQuery, ObligationRow } from './obligation-row.js';
import { ObligationRows, type ObligationPlace } from './obligation-rows.js';
import { obligationContents, obligationSchema } from './obligation-tables.js';

export { consigneeOf, exportShipment, holderOf, isCounted, ownerOf, type DutyShipment } from './duty-shipment.js';
export type { Fulfilment, ObligationQuery, ObligationRow, ObligationStatus } from './obligation-row.js';

/**
 * What is owed for shipments. A reservation under a licence, of which most of a log consists, owes nothing before something
 * leaves: it costs one look.
 */
class Obligations implements View {
  readonly reader: ObligationReader;
  readonly #parts: ViewParts;
  readonly #commands: ReturnType<typeof commands.open>;
  readonly #entries: ReturnType<typeof entries.open>;
  readonly #rows: ObligationRows;
  readonly #groups: DutyGroups;
  readonly #pages: ObligationPages;
  readonly #routeOf: RouteOf;

  #new: ReturnType<ObligationRows['row']>[] = [];
  #earlier: ReturnType<ObligationRows['row']>[] = [];
  #fulfilled: { readonly event: ObligationFulfilled; readonly position: Position }[] = [];
  /** Keys of reservations and exports whose obligations must be worked out from their entries. */
  readonly #reservations = new Set<Position>();
  readonly #exports = new Set<Position>();

  constructor(parts: ViewParts) {
    const { database, names, readEvent } = parts;
    const { book } = parts.of(rulebooks);
    this.#parts = parts;
    this.#commands = parts.of(commands);
    this.#entries = parts.of(entries);
    this.#routeOf = ({ rulebookHash, route }) => book.route(rulebookHash, route);
    this.#rows = new ObligationRows(database, names);
    this.#groups = new DutyGroups({
      database,
      names,
      rows: this.#rows,
      routeOf: this.#routeOf,
      shipmentAt: (position) => shipmentAt(readEvent, position),
      onNamed: (duty, position) => this.#addName(duty, position),
    });
    const { places } = this.#commands;
    this.reader = new ObligationReader({ database, places, readEvent, book, placeIn: (...from) => this.#placeIn(...from) });
    this.#pages = new ObligationPages(parts, this.reader);
  }

  readonly #changed = (): void => {
    const { reservation } = this.#entries.changed;
    if (reservation) this.#change(reservation);
  };

  readonly folds: Folds = {
    QuotaReserved: (event, stored, line) => this.#reserve(stored, line, event),
    ReservationAmended: this.#changed,
    ReservationReleased: this.#changed,
    ReservationLapsed: this.#changed,
    ExportDebited: (event, stored, line) => this.#export(stored, line, event, this.#entries.changed.reservation),
    ExportReversed: (event) => {
      const { posted } = this.#entries.changed;
      if (posted) this.#reverse(posted.key, posted.row.event, posted.row.line, event);
    },
    AmountsTakenOver: (event, stored, line) => this.#takeOver(stored, line, event),
    ObligationFulfilled: (event, { position }) => {
      this.#commands.add(event.obligationId, position);
      this.#fulfilled.push({ event, position });
    },
  };

  readonly questions = {
    /** By due date, the earliest first. */
    obligations: (query: ObligationQuery): Promise<Page<ObligationRow>> => this.#pages.page(query),
    /** `nowMs` tells what is overdue, and which periods have begun. */
    obligation: ({ id, nowMs }: { readonly id: string; readonly nowMs: number }): ObligationRow | undefined =>
      this.reader.find(id, nowMs),
  };

  #reserve(stored: StoredEvent, line: string, event: QuotaReserved): void {
    if (!isCounted(event)) return;
    const shipment = reservedShipment(event, line, stored.position);
    this.#addNames(shipment, stored.id);
    this.#groups.hold(shipment);
    this.#reservations.add(stored.position);
  }

  /** A change that is no export. */
  #change({ key, before, after }: ChangedReservation): void {
    if (isCounted(before)) this.#unhold(key, before);
    if (isCounted(after)) {
      const shipment = this.#held(key, after);
      if (shipment) this.#groups.hold(shipment);
    }
    if (isCounted(before) || isCounted(after)) this.#reservations.add(key);
  }

  /** @param of the reservation that it is of, before and after, and its key; undefined for a direct export */
  #export(
    { id, position }: StoredEvent,
    line: string,
    event: ExportDebited,
    of: ChangedReservation | undefined,
  ): void {
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

  #reverse(exportKey: Position, posted: ExportDebited, line: string, event: ExportReversed): void {
    if (posted.route === 'none') return;
    const isGone = event.code !== 'returned';
    if (isCounted(posted)) this.#groups.reversed(exportShipment(posted, line, exportKey), event, isGone);
    if (isGone) this.#exports.add(exportKey);
  }

  /** Of a line that goes on for a company that was merged into its holder. */
  #takeOver({ id, position }: StoredEvent, line: string, event: AmountsTakenOver): void {
    const shipment = shipmentOf(event, line, position);
    if (!shipment) return;
    this.#commands.add(id, position);
    this.#groups.takenOver(shipment, event.balanceMilliTpp.exported);
  }

  flush(): void {
    this.#rows.insertNew(this.#new);
    for (const row of this.#earlier) this.#rows.insertEarlier(row);
    for (const key of this.#exports) this.#redoExport(key);
    for (const key of this.#reservations) this.#redoReservation(key);
    for (const { event, position } of this.#fulfilled) this.#fulfil(event, position);
    this.#clear();
  }

  forget(): void {
    this.#clear();
    this.#rows.forget();
  }

  /** Where the obligation with this id stands, if this event gives rise to it; a period is what the id was made for. */
  #placeIn(stored: StoredEvent, id: string, periodFromMs?: number): ObligationPlace | undefined {
    const line = lineOfStream(stored.stream);
    const shipment = line && shipmentOf(decodeEvent(stored.json) as LineEvent, line, stored.position);
    if (!shipment) return undefined;
    const period = periodFromMs ?? 0;
    const isIt = (duty: Pick<Duty, 'kind' | 'about'>): boolean => obligationId(duty, periodFromMs) === id;
    const own = namesOf(shipment, this.#routeOf).find(isIt);
    if (own) {
      const isAboutReservation = own.about === shipment.reservationId && shipment.exportId !== null;
      const reservation = isAboutReservation ? this.#entries.reader.reservationOf(stored.position) : null;
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
    of: ChangedReservation | undefined,
  ): void {
    this.#groups.exported(shipment, event);
    if (of !== undefined && this.#held(of.key, of.after) === undefined) this.#unhold(of.key, of.before);
  }

  #unhold(key: Position, before: Reservation): void {
    const shipment = this.#held(key, before);
    if (shipment) this.#groups.unhold(shipment);
  }

  /** What a reservation still has; `key` is the position of the event that made it. */
  #held(key: Position, reservation: Reservation): DutyShipment | undefined {
    return heldShipment(reservation, shipmentAt(this.#parts.readEvent, key));
  }

  #redoExport(key: Position): void {
    this.#rows.clear(key);
    const reservation = this.#entries.reader.reservationOf(key);
    if (reservation !== null) this.#reservations.add(reservation);
    const shipment = this.#standing(key);
    if (!shipment) return;
    const before = reservation === null ? dutiesBefore([shipment], this.#routeOf) : [];
    for (const duty of [...before, ...dutiesAfter(shipment, this.#routeOf)]) this.#rows.insert(key, duty);
  }

  #redoReservation(key: Position): void {
    const row = this.#entries.reader.reservationAt(key);
    if (!row) return;
    this.#rows.clear(key);
    const left = this.#entries.reader.exportsOf(key).flatMap((position) => this.#standing(position) ?? []);
    left.sort((a, b) => a.atMs - b.atMs || a.position - b.position);
    const held = isCounted(row.reservation) ? this.#held(key, row.reservation) : undefined;
    const shipments = held === undefined ? left : [...left, held];
    for (const duty of dutiesBefore(shipments, this.#routeOf)) this.#rows.insert(key, duty);
  }

  /** The export, unless it was reversed because it never took place. */
  #standing(key: Position): DutyShipment | undefined {
    const row = this.#entries.reader.exportAt(key);
    if (!row) return undefined;
    if (row.posted.status === 'reversed') {
      const reversal = decodeEvent(eventAt(this.#parts.readEvent, row.position).json);
      if (reversal.type !== 'ExportReversed' || reversal.code !== 'returned') return undefined;
    }
    return exportShipment(row.event, row.line, key);
  }

  #fulfil({ obligation, obligationId: id }: ObligationFulfilled, position: Position): void {
    const { kind, route, exporter, party, dueAt, period, raisedBy } = obligation;
    const from = period === null ? undefined : Date.parse(period.from);
    const source = this.#commands.places.ofEvent(raisedBy);
    const stored = source === undefined ? undefined : this.#parts.readEvent(source);
    // Without its event it is known by that of its fulfilment alone.
    const place = (stored && this.#placeIn(stored, id, from)) ?? { subject: -position, kind, period: from ?? 0 };
    const owners = { exporter: exporter === null ? null : normalName(exporter), party: normalName(party.id) };
    const duty = { kind, route, ...owners, source: source ?? position, dueMs: Date.parse(dueAt) };
    this.#rows.fulfil(place, duty, position);
  }

  /** An event that may give rise to something is found by its own id, too: that of a fulfilment names it. */
  #addNames(shipment: DutyShipment, eventId: string): void {
    const names = namesOf(shipment, this.#routeOf);
    for (const duty of names) this.#addName(duty, shipment.position);
    if (names.length > 0 || isCounted(shipment)) this.#commands.add(eventId, shipment.position);
  }

  #addName(duty: Pick<Duty, 'kind' | 'about'>, position: Position): void {
    this.#commands.add(obligationId(duty), position);
  }
}

export const obligations = {
  name: 'obligations',
  version: 1,
  tables: obligationSchema,
  contents: obligationContents,
  open: (parts: ViewParts) => new Obligations(parts),
};
