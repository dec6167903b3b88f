import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { type EventRecord } from './event-record.js';

interface StoredRecord {
  readonly stream: string;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly created: string;
  readonly data: string;
  readonly metadata: string;
}

/** A record as it is read back: its place in the stream and in the log follows from its order. */
export type UnplacedRecord = Omit<EventRecord, 'revision' | 'position' | 'frame'>;

/** The log on disk, one line for each event: what a server has answered for outlives its process being killed. */
export class LogFile {
  readonly #file: number;
  #isOpen = true;
  /** What was there when the file was opened. */
  readonly records: readonly UnplacedRecord[];

  constructor(path: string) {
    this.#file = openSync(path, 'a+');
    const text = readFileSync(path);
    // A kill may leave half a line, which nobody was ever told of.
    const whole = text.subarray(0, text.lastIndexOf(0x0a) + 1);
    if (whole.length < text.length) ftruncateSync(this.#file, whole.length);
    this.records = whole
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => restored(JSON.parse(line) as StoredRecord));
  }

  /** In one write, so that an append is there as a whole or not at all. */
  write(records: readonly EventRecord[]): void {
    writeSync(this.#file, records.map((record) => `${JSON.stringify(stored(record))}\n`).join(''));
  }

  close(): void {
    if (this.#isOpen) closeSync(this.#file);
    this.#isOpen = false;
  }
}

function stored({ stream, id, type, contentType, createdTicks, data, metadata }: EventRecord): StoredRecord {
  return { stream, id, type, contentType, created: String(createdTicks), data: base64(data), metadata: base64(metadata) };
}

function restored({ stream, id, type, contentType, created, data, metadata }: StoredRecord): UnplacedRecord {
  return {
    stream,
    id,
    type,
    contentType,
    createdTicks: BigInt(created),
    data: Buffer.from(data, 'base64'),
    metadata: Buffer.from(metadata, 'base64'),
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
