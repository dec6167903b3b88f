import { commandIdOf } from '../events/command-id.js';
import type { LineEvent } from '../events/line-event.js';
import { decodeEvent } from '../events/codec.js';
import type { EventStore } from '../event-store/event-store.js';
import type { Position, StoredEvent } from '../events/stored-event.js';
import type { PostedExport, Reservation } from '../line/entries.js';
import { foldExport, foldReservation } from '../line/fold-entries.js';
import { lineOfStream } from '../line/streams.js';
import type { DerivedIndex } from '../once/derived-index.js';

/**
 * The derived index as plainly as it can be written: maps over the folded log. It goes no further than it is told, so
 * that tests can let it lag behind the log by any number of events.
 */
export class LogIndex implements DerivedIndex {
  position: Position = 0;
  readonly #reservations = new Map<string, Reservation>();
  readonly #exports = new Map<string, PostedExport>();
  readonly #commands = new Map<string, Position>();

  /** Folds the log up to this position, by default to its head. It never goes back. */
  async reach(store: EventStore, upTo?: Position): Promise<void> {
    const end = upTo ?? (await store.head());
    while (this.position < end) {
      const events = await store.readAll({ after: this.position, limit: Math.min(500, end - this.position) });
      if (events.length === 0) return;
      for (const stored of events) this.#fold(stored);
    }
  }

  /** As with the real index, a place may be that of another command whose identity has the same hash: here the first one. */
  findCommands(commandIds: readonly string[]): readonly (readonly Position[])[] {
    return commandIds.map((id) => {
      const found = this.#commands.get(id);
      return found === undefined ? [] : [1, found];
    });
  }

  reservation(id: string): Reservation | undefined {
    return this.#reservations.get(id);
  }

  postedExport(id: string): PostedExport | undefined {
    return this.#exports.get(id);
  }

  dueHolds(line: string, at: number): Iterable<Reservation> {
    return this.#openHolds(line).filter((hold) => endOf(hold) <= at);
  }

  nextExpiries(): ReadonlyMap<string, number> {
    const lines = new Set([...this.#reservations.values()].map((reservation) => reservation.line));
    return new Map([...lines].flatMap((line) => this.#openHolds(line).slice(0, 1).map((hold) => [line, endOf(hold)] as const)));
  }

  nextExpiry(line: string): number | undefined {
    return this.nextExpiries().get(line);
  }

  #openHolds(line: string): readonly Reservation[] {
    return [...this.#reservations.values()]
      .filter((reservation) => reservation.line === line && (reservation.status === 'held' || reservation.status === 'partly-exported'))
      .sort((a, b) => endOf(a) - endOf(b));
  }

  #fold(stored: StoredEvent): void {
    // Two may be told to reach at once, and both have read it.
    if (stored.position <= this.position) return;
    this.position = stored.position;
    const recorded = decodeEvent(stored.json);
    const commandId = commandIdOf(recorded);
    if (commandId !== null) this.#commands.set(commandId, stored.position);
    const line = lineOfStream(stored.stream);
    if (line === undefined) return;
    const event = recorded as LineEvent;
    const place = { line, revision: stored.revision };
    if ('reservationId' in event && event.reservationId !== null) {
      const next = foldReservation(this.#reservations.get(event.reservationId), event, place);
      if (next) this.#reservations.set(next.id, next);
    }
    if ('exportId' in event) {
      const next = foldExport(this.#exports.get(event.exportId), event, place);
      if (next) this.#exports.set(next.id, next);
    }
  }
}

function endOf(hold: Reservation): number {
  return Date.parse(hold.expiresAt ?? '');
}
