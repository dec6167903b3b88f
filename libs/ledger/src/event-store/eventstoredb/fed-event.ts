import { type AllStreamSubscription } from '@eventstore/db-client';
import { type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { type StoredEvent } from '../event-store.js';
import { assertOurs, canonicalText, isNamed } from './recorded-event.js';

/** An event as the feed brings it; its type is in its JSON. */
export type FedEvent = Omit<StoredEvent, 'type'> & {
  /** Of the two numbers of a place in the log the one that is not the position. */
  readonly prepare: string;
};

/** Where the client keeps what turns a message into an event. */
interface Converting {
  convertGrpcEvent: (message: ReadResp.ReadEvent) => unknown;
}

/**
 * Makes a subscription hand out events as they are stored, or an error for what the ledger cannot have written. Left to
 * itself the client parses all JSON, which would only be written out again: a third of what the feed takes. What it
 * converts with is a property of the subscription, not documented.
 * @throws TypeError if the client has it no more
 */
export function handOutFedEvents(subscription: AllStreamSubscription, prefix: string): void {
  const converting = subscription as unknown as Converting;
  if (typeof converting.convertGrpcEvent !== 'function') throw new TypeError('This version of the client converts events in another place.');
  // What it throws would stall the subscription without a sound.
  converting.convertGrpcEvent = (message) => {
    try {
      return fedEvent(message.getEvent(), prefix);
    } catch (error) {
      return error;
    }
  };
}

function fedEvent(recorded: ReadResp.ReadEvent.RecordedEvent | undefined, prefix: string): FedEvent | undefined {
  if (recorded === undefined) return undefined;
  const name = text(recorded.getStreamIdentifier()?.getStreamName_asU8());
  const id = recorded.getId()?.getString() ?? '';
  const stream = name.slice(prefix.length);
  const revision = Number(recorded.getStreamRevision());
  const stored = text(recorded.getData_asU8());
  const place = { id, stream, revision };
  // The id of an event of ours names its content: with it, nothing else need be looked at.
  const json = isNamed(stored, place) ? stored : assertOurs(canonicalText(stored, place), { id, name, type: recorded.getMetadataMap().get('type') ?? '' });
  return { ...place, json, position: Number(recorded.getCommitPosition()), prepare: recorded.getPreparePosition() };
}

function text(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
