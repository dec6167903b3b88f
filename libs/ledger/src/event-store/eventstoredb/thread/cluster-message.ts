import { OutcomeUnknown, StoreUnavailable, type AppendResult, type StreamRange } from '../../event-store.js';
import type { NewEvent, Position, Revision, StoredEvent } from '../../../events/stored-event.js';
import { type AcceptedLoss } from '../../log-file/known-event.js';

/** What the feed tells. */
export type FeedNews =
  /** The newest event of the replica is at `head`. */
  | { readonly kind: 'fed'; readonly head: Position }
  | { readonly kind: 'caught-up' }
  | { readonly kind: 'fell-behind' }
  | { readonly kind: 'connected' }
  /** The server dropped the subscription at a large commit; the log is followed on. */
  | { readonly kind: 'overflowed' }
  /** The feed is interrupted and goes on by itself. */
  | { readonly kind: 'interrupted'; readonly problem: string }
  /** As interrupted, but a person has to mend something. */
  | { readonly kind: 'misconfigured'; readonly problem: string }
  /** The replica is filled anew. */
  | { readonly kind: 'refilling'; readonly why: string; readonly loss?: AcceptedLoss }
  /** The cluster does not have what this instance has seen of it, from the position `first` on. */
  | { readonly kind: 'lost'; readonly problem: string; readonly first: Position }
  /** The log cannot be followed any more. */
  | { readonly kind: 'broken'; readonly problem: string };

export type Tell = (news: FeedNews) => void;

/** What the store asks of the cluster's thread, and what it is answered. */
export interface Calls {
  append(stream: string, expected: Revision, events: readonly NewEvent[], onDurable?: () => void): Promise<AppendResult>;
  readStream(stream: string, range: StreamRange): Promise<readonly StoredEvent[]>;
  head(): Promise<Position>;
}

interface Asked<Name extends keyof Calls, Args extends readonly unknown[] = Parameters<Calls[Name]>> {
  readonly call: number;
  readonly name: Name;
  readonly args: Args;
}

type AskedToAppend = Asked<'append', readonly [stream: string, expected: Revision, events: readonly NewEvent[]]>;

export type ToCluster = AskedToAppend | Asked<'readStream'> | Asked<'head'> | { readonly close: true };

/** An error on its way to the other thread. */
export type Failure =
  | { readonly kind: 'unavailable'; readonly message: string; readonly code: StoreUnavailable['code'] }
  | { readonly kind: 'unknown' | 'bug'; readonly message: string };

export type FromCluster =
  | FeedNews
  /** A client was thrown away. */
  | { readonly kind: 'replaced' }
  /** The events of an append are durable; the answer, with their positions, follows. */
  | { readonly kind: 'durable'; readonly call: number }
  | { readonly kind: 'answer'; readonly call: number; readonly result: unknown }
  | { readonly kind: 'failure'; readonly call: number; readonly failure: Failure };

/** What is no mistake of the caller means that the store cannot serve. */
export function failureFrom(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StoreUnavailable) return { kind: 'unavailable', message, code: error.code };
  if (error instanceof OutcomeUnknown) return { kind: 'unknown', message };
  const isBug = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  return isBug ? { kind: 'bug', message } : { kind: 'unavailable', message, code: 'store-unavailable' };
}

export function errorOf(failure: Failure): Error {
  switch (failure.kind) {
    case 'unavailable':
      return new StoreUnavailable(failure.message, failure.code);
    case 'unknown':
      return new OutcomeUnknown(failure.message);
    case 'bug':
      return new TypeError(failure.message);
  }
}
