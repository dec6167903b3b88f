import type { Position, StoredEvent } from '#ledger';

/** The log as the views read it: at once, in the thread they run in. */
export interface LogReading {
  /** Events after a position, in order, at most `limit`; none at the end, and at least one before it. */
  after(position: Position, limit: number): readonly StoredEvent[];
  /** The event at this position; undefined if there is none. */
  at(position: Position): StoredEvent | undefined;
  /** The position of the newest event; 0 for an empty log. */
  head(): Position;
  /** Resolves when there is something after `position`; rejects when there will be nothing more. */
  grown(position: Position): Promise<void>;
  close(): void;
}
