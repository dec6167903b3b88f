import { type JSONEventData, type JSONType, type RecordedEvent } from '@eventstore/db-client';
import { canonicalJson } from '#rulebook';
import { digestOf, eventId } from '../../events/seal.js';
import { type NewEvent, type Position, type StoredEvent } from '../event-store.js';

/** An event in the ledger's streams that the ledger cannot have written. */
export class ForeignEvent extends Error {
  override readonly name = 'ForeignEvent';
}

/** JSON as JSON, so that the server's own tools show it. */
export function eventData({ id, type, json }: NewEvent): JSONEventData {
  return { id, type, contentType: 'application/json', data: JSON.parse(json) as JSONType, metadata: undefined };
}

/**
 * An event as the client hands it back, as it was given to `append`.
 * @param prefix of the names of our streams in the cluster
 * @throws ForeignEvent
 */
export function storedEvent(recorded: RecordedEvent, prefix: string): StoredEvent {
  const { id, streamId, type, data, isJson, position } = recorded;
  if (type === '$streamDeleted') throw new ForeignEvent(`The stream ${streamId} was deleted in the cluster. Restore it from a backup.`);
  const stream = streamId.slice(prefix.length);
  const revision = Number(recorded.revision);
  const json = isJson && typeof data === 'object' && data !== null ? textOf(data, id, stream, revision) : undefined;
  if (json === undefined || position === undefined) {
    throw new ForeignEvent(
      `Event ${id} of the stream ${streamId} is not of Quota Ledger. Streams of the ledger are written by it alone: give it ` +
        'a prefix of its own (LEDGER_STREAM_PREFIX), or remove the other writer.',
    );
  }
  return { id, type, json, stream, revision, position: positionOf(position.commit) };
}

/** Log positions count bytes: they stay below 2^53 for nine petabytes. */
export function positionOf(commit: bigint): Position {
  return Number(commit);
}

/** Members whose names look like integers come first in any object, whatever order they were written in. */
const integerName = /"\d+":/;

/**
 * The very text that was stored: what the client has parsed is mostly the same text again when it is written out; where
 * it may not be, the event's id tells. Undefined for what has no canonical form.
 */
function textOf(data: object, id: string, stream: string, revision: number): string | undefined {
  const text = JSON.stringify(data);
  const isSame = !integerName.test(text) || eventId(stream, revision, digestOf(text)) === id;
  if (isSame && !text.includes('\\ud')) return text;
  try {
    return canonicalJson(data);
  } catch {
    return undefined;
  }
}
