import { OutcomeUnknown, StoreUnavailable, type AppendResult, type EventStore, type LogRange, type StreamRange } from '../event-store/event-store.js';
import type { NewEvent, Position, Revision, StoredEvent } from '../events/stored-event.js';

/**
 * How an append goes wrong: it is not written and says so (`unavailable`, `storage-full`), or nobody knows, and it was
 * lost (`unknown-lost`) or did take effect (`unknown-stored`).
 */
export type AppendFault = 'unavailable' | 'storage-full' | 'unknown-lost' | 'unknown-stored';

/** Another store whose next appends fail on demand: for tests of the write path. */
export class FaultyEventStore implements EventStore {
  readonly #faults: AppendFault[] = [];

  constructor(private readonly store: EventStore) {}

  get isShared(): boolean {
    return this.store.isShared;
  }

  get appendBytesMax(): number {
    return this.store.appendBytesMax;
  }

  /** The next appends fail like this, one each, in order; after them all is well again. */
  failNext(...faults: readonly AppendFault[]): void {
    this.#faults.push(...faults);
  }

  /** Nothing goes wrong any more. */
  recover(): void {
    this.#faults.length = 0;
  }

  async append(stream: string, expected: Revision, events: readonly NewEvent[], onDurable?: () => void): Promise<AppendResult> {
    const fault = this.#faults.shift();
    switch (fault) {
      case undefined:
        return this.store.append(stream, expected, events, onDurable);
      case 'unavailable':
        throw new StoreUnavailable('The event store is out of order, as the test wants it.');
      case 'storage-full':
        throw new StoreUnavailable('The disk is full, as the test wants it.', 'storage-full');
      case 'unknown-lost':
        throw new OutcomeUnknown('The answer was lost, and so was the append.');
      case 'unknown-stored':
        await this.store.append(stream, expected, events);
        throw new OutcomeUnknown('The answer was lost, not the append.');
    }
  }

  readStream(stream: string, range: StreamRange): Promise<readonly StoredEvent[]> {
    return this.store.readStream(stream, range);
  }

  readAll(range: LogRange): Promise<readonly StoredEvent[]> {
    return this.store.readAll(range);
  }

  follow(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    return this.store.follow(after, signal);
  }

  head(): Promise<Position> {
    return this.store.head();
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
