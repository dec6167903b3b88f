import { StoreUnavailable, type AppendResult, type EventStore } from '../event-store/event-store.js';
import type { NewEvent, Position, Revision } from '../events/stored-event.js';
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

/** Where the events of an append stand, at once or as soon as that is known. */
export type Places = readonly Position[] | Promise<readonly Position[]>;

/** As `AppendResult`, but what is appended may be known to be durable before it is known where it stands. */
export type Appended = AppendResult | { readonly appended: true; readonly positions: Places };

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

  /**
   * @param onDurable as of `EventStore.append`
   * @throws StoreUnavailable if it was not written, if that stays unknown for too long, or while the stream is in doubt
   */
  async append(stream: string, expected: Revision, events: readonly NewEvent[], onDurable?: () => void): Promise<AppendResult> {
    if (this.doubtAbout(stream)) throw notSent();
    const outcome = appendDurably(this.#store, stream, expected, events, onDurable);
    const known = await inTime(outcome, this.#patienceMs, () => undefined);
    if (known) return known;
    this.#doubt(stream, events, outcome.catch(() => undefined));
    throw mayBeRecorded();
  }

  /** As `append`, but resolves as soon as the events are durable, be it known or not where they stand. */
  appendAhead(stream: string, expected: Revision, events: readonly NewEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const result = this.append(stream, expected, events, () => resolve({ appended: true, positions }));
      const positions = result.then(positionsOf);
      // They may become durable when nobody waits any more.
      positions.catch(() => undefined);
      result.then(resolve, reject);
    });
  }

  /** What was sent behind an append that is in doubt may come to be in doubt as well: the stream is until nothing is. */
  #doubt(stream: string, events: readonly NewEvent[], outcome: Promise<AppendResult | undefined>): void {
    const before = this.#doubts.get(stream);
    const over = Promise.all([outcome, before?.over]).then(([result]) => {
      if (this.#doubts.get(stream) === doubt) this.#doubts.delete(stream);
      return result;
    });
    const commandIds = events.map(({ json }) => commandIdOf(decodeEvent(json)));
    const doubt: Doubt = { over, commandIds: new Set([...(before?.commandIds ?? []), ...commandIds]) };
    this.#doubts.set(stream, doubt);
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

/** @throws Error if the store takes back what it has called durable */
function positionsOf(result: AppendResult): readonly Position[] {
  if (result.appended) return result.positions;
  throw new Error(`The event store has lost events that it called durable: the stream ends at revision ${result.actual}.`);
}
