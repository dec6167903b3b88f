import { randomUUID } from 'node:crypto';
import { checkCommit, noStreamRevision, type Expected } from './commit-check.js';
import { type EventRecord, type ProposedEvent } from './event-record.js';
import { type LogFile, type UnplacedRecord } from './log-file.js';
import { RememberedIds } from './remembered-ids.js';
import { StreamLimits, truncatedForNow } from './stream-limits.js';

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

export interface LogOptions {
  /** After so many appends the server writes an event of its own; 0: never. */
  readonly systemEventsEvery: number;
  readonly file: LogFile | undefined;
}

const firstPosition = 1_433;
const recordHeaderBytes = 92;
const tombstone = '$streamDeleted';

/** The log of a server, or of the nodes of a cluster: every event of every stream, in one order. */
export class EventLog {
  /** All events by position, which grow by the size of a record: far from one by one. */
  readonly records: EventRecord[] = [];
  readonly #streams = new Map<string, StreamEvents>();
  readonly #readers = new Set<() => void>();
  readonly #ids = new RememberedIds();
  #end = firstPosition;
  #appendsUntilSystemEvent: number;
  #isWaking = false;

  constructor(private readonly options: LogOptions) {
    this.#appendsUntilSystemEvent = options.systemEventsEvery;
    for (const record of options.file?.records ?? []) this.#place(record);
    this.forgetIds();
    if (this.records.length > 0) return;
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
    const isRevived = stream.limits.isSoftDeleted;
    if (isRevived && expected === 'stream_exists') return { kind: 'deleted' };
    const decision = checkCommit(
      { last, at: (revision) => stream.events[revision], remembered: (id) => this.#ids.in(name, id) },
      expected,
      events,
    );
    const mayRevive = isRevived && expected === noStreamRevision;
    if (decision.kind === 'wrong-version' && !mayRevive) return { kind: 'wrong-version', current: last };
    if (decision.kind === 'idempotent') return { kind: 'idempotent', revision: decision.last.revision, position: decision.last.position };
    this.#write(stream, events);
    const written = stream.events.at(-1);
    if (isRevived) this.writeSystemEvent(`$$${name}`, '$metadata', { $tb: last + 1 });
    this.#countTowardsSystemEvent();
    return { kind: 'written', revision: written?.revision ?? noStreamRevision, position: written?.position ?? 0 };
  }

  /** Deletes what is there; a tombstone also for all time to come. */
  delete(name: string, expected: Expected, forAllTime: boolean): AppendResult {
    const stream = this.stream(name);
    const last = stream.events.length - 1;
    if (stream.isTombstoned) return { kind: 'deleted' };
    const isThere = last >= 0 || forAllTime;
    if (!isThere || (typeof expected === 'number' && expected !== last)) return { kind: 'wrong-version', current: last };
    if (forAllTime) this.writeSystemEvent(name, tombstone, {});
    else this.writeSystemEvent(`$$${name}`, '$metadata', { $tb: truncatedForNow });
    return { kind: 'written', revision: last, position: this.last };
  }

  /** An event of the server's own, for no client. */
  writeSystemEvent(stream: string, type: string, data: unknown): void {
    const json = Buffer.from(JSON.stringify(data), 'utf8');
    this.#write(this.stream(stream), [{ id: randomUUID(), type, contentType: 'application/json', data: json, metadata: new Uint8Array() }]);
  }

  /** The position that the next event will have. */
  get end(): number {
    return this.#end;
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

  /** Calls back soon after each write, until the returned function is called. */
  onWritten(wake: () => void): () => void {
    this.#readers.add(wake);
    return () => this.#readers.delete(wake);
  }

  /** What a server that is started again does not know any more. */
  forgetIds(): void {
    this.#ids.forget();
  }

  #write(stream: StreamEvents, events: readonly ProposedEvent[]): void {
    const createdTicks = BigInt(Date.now()) * 10_000n;
    const records = events.map(({ id, type, contentType, data, metadata }) =>
      this.#place({ id, type, contentType, data, metadata, stream: stream.name, createdTicks }, events.length),
    );
    this.options.file?.write(records);
    this.wakeReaders();
  }

  #place(unplaced: UnplacedRecord, writtenTogether = 1): EventRecord {
    const stream = this.stream(unplaced.stream);
    const record: EventRecord = Object.assign(unplaced, { revision: stream.events.length, position: this.#end, writtenTogether });
    const { type, data, metadata } = record;
    this.#end += recordHeaderBytes + stream.name.length + type.length + data.length + metadata.length;
    stream.events.push(record);
    this.records.push(record);
    this.#ids.add(record);
    if (type === tombstone) stream.isTombstoned = true;
    if (stream.name.startsWith('$$')) this.stream(stream.name.slice(2)).limits.set(data);
    return record;
  }

  #countTowardsSystemEvent(): void {
    if (this.options.systemEventsEvery === 0 || (this.#appendsUntilSystemEvent -= 1) > 0) return;
    this.#appendsUntilSystemEvent = this.options.systemEventsEvery;
    this.writeSystemEvent('$stats-127.0.0.1:2113', '$statsCollected', { 'proc-cpu': 1 });
  }

  /** Soon. */
  wakeReaders(): void {
    if (this.#isWaking || this.#readers.size === 0) return;
    this.#isWaking = true;
    setImmediate(() => {
      this.#isWaking = false;
      for (const wake of this.#readers) wake();
    });
  }
}
