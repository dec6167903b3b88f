import type { Database, Statement } from 'better-sqlite3';
import {
  decodeEvent,
  foldExport,
  foldReservation,
  lineOfStream,
  shownBalance,
  type ExportDebited,
  type LineBalance,
  type LineEvent,
  type PostedExport,
  type Position,
  type Reservation,
  type StoredEvent,
} from '#ledger';
import type { CommandPlaces } from '../commands/commands.js';
import { eventAt, type ReadEvent } from '../view.js';

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

/** An entry and its key: the position of the event that created it. */
export interface Found<Row> {
  readonly key: Position;
  readonly row: Row;
}

/** What `state` of an export holds once it has changed. */
export interface ExportState {
  readonly posted: PostedExport;
  readonly position: Position;
}

/** Reads reservations and exports. An entry that never changed is rendered from the event in the log that created it. */
export class EntryReader {
  readonly #places: CommandPlaces;
  readonly #readEvent: ReadEvent;
  readonly #reservation: Statement<[number]>;
  readonly #export: Statement<[number]>;
  readonly #reservationOf: Statement<[number]>;
  readonly #exportsOf: Statement<[number]>;

  constructor(database: Database, places: CommandPlaces, readEvent: ReadEvent) {
    this.#places = places;
    this.#readEvent = readEvent;
    this.#reservation = database.prepare<[number]>('SELECT state FROM reservations WHERE position = ?').raw();
    this.#export = database.prepare<[number]>('SELECT state FROM exports WHERE position = ?').raw();
    this.#reservationOf = database.prepare<[number]>('SELECT reservation FROM exports WHERE position = ?').pluck();
    this.#exportsOf = database.prepare<[number]>('SELECT position FROM exports WHERE reservation = ? ORDER BY position').pluck();
  }

  findReservation(id: string): Found<ReservationRow> | undefined {
    for (const key of this.#places.of(id)) {
      const row = this.reservationAt(key);
      if (row?.reservation.id === id) return { key, row };
    }
    return undefined;
  }

  findExport(id: string): Found<ExportRow> | undefined {
    for (const key of this.#places.of(id)) {
      const row = this.exportAt(key);
      if (row?.posted.id === id) return { key, row };
    }
    return undefined;
  }

  /** The reservation that the event at this position created; undefined if it created none. */
  reservationAt(key: Position): ReservationRow | undefined {
    const found = this.#reservation.get(key) as [string | null] | undefined;
    if (found === undefined) return undefined;
    const [state] = found;
    return state === null ? reservationOf(eventAt(this.#readEvent, key)) : (JSON.parse(state) as ReservationRow);
  }

  /** The export that the event at this position posted; undefined if it posted none. */
  exportAt(key: Position): ExportRow | undefined {
    const found = this.#export.get(key) as [string | null] | undefined;
    if (found === undefined) return undefined;
    const row = exportOf(eventAt(this.#readEvent, key));
    const [state] = found;
    return state === null ? row : { ...row, ...(JSON.parse(state) as ExportState) };
  }

  /** Key of the reservation that an export is of; null for a direct one. */
  reservationOf(exportKey: Position): Position | null {
    return this.#reservationOf.get(exportKey) as Position | null;
  }

  /** Keys of the exports of a reservation, in order of the log. */
  exportsOf(reservationKey: Position): readonly Position[] {
    return this.#exportsOf.all(reservationKey) as Position[];
  }
}

/** The reservation that this event created. */
export function reservationOf(stored: StoredEvent): ReservationRow {
  const event = decodeEvent(stored.json) as LineEvent;
  const reservation = foldReservation(undefined, event, placeOf(stored));
  if (!reservation) throw new Error(`The ${stored.type} at position ${stored.position} creates no reservation.`);
  return { reservation, position: stored.position, balance: shownBalance(event.balanceMilliTpp, event.shares) };
}

/** The export that this event posted. */
export function exportOf(stored: StoredEvent): ExportRow {
  const event = decodeEvent(stored.json) as LineEvent;
  const place = placeOf(stored);
  const posted = foldExport(undefined, event, place);
  if (!posted || event.type !== 'ExportDebited') {
    throw new Error(`The ${stored.type} at position ${stored.position} posts no export.`);
  }
  return { event, posted, line: place.line, position: stored.position };
}

export function placeOf(stored: StoredEvent): { readonly line: string; readonly revision: number } {
  const line = lineOfStream(stored.stream);
  if (line === undefined)
    throw new Error(`A ${stored.type} at position ${stored.position} in stream ${stored.stream}.`);
  return { line, revision: stored.revision };
}
