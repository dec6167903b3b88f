import type { EventStore } from '#ledger';
import type { Views } from '#projections';
import type { Message } from './message.js';

/** Clients that hear nothing for three times as long may take the connection for dead. */
const beatMs = 5_000;

interface BeatOptions {
  readonly views: Pick<Views, 'position'>;
  readonly store: Pick<EventStore, 'head'>;
  readonly tell: (message: Message) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Tells every five seconds where the views are, and since how long they have not been where the log is. */
export class HeadBeat {
  readonly #options: BeatOptions;
  readonly #timer: NodeJS.Timeout;
  #currentAt: number;

  constructor(options: BeatOptions) {
    this.#options = options;
    this.#currentAt = this.#now();
    this.#timer = setInterval(() => void this.beat(), beatMs).unref();
  }

  async beat(): Promise<void> {
    const { views, store, tell } = this.#options;
    const askedAt = this.#now();
    // A store that cannot be asked may hold more than the views have.
    const head = await store.head().catch(() => Infinity);
    const { position } = views;
    if (position >= head) this.#currentAt = askedAt;
    const behindMs = position >= head ? 0 : Math.max(1, Math.round(this.#now() - this.#currentAt));
    const data = JSON.stringify({ position: String(position), behindMs });
    // Without an id: a client that comes back goes on from the last change that it saw.
    tell({ type: 'head', country: null, position, text: `event: head\ndata: ${data}\n\n` });
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #now(): number {
    return (this.#options.now ?? (() => performance.now()))();
  }
}
