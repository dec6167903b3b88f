import type { Database, Statement } from 'better-sqlite3';
import {
  decodeEvent,
  foldExport,
  foldReservation,
  lineOfStream,
  shownBalance,
  type LineEvent,
  type PostedExport,
  type Position,
  type StoredEvent,
} from '#ledger';
import type { ExportRow, ReservationRow } from '../views.js';
import { commandHash } from './command-hash.js';

/** The event at a position of the log, read at once; undefined if the log has none there. */
export type ReadEvent = (position: Position) => StoredEvent | undefined;

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

/**
 * Reads reservations, exports and the places of commands. An entry that never changed is rendered from the event in
 * the log that created it.
 */
export class EntryReader {
  readonly #readEvent: ReadEvent;
  readonly #placesOf: Statement<[number, number]>;
  readonly #reservation: Statement<[number]>;
  readonly #export: Statement<[number]>;

  constructor(database: Database, readEvent: ReadEvent) {
    this.#readEvent = readEvent;
    this.#placesOf = database
      .prepare<[number, number]>(
        'SELECT position FROM newest_commands WHERE hash = ? UNION ALL SELECT position FROM commands WHERE hash = ?',
      )
      .pluck();
    this.#reservation = database.prepare<[number]>('SELECT state FROM reservations WHERE position = ?').raw();
    this.#export = database.prepare<[number]>('SELECT state FROM exports WHERE position = ?').raw();
  }

  /** Positions of events that may answer this command or have created this entry. */
  placesOf(id: string): readonly Position[] {
    const hash = commandHash(id);
    return this.#placesOf.all(hash, hash) as number[];
  }

  /**
   * Where an event stands that another one names: by its id, for the position that is written down with it is that of
   * the log in which both were first recorded, perhaps another one. Undefined if it is not found.
   */
  positionOf({ eventId, position }: { readonly eventId: string; readonly position: Position }): Position | undefined {
    const isIt = (at: Position): boolean => this.#readEvent(at)?.id === eventId;
    return isIt(position) ? position : this.placesOf(eventId).find(isIt);
  }

  findReservation(id: string): Found<ReservationRow> | undefined {
    for (const key of this.placesOf(id)) {
      const row = this.reservationAt(key);
      if (row?.reservation.id === id) return { key, row };
    }
    return undefined;
  }

  findExport(id: string): Found<ExportRow> | undefined {
    for (const key of this.placesOf(id)) {
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
    return state === null ? reservationOf(this.#read(key)) : (JSON.parse(state) as ReservationRow);
  }

  /** The export that the event at this position posted; undefined if it posted none. */
  exportAt(key: Position): ExportRow | undefined {
    const found = this.#export.get(key) as [string | null] | undefined;
    if (found === undefined) return undefined;
    const row = exportOf(this.#read(key));
    const [state] = found;
    return state === null ? row : { ...row, ...(JSON.parse(state) as ExportState) };
  }

  #read(position: Position): StoredEvent {
    const stored = this.#readEvent(position);
    if (!stored) throw new Error(`The log has no event at position ${position}, which the views have seen there.`);
    return stored;
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

/** An event in a stream where none of its type belongs. */
export function misplaced(stored: StoredEvent): Error {
  return new Error(
    `A ${stored.type} at position ${stored.position} stands in stream ${stored.stream}, where none belongs.`,
  );
}
