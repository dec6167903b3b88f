import type { DerivedIndex, Position } from '#ledger';
import type { Applied } from './file/views-file.js';
import type { AnswerOf, QueryOf, QuestionName, Seen } from './views/registry.js';

/**
 * The read side as the API and the CLI see it, however it runs (in a thread of its own, or inline in tests).
 * What is small (`Seen`: lines, rulebooks, crossings, uncounted) is mirrored in memory and read at once; the rest is asked for.
 */
export type Views = FollowedViews & Seen;

export interface FollowedViews {
  /** Everything up to here has been applied and saved. */
  readonly position: Position;
  /** `recordedAt` of the event at `position`; null for an empty log. */
  readonly recordedAt: string | null;
  /** What stopped the views (an event that this build cannot read, a full disk); undefined while they follow the log. */
  readonly failure: Error | undefined;
  /** Synchronous look-ups for the write side. */
  readonly index: DerivedIndex;
  /** Resolves when `position` has reached this one; false after `timeoutMs`. */
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
  /** Resolves when the views have what the log had when they began to follow it; rejects with what stopped them. */
  ready(): Promise<void>;
  /** Called after every applied batch, in order. Returns the function that ends it. */
  subscribe(listener: (applied: Applied) => void): () => void;
  /**
   * Puts a question to the views; a view declares its own.
   * @throws InvalidCursor for a cursor that the list did not hand out
   */
  ask<Name extends QuestionName>(name: Name, query: QueryOf<Name>): Promise<AnswerOf<Name>>;
  /** Folds the log from the start into a new file beside the live one, then switches. Resolves after the switch. */
  rebuild(): Promise<void>;
  close(): Promise<void>;
}
