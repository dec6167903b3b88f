import { type EventRecord, type ProposedEvent } from './event-record.js';

/** What a writer expects of a stream: a revision (-1 is "no stream"), or less than that. */
export type Expected = number | 'any' | 'stream_exists';

export const noStreamRevision = -1;

/** What the check needs to know of the log. */
export interface Committed {
  /** Revision of the last event, -1 where there is none. */
  readonly last: number;
  at(revision: number): EventRecord | undefined;
  /** The event of this id that the server still remembers: ids of long ago, or of before a restart, are forgotten. */
  remembered(id: string): EventRecord | undefined;
}

export type CommitDecision =
  | { readonly kind: 'write' }
  | { readonly kind: 'idempotent'; readonly last: EventRecord }
  | { readonly kind: 'wrong-version' };

/**
 * Whether a write may happen, by the rules of the server: at the current revision it always does, whatever the ids;
 * at an older one it has happened already if exactly these ids follow there; otherwise the expectation was wrong.
 * Where anything goes only the short memory for ids tells a repeat from a write.
 */
export function checkCommit(stream: Committed, expected: Expected, events: readonly ProposedEvent[]): CommitDecision {
  if (expected === 'stream_exists' && stream.last < 0) return { kind: 'wrong-version' };
  if (typeof expected === 'string') return checkRemembered(stream, events);
  if (expected > stream.last) return { kind: 'wrong-version' };
  if (expected === stream.last) return { kind: 'write' };
  let last: EventRecord | undefined;
  for (const [index, { id }] of events.entries()) {
    last = stream.at(expected + 1 + index);
    if (last?.id !== id) return { kind: 'wrong-version' };
  }
  return last === undefined ? { kind: 'wrong-version' } : { kind: 'idempotent', last };
}

function checkRemembered(stream: Committed, events: readonly ProposedEvent[]): CommitDecision {
  let last: EventRecord | undefined;
  for (const [index, { id }] of events.entries()) {
    const found = stream.remembered(id);
    if (found === undefined) return { kind: index === 0 ? 'write' : 'wrong-version' };
    last = found;
  }
  return last === undefined ? { kind: 'write' } : { kind: 'idempotent', last };
}
