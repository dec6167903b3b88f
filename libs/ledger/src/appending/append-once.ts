import type { AppendResult, EventStore } from '../event-store/event-store.js';
import { decodeEvent } from '../events/codec.js';
import type { LedgerEvent } from '../events/ledger-event.js';
import { digestOf, emptyStream, seal, type Draft, type StreamEnd } from '../events/seal.js';
import type { NewEvent, Position, Revision, StoredEvent } from '../events/stored-event.js';
import { appendDurably } from './append-durably.js';

/** The newest event of a stream. */
export interface Newest<Event extends LedgerEvent> {
  /** As it is stored, members in canonical order. */
  readonly event: Event;
  readonly id: string;
  readonly position: Position;
  readonly end: StreamEnd;
}

export interface AppendOnce<Event extends LedgerEvent> {
  readonly store: EventStore;
  readonly stream: string;
  /** Undefined if the newest event says already what is to be recorded. Asked again where somebody else was first. */
  readonly draft: (newest: Newest<Event> | undefined) => Draft<Event> | undefined;
  /** Left out: appends until the outcome is known, however long that takes. */
  readonly append?: (stream: string, expected: Revision, events: readonly NewEvent[]) => Promise<AppendResult>;
}

/** Undefined for an empty stream. @throws StoreUnavailable */
export async function newestOf<Event extends LedgerEvent>(store: EventStore, stream: string): Promise<Newest<Event> | undefined> {
  const [stored] = await store.readStream(stream, { limit: 1, backwards: true });
  return stored && newestFrom<Event>(stored);
}

/**
 * Records one event at the end of a stream. Its time is never before that of the one in front of it.
 * @returns the newest event of the stream, and whether this call recorded it
 * @throws StoreUnavailable, and what `draft` throws
 */
export async function appendOnce<Event extends LedgerEvent>(options: AppendOnce<Event>): Promise<Newest<Event> & { readonly isNew: boolean }> {
  const { store, stream, draft, append = (...one) => appendDurably(store, ...one) } = options;
  for (;;) {
    const newest = await newestOf<Event>(store, stream);
    const drafted = draft(newest);
    if (drafted === undefined) {
      if (newest === undefined) throw new Error(`Nothing is to be recorded in ${stream}, which is empty.`);
      return { ...newest, isNew: false };
    }
    const recordedAt = newest && newest.event.recordedAt > drafted.recordedAt ? newest.event.recordedAt : drafted.recordedAt;
    const sealed = seal<Event>(stream, newest?.end ?? emptyStream, { ...drafted, recordedAt });
    const result = await append(stream, sealed.revision - 1, [sealed]);
    if (result.appended) return { ...newestFrom<Event>({ ...sealed, position: result.positions[0] as Position }), isNew: true };
  }
}

function newestFrom<Event extends LedgerEvent>({ json, id, position, revision }: Omit<StoredEvent, 'stream' | 'type'>): Newest<Event> {
  return { event: decodeEvent(json) as Event, id, position, end: { revision, digest: digestOf(json) } };
}
