import { decodeEvent } from '../events/codec.js';
import type { LineEvent } from '../events/line-event.js';
import type { EventStore } from '../event-store/event-store.js';
import type { Revision, StoredEvent } from '../events/stored-event.js';
import type { PostedExport, Reservation } from '../line/entries.js';
import { foldExport, foldReservation } from '../line/fold-entries.js';
import { quotaStreamOf } from '../line/streams.js';

/** The event of a stored one in a quota stream. */
export function lineEventOf(stored: StoredEvent): LineEvent {
  return decodeEvent(stored.json) as LineEvent;
}

/** @throws Error if the stream has no such revision: the caller knew it from the log itself. */
export async function readRevision(store: EventStore, stream: string, revision: Revision): Promise<StoredEvent> {
  const [stored] = await store.readStream(stream, { from: revision, limit: 1 });
  if (!stored) throw new Error(`The log has no revision ${revision} of ${stream}: it is shorter than it was.`);
  return stored;
}

/**
 * The reservation as it stood right after one of its events: folded along the chain of revisions that its events name.
 * Undefined if the event is about no reservation.
 */
export async function reservationAt(store: EventStore, line: string, revision: Revision): Promise<Reservation | undefined> {
  const chain: { readonly event: LineEvent; readonly revision: Revision }[] = [];
  for (let next: Revision | null = revision; next !== null; ) {
    const event = lineEventOf(await readRevision(store, quotaStreamOf(line), next));
    chain.push({ event, revision: next });
    next = 'reservationRevision' in event ? event.reservationRevision : null;
  }
  let reservation: Reservation | undefined;
  for (const { event, revision: at } of chain.reverse()) reservation = foldReservation(reservation, event, { line, revision: at });
  return reservation;
}

/**
 * The export as it stood right after one of its events, but for an ITN that was filed before its reversal: a reversed
 * export changes no more. Undefined if the event is about no export.
 */
export async function exportAt(store: EventStore, line: string, revision: Revision): Promise<PostedExport | undefined> {
  const event = lineEventOf(await readRevision(store, quotaStreamOf(line), revision));
  const before = 'exportRevision' in event ? await exportAt(store, line, event.exportRevision) : undefined;
  return foldExport(before, event, { line, revision });
}
