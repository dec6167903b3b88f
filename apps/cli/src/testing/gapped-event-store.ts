import {
  MemoryEventStore,
  type AppendResult,
  type EventStore,
  type LogRange,
  type NewEvent,
  type Position,
  type Revision,
  type StoredEvent,
  type StreamRange,
} from '#ledger';

const first = 1_000_000;
const gap = 977;

/** A store whose positions lie far apart, as those of a cluster do: for specs. */
export class GappedEventStore implements EventStore {
  readonly isShared = true;
  readonly appendBytesMax = 4096;
  readonly #store = new MemoryEventStore([], { isShared: true });

  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<AppendResult> {
    const result = await this.#store.append(stream, expected, events);
    return result.appended ? { appended: true, positions: result.positions.map(outside) } : result;
  }

  async readStream(stream: string, range: StreamRange): Promise<readonly StoredEvent[]> {
    return (await this.#store.readStream(stream, range)).map(eventOutside);
  }

  async readAll({ after, limit }: LogRange): Promise<readonly StoredEvent[]> {
    return (await this.#store.readAll({ after: inside(after), limit })).map(eventOutside);
  }

  async *follow(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    for await (const events of this.#store.follow(inside(after), signal)) yield events.map(eventOutside);
  }

  async head(): Promise<Position> {
    const head = await this.#store.head();
    return head === 0 ? 0 : outside(head);
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}

function outside(position: Position): Position {
  return first + position * gap;
}

function inside(position: Position): Position {
  return Math.max(0, Math.floor((position - first) / gap));
}

function eventOutside(event: StoredEvent): StoredEvent {
  return { ...event, position: outside(event.position) };
}
