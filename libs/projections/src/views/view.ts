import type { Database } from 'better-sqlite3';
import type { LedgerEvent, LineEvent, Position, StoredEvent } from '#ledger';
import type { Names } from '../tables/names.js';

/** The event at a position of the log, read at once; undefined if the log has none there. */
export type ReadEvent = (position: Position) => StoredEvent | undefined;

/**
 * The event at a position that a view knows.
 * @throws Error if the log has none there any more
 */
export function eventAt(readEvent: ReadEvent, position: Position): StoredEvent {
  const stored = readEvent(position);
  if (!stored) throw new Error(`The log has no event at position ${position}, which the views have seen there.`);
  return stored;
}

type EventOf<Type> = Extract<LedgerEvent, { readonly type: Type }>;

/** What a view does with events, by type. `line` is the line in whose stream the event stands. */
export type Folds = {
  readonly [Type in LineEvent['type']]?: (event: EventOf<Type>, stored: StoredEvent, line: string) => void;
} & {
  readonly [Type in Exclude<LedgerEvent['type'], LineEvent['type']>]?: (event: EventOf<Type>, stored: StoredEvent) => void;
} & {
  readonly everyEvent?: (event: LedgerEvent, stored: StoredEvent) => void;
  readonly everyLineEvent?: (event: LineEvent, stored: StoredEvent, line: string) => void;
};

/**
 * One view, open in a views file. A batch is folded event by event, each by all views in the order of the registry, then
 * flushed and saved in one transaction. Nothing here throws on a recorded fact, reads a clock or does I/O but in its tables.
 */
export interface View {
  readonly folds?: Folds;
  /** What can be asked of it, each with one query. Names are those of `Views.ask`. */
  readonly questions?: Readonly<Record<string, (query: never) => unknown>>;
  /** Writes what was folded and is not written yet. */
  flush?(): void;
  /** The batch is saved. Returns what those are told who follow the views. */
  adopt?(): object;
  /** The batch was rolled back: it never was. */
  forget?(): void;
  /** All that there is, as `adopt` would tell it. */
  whole?(): object;
  /** Work that can wait for a pause between batches. Returns whether something was done. */
  tidy?(): boolean;
}

/** What a view is made of. */
export interface ViewParts {
  readonly database: Database;
  readonly names: Names;
  readonly readEvent: ReadEvent;
  /** Everything up to here is in the views; within a batch still the position before it. */
  readonly position: () => Position;
  /** Lets other work have its turn: to be awaited now and then in a long answer. */
  readonly pause: () => Promise<void>;
  /** Another view, from before this one in the registry. */
  readonly of: <Open extends View>(kind: ViewKind<Open>) => Open;
}

/** What is kept in memory of a view on the side of those who use it. */
export interface Mirror<News extends object, Seen extends object> {
  /** Becomes part of `Views`: members of the same names. */
  readonly seen: Seen;
  /** All anew: what follows is the whole. */
  clear(): void;
  take(news: News): void;
}

/** A kind of view, as the registry lists it. */
export interface ViewKind<Open extends View = View> {
  readonly name: string;
  /** Raised when the tables or the fold change: the views are then built anew from the log. */
  readonly version: number;
  /** SQL that creates its tables. */
  readonly tables?: string;
  /** Queries for all that its tables hold and that follows from the log, however the batches fell, in an order that does, too. */
  readonly contents?: readonly string[];
  readonly open: (parts: ViewParts) => Open;
  readonly mirror?: () => Mirror<never, object>;
}
