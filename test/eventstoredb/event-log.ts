import { randomUUID } from 'node:crypto';
import { checkCommit, noStreamRevision, type Expected } from './commit-check.js';
import { type EventRecord, type ProposedEvent } from './event-record.js';
import { StreamLimits } from './stream-limits.js';

export type AppendResult =
  | { readonly kind: 'written' | 'idempotent'; readonly revision: number; readonly position: number }
  | { readonly kind: 'wrong-version'; readonly current: number }
  | { readonly kind: 'deleted' };

/** The events of a stream in order: a revision is an index. */
export interface StreamEvents {
  readonly name: string;
  readonly events: EventRecord[];
  readonly limits: StreamLimits;
  isTombstoned: boolean;
}

const recordHeaderBytes = 92;
/** Ids that are remembered for writers who expect nothing; the server remembers by bytes. */
const rememberedMax = 40_000;

/** The log of a server, or of the nodes of a cluster: every event of every stream, in one order. */
export class EventLog {
  /** All events by position, which grow by the size of a record: far from one by one. */
  readonly records: EventRecord[] = [];
  readonly #streams = new Map<string, StreamEvents>();
  readonly #readers = new Set<() => void>();
  readonly #systemEventsEvery: number;
  #remembered = new Map<string, EventRecord>();
  #nextPosition = 1_433;
  #appendsUntilSystemEvent: number;
  #wakes = false;

  /** @param systemEventsEvery after so many appends the server writes an event of its own; 0: never. */
  constructor(systemEventsEvery: number) {
    this.#systemEventsEvery = systemEventsEvery;
    this.#appendsUntilSystemEvent = systemEventsEvery;
    this.writeSystemEvent('$user-admin', '$UserCreated', { loginName: 'admin' });
    this.writeSystemEvent('$users', '$User', 'admin');
  }

  stream(name: string): StreamEvents {
    let stream = this.#streams.get(name);
    if (stream === undefined) {
      stream = { name, events: [], limits: new StreamLimits(), isTombstoned: false };
      this.#streams.set(name, stream);
    }
    return stream;
  }

  append(name: string, expected: Expected, events: readonly ProposedEvent[]): AppendResult {
    const stream = this.stream(name);
    if (stream.isTombstoned) return { kind: 'deleted' };
    const last = stream.events.length - 1;
    const decision = checkCommit(
      { last, at: (revision) => stream.events[revision], remembered: (id) => this.#rememberedIn(name, id) },
      stream.limits.isSoftDeleted && expected === noStreamRevision ? 'any' : expected,
      events,
    );
    if (decision.kind === 'wrong-version') return { kind: 'wrong-version', current: last };
    if (decision.kind === 'idempotent') return { kind: 'idempotent', revision: decision.last.revision, position: decision.last.position };
    stream.limits.revive(last);
    for (const event of events) this.#write(stream, event);
    if (name.startsWith('$$')) this.#applyMetadata(name.slice(2), stream);
    this.#countSystemEvents();
    this.#wake();
    const written = stream.events.at(-1);
    return { kind: 'written', revision: written?.revision ?? noStreamRevision, position: written?.position ?? 0 };
  }

  /** Deletes what is there; a tombstone also for all time to come. Answers the position, or how it was refused. */
  delete(name: string, expected: Expected, forAllTime: boolean): AppendResult {
    const stream = this.stream(name);
    const last = stream.events.length - 1;
    if (stream.isTombstoned) return { kind: 'deleted' };
    if (typeof expected === 'number' && expected !== last) return { kind: 'wrong-version', current: last };
    if (forAllTime) {
      this.#write(stream, systemEvent('$streamDeleted', {}));
      stream.isTombstoned = true;
    } else {
      stream.limits.softDelete();
      this.writeSystemEvent(`$$${name}`, '$metadata', { $tb: Number.MAX_SAFE_INTEGER });
    }
    this.#wake();
    return { kind: 'written', revision: last, position: this.records.at(-1)?.position ?? 0 };
  }

  /** An event of the server's own, for no client. */
  writeSystemEvent(stream: string, type: string, data: unknown): void {
    this.#write(this.stream(stream), systemEvent(type, data));
    this.#wake();
  }

  /** The position that the next event will have. */
  get end(): number {
    return this.#nextPosition;
  }

  /** Position of the last event. */
  get last(): number {
    return this.records.at(-1)?.position ?? 0;
  }

  /** Whether the log can be read from there: where an event starts, or behind them all. */
  isReadable(position: number): boolean {
    return position > this.last || this.records[this.indexFrom(position)]?.position === position;
  }

  /** Index of the first event at or behind a position. */
  indexFrom(position: number): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.records[middle] as EventRecord).position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls back after each write, from the event loop, until the returned function is called. */
  onWritten(wake: () => void): () => void {
    this.#readers.add(wake);
    return () => this.#readers.delete(wake);
  }

  /** What a server that is started again does not know any more. */
  forgetIds(): void {
    this.#remembered = new Map();
  }

  #write(stream: StreamEvents, event: ProposedEvent): void {
    const record: EventRecord = {
      ...event,
      stream: stream.name,
      revision: stream.events.length,
      position: this.#nextPosition,
      createdTicks: BigInt(Date.now()) * 10_000n,
    };
    this.#nextPosition += recordHeaderBytes + stream.name.length + event.type.length + event.data.length + event.metadata.length;
    stream.events.push(record);
    this.records.push(record);
    this.#remember(record);
  }

  #remember(record: EventRecord): void {
    this.#remembered.set(record.id, record);
    if (this.#remembered.size > rememberedMax) {
      for (const oldest of this.#remembered.keys()) {
        this.#remembered.delete(oldest);
        break;
      }
    }
  }

  #rememberedIn(stream: string, id: string): EventRecord | undefined {
    const record = this.#remembered.get(id);
    return record?.stream === stream ? record : undefined;
  }

  #applyMetadata(name: string, metadata: StreamEvents): void {
    const event = metadata.events.at(-1);
    if (event !== undefined) this.stream(name).limits.set(event.data);
  }

  #countSystemEvents(): void {
    if (this.#systemEventsEvery === 0 || (this.#appendsUntilSystemEvent -= 1) > 0) return;
    this.#appendsUntilSystemEvent = this.#systemEventsEvery;
    this.writeSystemEvent('$stats-127.0.0.1:2113', '$statsCollected', { 'proc-cpu': 1 });
  }

  #wake(): void {
    if (this.#wakes || this.#readers.size === 0) return;
    this.#wakes = true;
    setImmediate(() => {
      this.#wakes = false;
      for (const wake of this.#readers) wake();
    });
  }
}

function systemEvent(type: string, data: unknown): ProposedEvent {
  return {
    id: randomUUID(),
    type,
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify(data), 'utf8'),
    metadata: new Uint8Array(),
  };
}
