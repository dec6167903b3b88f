import { noStream, type Position, type Revision } from '../../../events/stored-event.js';

/** The events that came back from the cluster, as far as it matters here. */
export interface Fed {
  /** The position of the newest event. */
  readonly head: Position;
  /** -1 for a stream without events. */
  lastRevisionOf(stream: string): Revision;
}

/**
 * The events that the cluster has acknowledged to this instance, or let it read. A leader that lacks one of them is behind:
 * it was just elected, or is no leader any more.
 */
export class Acknowledged {
  /** The newest revision known of streams whose events have not come back. */
  readonly #ahead = new Map<string, Revision>();
  #told: Position = 0;

  /** @param onAhead told of each event that is known and has not come back */
  constructor(
    private readonly fed: Fed,
    private readonly onAhead: () => void = () => undefined,
  ) {}

  /** The newest position that was told. */
  get head(): Position {
    return Math.max(this.#told, this.fed.head);
  }

  revisionOf(stream: string): Revision {
    return Math.max(this.#ahead.get(stream) ?? noStream, this.fed.lastRevisionOf(stream));
  }

  /** The stream has an event at this revision. */
  has(stream: string, revision: Revision): void {
    if (revision <= this.revisionOf(stream)) return;
    this.#ahead.set(stream, revision);
    this.onAhead();
  }

  /** The log has an event of ours at this position. */
  told(position: Position): void {
    this.#told = Math.max(this.#told, position);
  }

  /** These events have come back. */
  returned(events: readonly { readonly stream: string; readonly revision: Revision }[]): void {
    if (this.#ahead.size === 0) return;
    for (const { stream, revision } of events) if (revision >= (this.#ahead.get(stream) ?? Infinity)) this.#ahead.delete(stream);
  }
}
