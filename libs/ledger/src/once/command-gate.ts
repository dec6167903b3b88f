import { decodeEvent } from '../events/codec.js';
import { commandIdOf } from '../events/command-id.js';
import type { LedgerEvent } from '../events/ledger-event.js';
import { StoreUnavailable, type EventStore } from '../event-store/event-store.js';
import type { Position } from '../events/stored-event.js';
import type { CommandIdentity } from '../line/line-command.js';
import type { DerivedIndex } from './derived-index.js';
import type { Settled } from '../requests/ledger-outcome.js';
import { rejected, unavailable, isForNow, indexBehind, type Rejected } from '../outcome/rejected.js';
import { readRevision } from './stored-line-event.js';
import type { CommandPlace, Tail } from './tail.js';

/** May throw, too. */
type Decide<Done extends Settled> = () => Promise<Done | Rejected>;

/**
 * Renders the first answer to a command again, from the event that answered it. The gate has compared the request's
 * hash, which covers the operation: the event is of the operation's own kind.
 */
export type FirstAnswer<Done extends Settled> = (event: LedgerEvent, place: CommandPlace) => Promise<Done | Rejected>;

interface Arrival {
  readonly identity: CommandIdentity;
  readonly decide: Decide<Settled>;
  readonly firstAnswer: FirstAnswer<Settled>;
  readonly resolve: (outcome: Settled | Rejected) => void;
  readonly reject: (error: unknown) => void;
}

interface InFlight {
  readonly requestHash: string;
  readonly outcome: Promise<Settled | Rejected>;
}

/**
 * Every command passes here once, whatever its stream or operation: one that was decided before gets its first answer,
 * one that is being decided waits for it, a new one goes on. Arrivals of one turn of the event loop are looked up
 * together and go on in the order in which they came.
 */
export class CommandGate {
  readonly #store: EventStore;
  readonly #index: DerivedIndex;
  readonly #tail: Tail;
  readonly #indexFollows: (() => Promise<boolean>) | undefined;
  readonly #inFlight = new Map<string, InFlight>();
  #arrivals: Arrival[] = [];

