import type { Database, Statement } from 'better-sqlite3';
import type { Position } from '#ledger';
import type { ReadEvent } from '../view.js';

/**
 * The key under which a command's identity is filed: 52 bits of its UUID, the most that stays a safe integer with
 * whole hexadecimal digits. Two identities can share one; whoever looks up compares.
 */
export function commandHash(uuid: string): number {
  // Digit 14 is the UUID's version and always the same.
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(15, 16), 16);
}

/** Finds where the event stands that answers a command or created something, by the identity of either. */
export class CommandPlaces {
  readonly #readEvent: ReadEvent;
  readonly #places: Statement<[number, number]>;

  constructor(database: Database, readEvent: ReadEvent) {
    this.#readEvent = readEvent;
    this.#places = database
      .prepare<[number, number]>(
        'SELECT position FROM newest_commands WHERE hash = ? UNION ALL SELECT position FROM commands WHERE hash = ?',
      )
      .pluck();
  }

  /** Positions of events that may answer this command or have created this entry. */
  of(id: string): readonly Position[] {
    const hash = commandHash(id);
    return this.#places.all(hash, hash) as number[];
  }

  /**
   * Where an event stands that another one names: by its id, for the position that is written down with it is that of
   * the log in which both were first recorded, perhaps another one. Undefined if it is not found.
   */
  ofEvent({ eventId, position }: { readonly eventId: string; readonly position: Position }): Position | undefined {
    const isIt = (at: Position): boolean => this.#readEvent(at)?.id === eventId;
    return isIt(position) ? position : this.of(eventId).find(isIt);
  }
}
