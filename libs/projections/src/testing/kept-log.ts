import type { EventStore, Position, StoredEvent } from '#ledger';
import type { LogReading } from '../runner/log-reading.js';

const page = 1_000;

/** The log of any store, kept in memory as it grows: for tests and for small logs. */
export class KeptLog implements LogReading {
  readonly #events: StoredEvent[] = [];
  readonly #closed = new AbortController();
  readonly #waiting = new Set<{ readonly resolve: () => void; readonly reject: (reason: unknown) => void }>();
  #end: Error | undefined;

  /** Reads what is there and then follows the store. */
  static async open(store: EventStore): Promise<KeptLog> {
    const log = new KeptLog();
    for (;;) {
      const events = await store.readAll({ after: log.head(), limit: page });
      log.#events.push(...events);
      if (events.length === 0) break;
    }
    void log.#follow(store);
    return log;
  }

  private constructor() {}

  after(position: Position, limit: number): readonly StoredEvent[] {
    const start = this.#indexAfter(position);
    return this.#events.slice(start, start + limit);
  }

  at(position: Position): StoredEvent | undefined {
    const [stored] = this.after(position - 1, 1);
    return stored?.position === position ? stored : undefined;
  }

  head(): Position {
    return this.#events.at(-1)?.position ?? 0;
  }

  grown(position: Position): Promise<void> {
    if (this.head() > position || this.#closed.signal.aborted) return Promise.resolve();
    if (this.#end !== undefined) return Promise.reject(this.#end);
    return new Promise((resolve, reject) => this.#waiting.add({ resolve, reject }));
  }

  close(): void {
    this.#closed.abort();
    this.#wake(({ resolve }) => resolve());
  }

  async #follow(store: EventStore): Promise<void> {
    try {
      for await (const events of store.follow(this.head(), this.#closed.signal)) {
        this.#events.push(...events);
        this.#wake(({ resolve }) => resolve());
      }
    } catch (error) {
      const end = error instanceof Error ? error : new Error(String(error));
      this.#end = end;
      this.#wake(({ reject }) => reject(end));
    }
  }

  #wake(each: (waiting: { readonly resolve: () => void; readonly reject: (reason: unknown) => void }) => void): void {
    for (const waiting of this.#waiting) each(waiting);
    this.#waiting.clear();
  }

  /** Positions have gaps: the first index whose event lies after `position`. */
  #indexAfter(position: Position): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle]?.position ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
