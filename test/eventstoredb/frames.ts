import { type EventRecord } from './event-record.js';
import { type LogPosition } from './log-position.js';
import { ReadResp, StreamIdentifier, UUID } from './protocol.js';

const { ReadEvent, SubscriptionConfirmation, Checkpoint, StreamNotFound, CaughtUp, FellBehind } = ReadResp;

/** The answer of a read that carries an event: encoded once for all readers that ask for ids as text, as clients do. */
export function eventFrame(record: EventRecord, structuredIds: boolean): Buffer {
  if (structuredIds) return encodeEvent(record, structuredId(record.id));
  record.frame ??= encodeEvent(record, new UUID().setString(record.id));
  return record.frame;
}

export function notFoundFrame(stream: string): Buffer {
  return framed(new ReadResp().setStreamNotFound(new StreamNotFound().setStreamIdentifier(streamIdentifier(stream))));
}

export function confirmationFrame(subscriptionId: string): Buffer {
  return framed(new ReadResp().setConfirmation(new SubscriptionConfirmation().setSubscriptionId(subscriptionId)));
}

export function checkpointFrame({ commit, prepare }: LogPosition): Buffer {
  const checkpoint = new Checkpoint().setCommitPosition(String(commit)).setPreparePosition(String(prepare));
  return framed(new ReadResp().setCheckpoint(checkpoint));
}

export function caughtUpFrame(): Buffer {
  return framed(new ReadResp().setCaughtUp(new CaughtUp()));
}

export function fellBehindFrame(): Buffer {
  return framed(new ReadResp().setFellBehind(new FellBehind()));
}

export function streamIdentifier(stream: string): InstanceType<typeof StreamIdentifier> {
  return new StreamIdentifier().setStreamName(Buffer.from(stream, 'utf8'));
}

function encodeEvent(record: EventRecord, id: InstanceType<typeof UUID>): Buffer {
  const position = String(record.position);
  const recorded = new ReadEvent.RecordedEvent()
    .setId(id)
    .setStreamIdentifier(streamIdentifier(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(record.data)
    .setCustomMetadata(record.metadata);
  recorded
    .getMetadataMap()
    .set('type', record.type)
    .set('content-type', record.contentType)
    .set('created', String(record.createdTicks));
  return framed(new ReadResp().setEvent(new ReadEvent().setEvent(recorded).setCommitPosition(position)));
}

function structuredId(id: string): InstanceType<typeof UUID> {
  const bits = BigInt(`0x${id.replaceAll('-', '')}`);
  return new UUID().setStructured(
    new UUID.Structured()
      .setMostSignificantBits(String(BigInt.asIntN(64, bits >> 64n)))
      .setLeastSignificantBits(String(BigInt.asIntN(64, bits))),
  );
}

function framed(answer: InstanceType<typeof ReadResp>): Buffer {
  return Buffer.from(answer.serializeBinary());
}

