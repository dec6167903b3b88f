import { commandIdOf } from '../events/command-id.js';
import { StoreUnavailable, type EventStore, type Position } from '../event-store/event-store.js';
import type { CommandIdentity } from '../line/line-command.js';
import { lineOfStream } from '../line/streams.js';
import type { DerivedIndex } from './derived-index.js';
import { rejected, unavailable, type Decided, type Outcome } from './ledger-outcome.js';
import { lineEventOf, readLineEvent, reservationAt } from './stored-line-event.js';
import type { CommandPlace, Tail } from './tail.js';

/** May throw, too. */
type Decide = () => Promise<Outcome>;

interface Arrival {
  readonly identity: CommandIdentity;
  readonly decide: Decide;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

interface InFlight {
  readonly requestHash: string;
  readonly outcome: Promise<Outcome>;
}

/**
 * Every command passes here once, whatever its line or operation: one that was decided before gets its first answer,
 * one that is being decided waits for it, a new one goes on. Arrivals of one turn of the event loop are looked up
 * together and go on in the order in which they came.
 */
export class CommandGate {
  readonly #store: EventStore;
  readonly #index: DerivedIndex;
  readonly #tail: Tail;
  readonly #inFlight = new Map<string, InFlight>();
  #arrivals: Arrival[] = [];

  constructor(options: { readonly store: EventStore; readonly index: DerivedIndex; readonly tail: Tail }) {
    this.#store = options.store;
    this.#index = options.index;
    this.#tail = options.tail;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Resolves when every command that passed has its outcome. */
  async idle(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.allSettled([...this.#inFlight.values()].map(({ outcome }) => outcome));
  }

  /** The outcome of a command: the first one for ever, or that of `decide`. A command without identity is always new. */
  pass(identity: CommandIdentity | null, decide: Decide): Promise<Outcome> {
    if (identity === null) return decide();
    const first = this.#inFlight.get(identity.commandId);
    if (first) return this.#afterFirst(first, identity, decide);
    const outcome = new Promise<Outcome>((resolve, reject) => {
      if (this.#arrivals.length === 0) setImmediate(() => this.#admit());
      this.#arrivals.push({ identity, decide, resolve, reject });
    });
    this.#inFlight.set(identity.commandId, { requestHash: identity.requestHash, outcome });
    return outcome;
  }

  /** Waits for the answer of the same command before it; if nothing was recorded, its key is free and it is new. */
  async #afterFirst(first: InFlight, identity: CommandIdentity, decide: Decide): Promise<Outcome> {
    const outcome = await first.outcome.catch(() => undefined);
    if (!outcome?.decided) {
      const sameRequest = outcome && first.requestHash === identity.requestHash;
      return sameRequest ? outcome : this.pass(identity, decide);
    }
    return first.requestHash === identity.requestHash ? { ...outcome, replayed: true } : reused(identity);
  }

  #admit(): void {
    const arrivals = this.#arrivals;
    this.#arrivals = [];
    const unknown: Arrival[] = [];
    for (const arrival of arrivals) {
      const place = this.#tail.find(arrival.identity.commandId);
      if (place) this.#settle(arrival, () => this.firstAnswer(arrival.identity, place));
      else unknown.push(arrival);
    }
    if (unknown.length === 0) return;
    let found: readonly (readonly Position[])[];
    try {
      found = this.#index.findCommands(unknown.map(({ identity }) => identity.commandId));
    } catch (error) {
      for (const arrival of unknown) this.#fail(arrival, error);
      return;
    }
    unknown.forEach((arrival, place) => {
      const positions = found[place] ?? [];
      this.#settle(arrival, positions.length === 0 ? arrival.decide : () => this.#decidedAt(arrival, positions));
    });
  }

  /** Hands the outcome on; from then on it is found in the tail, or the key is free. */
  #settle(arrival: Arrival, decide: Decide): void {
    try {
      decide().then(
        (outcome) => {
          this.#inFlight.delete(arrival.identity.commandId);
          arrival.resolve(outcome);
        },
        (error: unknown) => this.#fail(arrival, error),
      );
    } catch (error) {
      this.#fail(arrival, error);
    }
  }

  #fail({ identity, resolve, reject }: Arrival, error: unknown): void {
    this.#inFlight.delete(identity.commandId);
    if (error instanceof StoreUnavailable) resolve(unavailable(error));
    else reject(error);
  }

  async #decidedAt({ identity, decide }: Arrival, positions: readonly Position[]): Promise<Outcome> {
    for (const position of positions) {
      const [stored] = await this.#store.readAll({ after: position - 1, limit: 1 });
      const line = stored && lineOfStream(stored.stream);
      if (!stored || line === undefined) continue;
      const event = lineEventOf(stored);
      if (commandIdOf(event) !== identity.commandId) continue;
      return this.firstAnswer(identity, { line, revision: stored.revision, position: stored.position });
    }
    return decide();
  }

  /** Renders the first answer again from the log. */
  async firstAnswer(identity: CommandIdentity, { line, revision, position }: CommandPlace): Promise<Outcome> {
    const event = lineEventOf(await readLineEvent(this.#store, line, revision));
    if (!('requestHash' in event) || event.requestHash !== identity.requestHash) return reused(identity);
    const reservation = await reservationAt(this.#store, line, revision);
    return { decided: true, replayed: true, event, line, revision, position, reservation } satisfies Decided;
  }
}

function reused({ idempotencyKey }: CommandIdentity): Outcome {
  return rejected(
    'idempotency-key-reused',
    `The Idempotency-Key ${idempotencyKey} was used before for another request. Send a new key, or the first request again.`,
  );
}
