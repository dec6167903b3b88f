import { StoreUnavailable, type AppendResult, type EventStore, type NewEvent, type Revision } from '../event-store/event-store.js';
import { decodeEvent } from '../events/codec.js';
import { commandIdOf } from '../events/command-id.js';
import { appendDurably } from './append-durably.js';
import { inTime } from './in-time.js';

/** Nobody knows whether the last append to a stream took effect: it is sent again until somebody does. */
export interface Doubt {
  /** Those whose events were sent. */
  readonly commandIds: ReadonlySet<string | null>;
  /** What it came to; undefined if the store was closed before it was known. Never rejects. */
  readonly over: Promise<AppendResult | undefined>;
}

/**
 * Every append of a ledger. Whatever the store does, an outcome is known in time or the stream is in doubt: then those
 * who wait are told so, nothing more is sent to the stream, and the same events are sent again until it is known.
 */
export class Appends {
  readonly #store: EventStore;
  readonly #patienceMs: number;
  readonly #doubts = new Map<string, Doubt>();

  constructor(store: EventStore, patienceMs: number) {
    this.#store = store;
    this.#patienceMs = patienceMs;
  }

  /** @throws StoreUnavailable if it was not written, if that stays unknown for too long, or while the stream is in doubt */
  async append(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<AppendResult> {
    if (this.doubtAbout(stream)) throw notSent();
    const outcome = appendDurably(this.#store, stream, expected, events);
    const known = await inTime(outcome, this.#patienceMs);
    if (known) return known;
    const over = outcome.catch(() => undefined).finally(() => this.#doubts.delete(stream));
    this.#doubts.set(stream, { over, commandIds: new Set(events.map(({ json }) => commandIdOf(decodeEvent(json)))) });
    throw mayBeRecorded();
  }

  doubtAbout(stream: string): Doubt | undefined {
    return this.#doubts.get(stream);
  }

  get isInDoubt(): boolean {
    return this.#doubts.size > 0;
  }

  /** Whether nobody knows of this command, which was sent to some stream, if it is recorded. */
  isInDoubtAbout(commandId: string): boolean {
    for (const { commandIds } of this.#doubts.values()) if (commandIds.has(commandId)) return true;
    return false;
  }
}

/** For those whose events were sent. */
export function mayBeRecorded(): StoreUnavailable {
  return new StoreUnavailable(
    'The event store does not say whether it recorded this: it may have been recorded. Send the request again with the same Idempotency-Key.',
  );
}

/** For those whose events were not sent, and will not be. */
export function notSent(): StoreUnavailable {
  return new StoreUnavailable(
    'The event store does not answer, and nothing of this request was recorded: send it again in some seconds, with the same Idempotency-Key.',
  );
}
