import { noStreamRevision, type Expected } from './commit-check.js';
import { sizeOf, type ProposedEvent } from './event-record.js';
import { type AppendReq, type BatchAppendReq } from './protocol.js';

/** Everything that is to be appended to one stream at once, gathered message by message. */
export class AppendRequest {
  readonly events: ProposedEvent[] = [];
  /** What counts against the limit of one append: in all, and the data alone. */
  bytes = 0;
  dataBytes = 0;

  constructor(
    readonly stream: string,
    readonly expected: Expected,
  ) {}

  add(message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): void {
    const headers = message.getMetadataMap();
    const event = {
      id: (message.getId()?.getString() ?? '').toLowerCase(),
      type: headers.get('type') ?? '',
      contentType: headers.get('content-type') ?? '',
      data: message.getData_asU8(),
      metadata: message.getCustomMetadata_asU8(),
    };
    this.events.push(event);
    this.bytes += sizeOf(event);
    this.dataBytes += event.data.length;
  }
}

export function appendRequestOf(options: AppendReq.Options): AppendRequest {
  const revision = options.hasRevision() ? options.getRevision() : undefined;
  return new AppendRequest(nameOf(options), expectedBy(options, revision));
}

export function batchRequestOf(options: BatchAppendReq.Options): AppendRequest {
  const revision = options.hasStreamPosition() ? options.getStreamPosition() : undefined;
  return new AppendRequest(nameOf(options), expectedBy(options, revision));
}

/** What a write is to find; a revision is a text, because numbers of the protocol may be longer than ours. */
export function expectedBy(options: { hasNoStream(): boolean; hasStreamExists(): boolean }, revision: string | undefined): Expected {
  if (revision !== undefined) return Number(revision);
  if (options.hasNoStream()) return noStreamRevision;
  return options.hasStreamExists() ? 'stream_exists' : 'any';
}

interface NamesStream {
  getStreamIdentifier(): { getStreamName_asU8(): Uint8Array } | undefined;
}

export function nameOf(options: NamesStream | undefined): string {
  return Buffer.from(options?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8');
}
