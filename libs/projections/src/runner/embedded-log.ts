import type { LocalLog, Position, StoredEvent } from '#ledger';
import type { LogReading } from './log-reading.js';

/** The embedded log, read by a connection of this thread. */
export class EmbeddedLog implements LogReading {
  readonly #log: LocalLog;
  readonly #closed = new AbortController();
  /** What woke the views is what they read next. */
  #inHand: { readonly after: Position; readonly events: readonly StoredEvent[] } | undefined;

  constructor(log: LocalLog) {
    this.#log = log;
  }

  after(position: Position, limit: number): readonly StoredEvent[] {
    const inHand = this.#inHand;
    this.#inHand = undefined;
    if (inHand?.after === position && inHand.events.length <= limit) return inHand.events;
    return this.#log.readAll({ after: position, limit });
  }

  at(position: Position): StoredEvent | undefined {
    const [stored] = this.#log.readAll({ after: position - 1, limit: 1 });
    return stored?.position === position ? stored : undefined;
  }

  head(): Position {
    return this.#log.head();
  }

  async grown(position: Position): Promise<void> {
    for await (const events of this.#log.follow(position, this.#closed.signal)) {
      this.#inHand = { after: position, events };
      return;
    }
  }

  close(): void {
    this.#closed.abort();
    this.#log.close();
  }
}
