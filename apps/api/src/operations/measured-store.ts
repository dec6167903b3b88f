import type { MessagePort } from 'node:worker_threads';
import type {
  AppendResult,
  LocalLogStore,
  LogRange,
  NewEvent,
  Position,
  Revision,
  StoredEvent,
  StreamRange,
} from '#ledger';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Measures the appends of a store. One append carries many decisions, so this costs next to nothing. */
export class MeasuredStore implements LocalLogStore {
  readonly #store: LocalLogStore;
  readonly #seconds: Histogram;
  readonly #conflicts: Counter;

  constructor(store: LocalLogStore, registry: Registry) {
    this.#store = store;
    this.#seconds = new Histogram({
      name: 'ledger_append_seconds',
      help: 'Time until an append is durable.',
      registers: [registry],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
    });
    this.#conflicts = new Counter({
      name: 'ledger_append_conflicts_total',
      help: 'Appends that another writer had forestalled.',
      registers: [registry],
    });
  }

  get isShared(): boolean {
    return this.#store.isShared;
  }

  get appendBytesMax(): number {
    return this.#store.appendBytesMax;
  }

  get where(): string {
    return this.#store.where;
  }

  get logFile(): string {
    return this.#store.logFile;
  }

  async append(stream: string, expected: Revision, events: readonly NewEvent[], onDurable?: () => void): Promise<AppendResult> {
    const startMs = performance.now();
    const result = await this.#store.append(stream, expected, events, onDurable);
    this.#seconds.observe((performance.now() - startMs) / 1000);
    if (!result.appended) this.#conflicts.inc();
    return result;
  }

  readStream(stream: string, range: StreamRange): Promise<readonly StoredEvent[]> {
    return this.#store.readStream(stream, range);
  }

  readAll(range: LogRange): Promise<readonly StoredEvent[]> {
    return this.#store.readAll(range);
  }

  follow(after: Position, signal: AbortSignal): AsyncIterable<readonly StoredEvent[]> {
    return this.#store.follow(after, signal);
  }

  head(): Promise<Position> {
    return this.#store.head();
  }

  countAfter(position: Position, max: number): Promise<number> {
    return this.#store.countAfter(position, max);
  }

  followerPort(): MessagePort {
    return this.#store.followerPort();
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}
