import type { AppendResult } from '../event-store.js';
import type { NewEvent, Position, Revision } from '../../events/stored-event.js';

/** Bytes of an event's id. */
export const uuidBytes = 16;
const firstCapacity = 16 * 1024;

/** Appends on their way to the writer thread: one entry per append, their events one after another in one buffer. */
export interface AppendTransaction {
  readonly streams: readonly string[];
  readonly expected: readonly Revision[];
  /** Events of each append. */
  readonly counts: readonly number[];
  /** Of each event. */
  readonly jsonBytes: readonly number[];
  /** For each event its id (16 bytes) and its JSON (UTF-8). */
  readonly bytes: ArrayBuffer;
}

/** One entry per append, in order. */
export interface TransactionAnswer {
  /** The position of its first event; 0 if its expected revision did not fit. */
  readonly first: readonly Position[];
  /** The stream's last revision now. */
  readonly actual: readonly Revision[];
}

interface Caller {
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (reason: Error) => void;
}

/** Appends that will be written together, and who waits for them. */
export class PendingTransaction {
  readonly #streams: string[] = [];
  readonly #expected: Revision[] = [];
  readonly #counts: number[] = [];
  readonly #jsonBytes: number[] = [];
  readonly #callers: Caller[] = [];
  #buffer: Buffer<ArrayBuffer>;
  #bytes = 0;

  /** @param memory a buffer that is not used any more, to save making another */
  constructor(memory: ArrayBuffer = new ArrayBuffer(firstCapacity)) {
    this.#buffer = Buffer.from(memory);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Events are encoded at once, while the transaction before is being written.
   * @throws TypeError for an id that is no UUID; nothing is added then
   */
  add(stream: string, expected: Revision, events: readonly NewEvent[], caller: Caller): void {
    const start = this.#bytes;
    const eventsBefore = this.#jsonBytes.length;
    try {
      for (const event of events) this.#encode(event);
    } catch (error) {
      this.#bytes = start;
      this.#jsonBytes.length = eventsBefore;
      throw error;
    }
    this.#streams.push(stream);
    this.#expected.push(expected);
    this.#counts.push(events.length);
    this.#callers.push(caller);
  }

  /** What to send; its `bytes` can be transferred, for nothing is added after this. */
  seal(): AppendTransaction {
    return {
      streams: this.#streams,
      expected: this.#expected,
      counts: this.#counts,
      jsonBytes: this.#jsonBytes,
      bytes: this.#buffer.buffer,
    };
  }

  answer({ first, actual }: TransactionAnswer): void {
    for (const [index, { resolve }] of this.#callers.entries()) {
      const position = first[index] ?? 0;
      if (position === 0) {
        resolve({ appended: false, actual: actual[index] ?? 0 });
      } else {
        const positions = Array.from({ length: this.#counts[index] ?? 0 }, (_, event) => position + event);
        resolve({ appended: true, positions });
      }
    }
  }

  reject(reason: Error): void {
    for (const caller of this.#callers) caller.reject(reason);
  }

  #encode({ id, json }: NewEvent): void {
    this.#reserve(uuidBytes + json.length * 3);
    const hex = id.replaceAll('-', '');
    if (hex.length !== 2 * uuidBytes || this.#buffer.write(hex, this.#bytes, 'hex') !== uuidBytes) {
      throw new TypeError(`An event's id must be a UUID, not ${JSON.stringify(id)}.`);
    }
    const written = this.#buffer.write(json, this.#bytes + uuidBytes);
    this.#jsonBytes.push(written);
    this.#bytes += uuidBytes + written;
  }

  #reserve(bytes: number): void {
    const needed = this.#bytes + bytes;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.from(new ArrayBuffer(Math.max(needed, 2 * this.#buffer.length)));
    this.#buffer.copy(larger, 0, 0, this.#bytes);
    this.#buffer = larger;
  }
}
