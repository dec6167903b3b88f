import { StoreUnavailable, type AppendResult, type EventStore, type LogRange, type StreamRange } from '../event-store.js';
import { noStream, type NewEvent, type Position, type Revision, type StoredEvent } from '../../events/stored-event.js';
import { followLog } from '../follow-log.js';
import { HeadSignal } from '../head-signal.js';

/** The log as arrays, for tests: the same contract, nothing survives the process. */
export class MemoryEventStore implements EventStore {
  readonly isShared: boolean;
  readonly appendBytesMax: number;
  readonly #log: StoredEvent[];
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #growth: HeadSignal;
  #closed = false;

  /**
   * @param log events to start with, in order of position from 1: what another store's `readAll` gave
   * @param options as the port says: so that callers meet what the stores of several processes ask of them
   */
  constructor(log: readonly StoredEvent[] = [], { isShared = false, appendBytesMax = Infinity } = {}) {
    this.isShared = isShared;
    this.appendBytesMax = appendBytesMax;
    this.#log = [...log];
    this.#growth = new HeadSignal(this.#log.length);
    for (const event of this.#log) this.#streamToAppendTo(event.stream).push(event);
  }

  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<AppendResult> {
    this.#assertOpen();
    if (events.length === 0) throw new TypeError(`Nothing to append to ${stream}: an append has at least one event.`);
    this.#assertFits(stream, events);
    const actual = (this.#streams.get(stream)?.length ?? 0) - 1;
    if (actual !== expected) return { appended: false, actual };

    const history = this.#streamToAppendTo(stream);
    const positions: Position[] = [];
    for (const { id, type, json } of events) {
      const position = this.#log.length + 1;
      const stored = { id, type, json, stream, revision: history.length, position };
      history.push(stored);
      this.#log.push(stored);
      positions.push(position);
    }
    this.#growth.advance(this.#log.length);
    return { appended: true, positions };
  }

  async readStream(stream: string, { from, limit, backwards = false }: StreamRange): Promise<readonly StoredEvent[]> {
    this.#assertOpen();
    const history = this.#streams.get(stream) ?? [];
    if (!backwards) return limited(history, from ?? 0, limit);
    const last = Math.min(from ?? history.length, history.length - 1);
    if (last <= noStream) return [];
    return history.slice(Math.max(0, last + 1 - limit), last + 1).reverse();
  }

  async readAll({ after, limit }: LogRange): Promise<readonly StoredEvent[]> {
    this.#assertOpen();
    return limited(this.#log, after, limit);
  }

  follow(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    return followLog(
      { readAll: (range) => this.readAll(range), grown: (position, until) => this.#growth.grown(position, until) },
      after,
      signal,
    );
  }

  async head(): Promise<Position> {
    this.#assertOpen();
    return this.#growth.head;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#growth.end(closed());
  }

  #assertOpen(): void {
    if (this.#closed) throw closed();
  }

  #assertFits(stream: string, events: readonly NewEvent[]): void {
    if (this.appendBytesMax === Infinity) return;
    const bytes = events.reduce((sum, { json }) => sum + Buffer.byteLength(json), 0);
    if (bytes > this.appendBytesMax) throw new RangeError(`${bytes} bytes for ${stream} in one append: ${this.appendBytesMax} are taken.`);
  }

  #streamToAppendTo(stream: string): StoredEvent[] {
    let history = this.#streams.get(stream);
    if (history === undefined) this.#streams.set(stream, (history = []));
    return history;
  }
}

function limited(events: readonly StoredEvent[], from: number, limit: number): readonly StoredEvent[] {
  const start = Math.max(0, from);
  return events.slice(start, start + limit);
}

function closed(): StoreUnavailable {
  return new StoreUnavailable('The event store is closed.', 'store-closed');
}
