import type { EventStore } from '../event-store/event-store.js';
import type { Position, Revision } from '../events/stored-event.js';
import type { LineEvent } from '../events/line-event.js';
import type { PostedExport, Reservation } from '../line/entries.js';
import { foldExport, foldReservation, type EventPlace } from '../line/fold-entries.js';
import { lineOfStream } from '../line/streams.js';
import type { DerivedIndex } from '../once/derived-index.js';
import { exportAt, lineEventOf, readRevision, reservationAt } from '../once/stored-line-event.js';
import type { CommandPlace, Tail } from '../once/tail.js';

interface Held<Entry> {
  readonly entry: Entry;
  /** Of its newest event, if this process has seen it written; 0 if it came from the index. */
  readonly position: Position;
}

/**
 * The reservations and exports that commands name, as of the newest event. An entry that changed after the position
 * of the derived index stays until the index has caught up; so does one that a waiting command needs (pinned).
 * Entries that were only created since are found through the tail.
 */
export class EntryCache {
  readonly #store: EventStore;
  readonly #index: DerivedIndex;
  readonly #tail: Tail;
  readonly #entriesMax: number;
  readonly #reservations = new Map<string, Held<Reservation>>();
  readonly #exports = new Map<string, Held<PostedExport>>();
  readonly #loading = new Map<string, Promise<void>>();
  readonly #pins = new Map<string, number>();

  constructor(options: { readonly store: EventStore; readonly index: DerivedIndex; readonly tail: Tail; readonly entriesMax: number }) {
    this.#store = options.store;
    this.#index = options.index;
    this.#tail = options.tail;
    this.#entriesMax = options.entriesMax;
  }

  /** As of the newest event; undefined if it is not loaded (see `load`) or there is none. */
  reservation(id: string): Reservation | undefined {
    return this.#reservations.get(id)?.entry;
  }

  export(id: string): PostedExport | undefined {
    return this.#exports.get(id)?.entry;
  }

  /** Loads the reservation or export of this id, if there is one, and keeps it until `unpin`; not if it rejects. */
  async load(id: string): Promise<void> {
    this.#pins.set(id, (this.#pins.get(id) ?? 0) + 1);
    if (this.has(id)) return;
    let loading = this.#loading.get(id);
    if (!loading) {
      // What the index knows may have changed since: only a command that it does not know leads to an entry's newest state.
      this.#tail.prune();
      const recent = this.#tail.find(id);
      // At once, so that those who ask first go on first.
      if (!recent) return this.#takeFromIndex(id);
      loading = this.#read(id, recent).finally(() => this.#loading.delete(id));
      this.#loading.set(id, loading);
    }
    try {
      await loading;
    } catch (error) {
      this.unpin(id);
      throw error;
    }
  }

  /** Whether the reservation or export of this id is at hand. */
  has(id: string): boolean {
    return this.#reservations.has(id) || this.#exports.has(id);
  }

  unpin(id: string): void {
    const pins = (this.#pins.get(id) ?? 0) - 1;
    if (pins > 0) this.#pins.set(id, pins);
    else this.#pins.delete(id);
  }

  /**
   * Takes over what the index knows better. On a log that several processes write to it may have gone past an event since
   * the entry was loaded, and whoever reads the line from where the index stands never meets that event.
   */
  renew(id: string): void {
    const reservation = this.#reservations.get(id)?.entry;
    const known = reservation && this.#index.reservation(id);
    if (reservation && known && known.revision > reservation.revision) this.keepReservation(known, 0);
    const posted = this.#exports.get(id)?.entry;
    const found = posted && this.#index.postedExport(id);
    if (posted && found && found.revision > posted.revision) this.keepExport(found, 0);
  }

  /** A reservation as the index knows it, unless a newer state is here: what is here may be older, see `renew`. */
  current(known: Reservation): Reservation {
    const here = this.reservation(known.id);
    return here && here.revision >= known.revision ? here : known;
  }

  keepReservation(reservation: Reservation, position: Position): void {
    this.#keep(this.#reservations, reservation, position);
  }

  keepExport(posted: PostedExport, position: Position): void {
    this.#keep(this.#exports, posted, position);
  }

  /** Takes in an event that another instance wrote: what it changed stays here until the index knows it. */
  async observe(event: LineEvent, place: EventPlace, position: Position): Promise<void> {
    if ('reservationRevision' in event && event.reservationId !== null) {
      const here = this.#reservations.get(event.reservationId)?.entry;
      if (this.#isNews(here, place, position)) {
        const follows = here !== undefined && here.revision === event.reservationRevision;
        const next = follows ? foldReservation(here, event, place) : await reservationAt(this.#store, place.line, place.revision);
        if (next) this.keepReservation(next, position);
      }
    }
    if ('exportRevision' in event && this.#isNews(this.#exports.get(event.exportId)?.entry, place, position)) {
      const next = await exportAt(this.#store, place.line, place.revision);
      if (next) this.keepExport(next, position);
    }
  }

  /** An entry that is not here is found through the index, once that has reached the event. */
  #isNews(here: Reservation | PostedExport | undefined, place: EventPlace, position: Position): boolean {
    return here ? here.revision < place.revision : position > this.#index.position;
  }

  async #read(id: string, recent: CommandPlace): Promise<void> {
    const line = lineOfStream(recent.stream);
    // A key of a register, say: nothing of a line has this id.
    if (line === undefined) return;
    const stored = await readRevision(this.#store, recent.stream, recent.revision);
    const event = lineEventOf(stored);
    if (this.has(id)) return;
    const place = { line, revision: recent.revision };
    const reservation = foldReservation(undefined, event, place);
    if (reservation?.id === id) this.keepReservation(reservation, stored.position);
    const posted = foldExport(undefined, event, place);
    if (posted?.id === id) this.keepExport(posted, stored.position);
  }

  #takeFromIndex(id: string): void {
    const reservation = this.#index.reservation(id);
    if (reservation) return this.keepReservation(reservation, 0);
    const posted = this.#index.postedExport(id);
    if (posted) this.keepExport(posted, 0);
  }

  /** Never in the place of a newer state. */
  #keep<Entry extends { readonly id: string; readonly revision: Revision }>(entries: Map<string, Held<Entry>>, entry: Entry, position: Position): void {
    const here = entries.get(entry.id);
    if (here && here.entry.revision > entry.revision) return;
    entries.delete(entry.id);
    entries.set(entry.id, { entry, position });
    if (entries.size > this.#entriesMax) this.#evict(entries);
  }

  /** The oldest tenth: one at a time, each look for it would pass over the places of those that left before. */
  #evict(entries: Map<string, Held<unknown>>): void {
    const reached = this.#index.position;
    const left = this.#entriesMax - Math.floor(this.#entriesMax / 10);
    for (const [id, held] of entries) {
      if (entries.size <= left || held.position > reached) return;
      if (!this.#pins.has(id)) entries.delete(id);
    }
  }
}
