import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { type EventRecord } from './event-record.js';
import { eventFrames } from './frames.js';
import { ReadResp } from './protocol.js';

const lengthBytes = 4;

/** A record as it is read back: its place in the stream and in the log follows from its order. */
export type UnplacedRecord = Omit<EventRecord, 'revision' | 'position' | 'writtenTogether' | 'frame'>;

/**
 * The log on disk: each event as it is sent to those who read it, behind its length. What a server has answered for
 * outlives its process being killed.
 */
export class LogFile {
  readonly #file: number;
  #isOpen = true;
  /** What was there when the file was opened. */
  readonly records: readonly UnplacedRecord[];

  constructor(path: string) {
    this.#file = openSync(path, 'a+');
    const bytes = readFileSync(path);
    const records: UnplacedRecord[] = [];
    let end = 0;
    while (end + lengthBytes <= bytes.length) {
      const next = end + lengthBytes + bytes.readUInt32BE(end);
      if (next > bytes.length) break;
      records.push(recordIn(bytes.subarray(end + lengthBytes, next)));
      end = next;
    }
    // A kill may leave half an event, which nobody was ever told of.
    if (end < bytes.length) ftruncateSync(this.#file, end);
    this.records = records;
  }

  /** In one write, so that an append is there as a whole or not at all. */
  write(records: readonly EventRecord[]): void {
    writeSync(this.#file, eventFrames(records));
  }

  close(): void {
    if (this.#isOpen) closeSync(this.#file);
    this.#isOpen = false;
  }
}

function recordIn(frame: Uint8Array): UnplacedRecord {
  const recorded = ReadResp.deserializeBinary(frame).getEvent()?.getEvent();
  if (recorded === undefined) throw new Error('The log of the test server holds something that is no event.');
  const headers = recorded.getMetadataMap();
  return {
    stream: Buffer.from(recorded.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString('utf8'),
    id: recorded.getId()?.getString() ?? '',
    type: headers.get('type') ?? '',
    contentType: headers.get('content-type') ?? '',
    createdTicks: BigInt(headers.get('created') ?? 0),
    data: recorded.getData_asU8(),
    metadata: recorded.getCustomMetadata_asU8(),
  };
}
