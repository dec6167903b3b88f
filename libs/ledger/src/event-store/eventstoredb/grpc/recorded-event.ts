import { type EventData, type JSONType, type RecordedEvent } from '@eventstore/db-client';
import { canonicalJson } from '#rulebook';
import { digestOf, eventId } from '../../../events/seal.js';
import type { NewEvent, Position, StoredEvent } from '../../../events/stored-event.js';

/** An event in the ledger's streams that the ledger cannot have written. */
export class ForeignEvent extends Error {
  override readonly name = 'ForeignEvent';
}

/** What to give to the client where it writes the JSON itself. */
export function eventData({ id, type, json }: NewEvent): EventData {
  return { id, type, contentType: 'application/json', data: JSON.parse(json) as JSONType, metadata: undefined };
}

/**
 * An event as the client hands it back, as it was given to `append`.
 * @param prefix of the names of our streams in the cluster
 * @throws ForeignEvent
 */
export function storedEvent(recorded: RecordedEvent, prefix: string): StoredEvent {
  const { id, streamId, type, data, isJson, position } = recorded;
  const stream = streamId.slice(prefix.length);
  const revision = Number(recorded.revision);
  const known = isJson && position !== undefined ? textOf(data, { id, stream, revision }) : undefined;
  const json = assertOurs(known, { id, name: streamId, type });
  return { id, type, json, stream, revision, position: positionOf(position?.commit ?? 0n) };
}

/** Log positions count bytes: they stay below 2^53 for nine petabytes. */
export function positionOf(commit: bigint): Position {
  return Number(commit);
}

/** The canonical form of what was stored; undefined for what is no JSON object, or has none that the event's id names. */
export function canonicalText(stored: string, { id, stream, revision }: Pick<StoredEvent, 'id' | 'stream' | 'revision'>): string | undefined {
  try {
    const data = JSON.parse(stored) as unknown;
    if (typeof data !== 'object' || data === null) return undefined;
    const text = canonicalJson(data);
    return isNamed(text, { id, stream, revision }) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an event's id is that of this text in its place: then the ledger has written it. */
export function isNamed(text: string | Buffer, { id, stream, revision }: Pick<StoredEvent, 'id' | 'stream' | 'revision'>): boolean {
  return eventId(stream, revision, digestOf(text)) === id;
}

/** @throws ForeignEvent without a canonical text of the event */
export function assertOurs(json: string | undefined, event: { readonly id: string; readonly name: string; readonly type: string }): string {
  const { id, name, type } = event;
  if (type === '$streamDeleted') throw new ForeignEvent(`The stream ${name} was deleted in the cluster. Restore it from a backup.`);
  if (json !== undefined) return json;
  throw new ForeignEvent(
    `Event ${id} of the stream ${name} is not of Quota Ledger. Streams of the ledger are written by it alone: give it ` +
      'a prefix of its own (LEDGER_STREAM_PREFIX), or remove the other writer.',
  );
}

/**
 * The very text that was stored: what the client has parsed is the same text again when it is written out, unless
 * members are called like integers, which come first in any object. The event's id tells.
 */
function textOf(data: unknown, event: Pick<StoredEvent, 'id' | 'stream' | 'revision'>): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const text = JSON.stringify(data);
  return isNamed(text, event) ? text : canonicalText(text, event);
}