  constructor(options: {
    readonly store: EventStore;
    readonly index: DerivedIndex;
    readonly tail: Tail;
    /**
     * Where other processes write to the same log: brings the index up to all that they wrote by now. False if it is too
     * far behind for that.
     */
    readonly indexFollows: (() => Promise<boolean>) | undefined;
  }) {
    this.#indexFollows = options.indexFollows;
    this.#store = options.store;
    this.#index = options.index;
    this.#tail = options.tail;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Resolves when every command that passed has its outcome, but for `except`: that of who asks. */
  async idle(except?: string): Promise<void> {
    for (;;) {
      const others = [...this.#inFlight].filter(([commandId]) => commandId !== except);
      if (others.length === 0) return;
      await Promise.allSettled(others.map(([, { outcome }]) => outcome));
    }
  }

  /** The outcome of a command: the first one for ever, or that of `decide`. A command without identity is always new. */
  pass<Done extends Settled>(
    identity: CommandIdentity | null,
    decide: Decide<Done>,
    firstAnswer: FirstAnswer<Done>,
  ): Promise<Done | Rejected> {
    if (identity === null) return decide();
    const first = this.#inFlight.get(identity.commandId);
    if (first) return this.#afterFirst(first, identity, decide, firstAnswer);
    const outcome = new Promise<Settled | Rejected>((resolve, reject) => {
      if (this.#arrivals.length === 0) setImmediate(() => this.#admit());
      this.#arrivals.push({ identity, decide, firstAnswer, resolve, reject });
    });
    this.#inFlight.set(identity.commandId, { requestHash: identity.requestHash, outcome });
    return outcome as Promise<Done | Rejected>;
  }

  /** Waits for the answer of the same command before it; if nothing was recorded, its key is free and it is new. */
  async #afterFirst<Done extends Settled>(
    first: InFlight,
    identity: CommandIdentity,
    decide: Decide<Done>,
    firstAnswer: FirstAnswer<Done>,
  ): Promise<Done | Rejected> {
    const sameRequest = first.requestHash === identity.requestHash;
    // The hash covers the operation: the same one has outcomes of the same kind.
    const outcome = (await first.outcome.catch(() => undefined)) as Done | Rejected | undefined;
    if (!outcome?.decided) return sameRequest && outcome ? outcome : this.pass(identity, decide, firstAnswer);
    return sameRequest ? { ...outcome, replayed: true } : reused(identity);
  }

  #admit(): void {
    const arrivals = this.#arrivals;
    this.#arrivals = [];
    const unknown: Arrival[] = [];
    for (const arrival of arrivals) {
      const place = this.#inTail(arrival.identity);
      if (place) this.#settle(arrival, () => this.firstAnswer(arrival.identity, place, arrival.firstAnswer));
      else unknown.push(arrival);
    }
    if (unknown.length === 0) return;
    let found: readonly (readonly Position[])[];
    try {
      found = this.#indexed(unknown.map(({ identity }) => identity));
    } catch (error) {
      for (const arrival of unknown) this.#fail(arrival, error);
      return;
    }
    unknown.forEach((arrival, place) => {
      const positions = found[place] ?? [];
      const decide = this.#indexFollows ? () => this.#confirmed(arrival) : arrival.decide;
      this.#settle(arrival, positions.length === 0 ? decide : () => this.#decidedOr(arrival, positions, decide));
    });
  }

  /** Hands the outcome on; from then on it is found in the tail, or the key is free. */
  #settle(arrival: Arrival, decide: Decide<Settled>): void {
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

  /** What is rejected here may have been decided elsewhere, when it was still allowed: then its first answer counts. */
  async #confirmed({ identity, decide, firstAnswer }: Arrival): Promise<Settled | Rejected> {
    const outcome = await decide();
    if (outcome.decided || isForNow(outcome)) return outcome;
    if (!(await this.#indexFollows?.())) return indexBehind();
    return (await this.decidedBefore(identity, firstAnswer)) ?? outcome;
  }

  async #decidedOr({ identity, firstAnswer }: Arrival, positions: readonly Position[], decide: Decide<Settled>): Promise<Settled | Rejected> {
    return (await this.firstAnswerAt(identity, positions, firstAnswer)) ?? decide();
  }

  /** Renders the first answer again from the log, if one of these events is it. */
  async firstAnswerAt<Done extends Settled>(
    identity: CommandIdentity,
    positions: readonly Position[],
    firstAnswer: FirstAnswer<Done>,
  ): Promise<Done | Rejected | undefined> {
    for (const position of positions) {
      const [stored] = await this.#store.readAll({ after: position - 1, limit: 1 });
      if (!stored) continue;
      const event = decodeEvent(stored.json);
      if (!idsOf(identity).includes(commandIdOf(event) ?? '')) continue;
      return answerOf(identity, event, stored, firstAnswer);
    }
    return undefined;
  }

  /** The first answer to a command that was decided by now, as far as is known here. Asks tail and index in this turn. */
  decidedBefore<Done extends Settled>(identity: CommandIdentity, firstAnswer: FirstAnswer<Done>): Promise<Done | Rejected | undefined> {
    const place = this.#inTail(identity);
    if (place) return this.firstAnswer(identity, place, firstAnswer);
    const [positions = []] = this.#indexed([identity]);
    return this.firstAnswerAt(identity, positions, firstAnswer);
  }

  #inTail(identity: CommandIdentity): CommandPlace | undefined {
    for (const id of idsOf(identity)) {
      const place = this.#tail.find(id);
      if (place) return place;
    }
    return undefined;
  }

  /** Where the index says that each of them may have been decided: asked for all their ids at once. */
  #indexed(identities: readonly CommandIdentity[]): readonly (readonly Position[])[] {
    const found = this.#index.findCommands(identities.flatMap(idsOf))[Symbol.iterator]();
    return identities.map((identity) => idsOf(identity).flatMap(() => found.next().value ?? []));
  }

  /** Renders the first answer again from the log. */
  async firstAnswer<Done extends Settled>(
    identity: CommandIdentity,
    place: CommandPlace,
    firstAnswer: FirstAnswer<Done>,
  ): Promise<Done | Rejected> {
    const stored = await readRevision(this.#store, place.stream, place.revision);
    return answerOf(identity, decodeEvent(stored.json), stored, firstAnswer);
  }
}

function answerOf<Done extends Settled>(
  identity: CommandIdentity,
  event: LedgerEvent,
  { stream, revision, position }: CommandPlace,
  firstAnswer: FirstAnswer<Done>,
): Promise<Done | Rejected> | Rejected {
  const { requestHash, asSpelled } = identity;
  if (!('requestHash' in event) || (event.requestHash !== requestHash && event.requestHash !== asSpelled?.requestHash)) return reused(identity);
  return firstAnswer(event, { stream, revision, position });
}

/** The ids by which a command may have been decided; the one as it was spelled first, for that is what it was told then. */
function idsOf({ commandId, asSpelled }: CommandIdentity): readonly string[] {
  return asSpelled === undefined || asSpelled.commandId === commandId ? [commandId] : [asSpelled.commandId, commandId];
}

function reused({ idempotencyKey }: CommandIdentity): Rejected {
  return rejected(
    'idempotency-key-reused',
    `The Idempotency-Key ${idempotencyKey} was used before for another request. Send a new key, or the first request again.`,
  );
}
