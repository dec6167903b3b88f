import type { PostedExport, Reservation } from '../line/entries.js';
import type { Position } from '../events/stored-event.js';

/**
 * What the write side asks of the views: look-ups that are derived from the log, written behind the commit and
 * therefore true up to `position` only. The writer keeps everything after it in memory.
 * All methods are synchronous point look-ups on a local file and throw if the file is unreadable.
 */
export interface DerivedIndex {
  /** Everything up to here is in the answers below. */
  readonly position: Position;
  /**
   * Positions of events that may answer each of these commands (by identity); the caller compares, for two identities
   * can share a hash. One array per identity, in order; mostly empty.
   */
  findCommands(commandIds: readonly string[]): readonly (readonly Position[])[];
  reservation(id: string): Reservation | undefined;
  postedExport(id: string): PostedExport | undefined;
  /** Open reservations of the line whose hold ends at or before `at` (milliseconds), earliest first. */
  dueHolds(line: string, at: number): Iterable<Reservation>;
  /** Per line, when its earliest open hold ends (milliseconds). Lines without open holds are left out. */
  nextExpiries(): ReadonlyMap<string, number>;
  nextExpiry(line: string): number | undefined;
}
